import { playlistAccountMap } from '#drizzle/schema/index.ts';
import { SYSTEM } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listAccountsWithLoad } from '#server/repos/accounts/accounts.ts';
import { writeNetworkSettings } from '#server/repos/network-settings.ts';
import { createGeneratedCatalog } from '#server/sandbox/catalog/generated-catalog.ts';
import { planSync } from '#server/use-cases/sync/plan/plan-sync.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { networkSettingsBody } from '#shared/contracts/settings.ts';
import { markerFor } from '#shared/domain/sync/replica-marker.ts';
import { day, replicaId } from '#shared/ids.ts';
import type { PlaylistId } from '#shared/ids.ts';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { connectAs, openInstance } from '#tests/support/processes/instance.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';
import { openBenchDatabase } from './bench-database.ts';
import { startBenchSandbox } from './bench-sandbox.ts';
import type { BenchSandbox } from './bench-sandbox.ts';
import { reportFigure, reportObserved } from './figures.ts';

const PLAYLISTS = 667;
const COPIES = 2;
const PEOPLE = ['segue-north', 'segue-south', 'segue-east', 'mara'];
const TRACKS = 50;
const ALBUMS = 400;
const [YESTERDAY, TODAY] = ['2026-11-01', '2026-11-02'] as const;

/**
 * A dry run of the whole network: yesterday's snapshots are on Spotify, today's are published, all fifty tracks of each are new. Each playlist is read and
 * planned, and its plan is stored; nothing is written to Spotify.
 */
export async function benchPlan(playlists = PLAYLISTS): Promise<void> {
  await using database = await openBenchDatabase();
  await using sandbox = await startBenchSandbox({ albums: ALBUMS });
  const deps = openInstance(database.url, sandbox.env);
  try {
    const put = await setUpNetwork(deps, playlists);
    await put(YESTERDAY, 0);
    await syncPlaylists(deps, { day: day.parse(YESTERDAY), signal: new AbortController().signal });
    await put(TODAY, TRACKS);
    const before = await requests(sandbox);
    const startedAt = performance.now();
    const { dryRun } = await planSync(deps, SYSTEM, { day: day.parse(TODAY) });
    const seconds = (performance.now() - startedAt) / 1000;
    const after = await requests(sandbox);
    reportFigure('plan.seconds', seconds, { atMost: 4 });
    reportFigure('plan.writes', after.writes - before.writes, { atMost: 0 });
    reportFigure('plan.planned', dryRun?.body.changed ?? 0, { atLeast: playlists * COPIES });
    reportObserved('plan.reads', after.reads - before.reads, 'requests');
    reportObserved('plan.again.seconds', await planAgain(deps), 's');
  } finally {
    await deps.close();
  }
}

/** The same dry run again: nothing changed, so the stored plans are reused. Returns seconds. */
async function planAgain(deps: Deps): Promise<number> {
  const startedAt = performance.now();
  await planSync(deps, SYSTEM, { day: day.parse(TODAY) });
  return (performance.now() - startedAt) / 1000;
}

/** Creates accounts, playlists and replicas. Returns a function that publishes a day. */
async function setUpNetwork(deps: Deps, playlists: number): Promise<(on: string, shift: number) => Promise<void>> {
  for (const person of PEOPLE) await connectAs(deps, person);
  const accounts = await listAccountsWithLoad(deps.db);
  await writeNetworkSettings(deps.db, networkSettingsBody.parse({ sync: { createsADay: playlists * COPIES } }), { at: new Date(), by: 'bench' });
  const catalog = createGeneratedCatalog({ albums: ALBUMS, seed: 1 });
  const tracks = await seedTracks(deps.db, catalogTrackIds(catalog, 2_000));
  const list = (from: number) => Array.from({ length: TRACKS }, (_, i) => tracks[(from + i) % tracks.length]).flatMap((track) => track ?? []);
  const ids: PlaylistId[] = [];
  for (let index = 1; index <= playlists; index += 1) {
    const playlistId = await seedPlaylist(deps.db, index);
    ids.push(playlistId);
    for (let copy = 0; copy < COPIES; copy += 1) {
      const id = replicaId.parse(randomUUID());
      const account = accounts[(index + copy) % accounts.length];
      if (account) await deps.db.insert(playlistAccountMap).values({ id, playlistId, accountId: account.id, marker: markerFor(id) });
    }
  }
  return async (on, shift) => {
    for (const [at, playlistId] of ids.entries()) await publish(deps.db, { playlistId, day: on, tracks: list((at + 1) * 3 + shift) });
  };
}

async function requests(sandbox: BenchSandbox): Promise<{ reads: number; writes: number }> {
  const counts = { reads: 0, writes: 0 };
  for (const [route, count] of Object.entries(await sandbox.totals())) {
    // Token refreshes go to the accounts service and change no playlist.
    if (!/playlists|library/.test(route)) continue;
    if (route.startsWith('GET ')) counts.reads += count;
    else counts.writes += count;
  }
  return counts;
}
