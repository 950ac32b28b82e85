import { SYSTEM } from '#server/actor.ts';
import { findSimulation } from '#server/repos/curation/simulations.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { runSimulation } from '#server/use-cases/curation/simulation/run-simulation.ts';
import { startSimulation } from '#server/use-cases/curation/simulation/start-simulation.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { isDeepStrictEqual } from 'node:util';
import { openInstance } from '#tests/support/processes/instance.ts';
import { measureCuratedDays } from '#tests/support/network/curated-days.ts';
import { openBenchDatabase } from './bench-database.ts';
import { setUpDemo } from './bench-demo.ts';
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
    await setUpDemo(deps, sandbox, { today: TODAY, historyDays: HISTORY_DAYS });
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
