import { SYSTEM } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findSimulation } from '#server/repos/curation/simulations.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { DEMO_PLAYLISTS } from '#server/use-cases/demo/demo-network.ts';
import { enrichTracks } from '#server/use-cases/catalog/enrich/enrich-tracks.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { runSimulation } from '#server/use-cases/curation/simulation/run-simulation.ts';
import { startSimulation } from '#server/use-cases/curation/simulation/start-simulation.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { isDeepStrictEqual } from 'node:util';
import { openInstance } from '#tests/support/processes/instance.ts';
import { measureCuratedDays } from '#tests/support/network/curated-days.ts';
import { openBenchDatabase } from './bench-database.ts';
import { reportFigure, reportObserved } from './figures.ts';

/** No effective request limit for the sandbox. */
const REQUEST_LIMITS = 'spotify:1000000,musicbrainz:1000000';
const ALBUMS = 2_000;
const DAYS = 30;
const TODAY = '2026-11-21';
const HISTORY_DAYS = 6;
const never = new AbortController().signal;

/** Simulates thirty days of the demo network, then curates the same thirty days: tracks and figures must be equal. */
export async function benchSimulate(): Promise<void> {
  await using database = await openBenchDatabase();
  await using sandbox = await startSandbox({ catalog: { albums: ALBUMS, seed: 1 } });
  const deps = openInstance(database.url, sandbox.env, {
    now: () => new Date(`${TODAY}T05:00:00Z`),
    variables: { VENDOR_REQUESTS_PER_MINUTE: REQUEST_LIMITS },
  });
  try {
    const links = Array.from({ length: ALBUMS }, (_, at) => `https://open.spotify.com/album/${sandbox.catalog.albumIdAt(at)}`);
    await setUpDemo(deps, links);
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    const { id } = await startSimulation(deps, SYSTEM, { days: DAYS, variants: [{ name: 'As it is' }] });
    await runSimulation(deps, { id, signal: never });
    reportFigure('simulate.seconds', (performance.now() - startedAt) / 1000, { atMost: 20 });
    const used = process.cpuUsage(cpu);
    reportObserved('simulate.cpu-seconds', (used.user + used.system) / 1e6, 's of this process');
    const simulated = (await findSimulation(deps.db, id))?.results?.[0]?.result;
    reportObserved('simulate.entries', simulated?.entries ?? 0, `entries, dry day ${simulated?.dryDay ?? 'none'}`);
    const from = addDays(TODAY, 1);
    const replayStartedAt = performance.now();
    for (let n = 0; n < DAYS; n += 1) await curatePlaylists(deps, { day: addDays(from, n), trigger: 'bench', signal: never });
    reportObserved('simulate.replay-seconds', (performance.now() - replayStartedAt) / 1000, 's');
    const curated = await measureCuratedDays(deps, { from, days: DAYS });
    reportFigure('simulate.equals_replay', isDeepStrictEqual(curated, simulated) ? 1 : 0, { atLeast: 1 });
  } finally {
    await deps.close();
  }
}

/** Sets up the demo network: policies, playlists, albums, and a week of history. */
async function setUpDemo(deps: Deps, links: readonly string[]): Promise<void> {
  const startedAt = performance.now();
  for (const { themeTag, blurb, policy } of DEMO_PLAYLISTS) {
    const { id } = await createPolicy({ ...deps, provePolicy }, SYSTEM, { name: themeTag, body: policy });
    await createPlaylists(deps, SYSTEM, { themeTag, blurb, policyId: id, count: 1 });
  }
  await submitImport(deps, SYSTEM, { text: links.join('\n') });
  await ingestAlbums(deps, { signal: never });
  await enrichTracks(deps, { signal: never });
  for (let back = HISTORY_DAYS; back >= 0; back -= 1) await curatePlaylists(deps, { day: addDays(TODAY, -back), trigger: 'bench', signal: never });
  reportObserved('simulate.furnish-seconds', (performance.now() - startedAt) / 1000, 's');
}
