import { playlistAccountMap, syncOperations, syncPlans } from '#drizzle/schema/index.ts';
import type { Deps } from '#server/deps.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import type { Sandbox } from '#server/sandbox/start-sandbox.ts';
import { SYNC_FAULT_POINTS } from '#server/use-cases/sync/apply/fault-points.ts';
import type { SyncFaultPoint } from '#server/use-cases/sync/apply/fault-points.ts';
import { fingerprintOf } from '#server/use-cases/sync/plan/plan-hash.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { day } from '#shared/ids.ts';
import type { PlaylistId } from '#shared/ids.ts';
import { asc, eq, sql } from 'drizzle-orm';
import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cloneDatabase } from '../support/database.ts';
import { connectAs, openInstance } from '#tests/support/processes/instance.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';
import type { SeededTrack } from '#tests/support/network/published-network.ts';
import { startProcess } from '#tests/support/processes/real-process.ts';

// A process takes a second to start, and longer on a busy machine.
vi.setConfig({ testTimeout: 300_000, maxConcurrency: 3 });

const DAY_ONE = '2026-11-01';
const DAY_TWO = '2026-11-02';
const SYNC_FOLDER = new URL('../../server/use-cases/sync/', import.meta.url);

/** State when the process starts that will be killed. */
type Situation =
  /** Nothing is on Spotify yet: create, replace the first hundred, append the rest. */
  | 'a first sync'
  /** Yesterday's snapshots are on Spotify: replace, append, rename. */
  | 'a new day'
  /** A create was carried out, but its response was lost. */
  | 'a create without a response'
  /** A create failed without being carried out; the client cannot tell it from a lost response. */
  | 'a create that never arrived';

interface KillPoint {
  readonly situation: Situation;
  /** The process is killed when it reaches the point for the n-th time. */
  readonly time: number;
}

const first = (time = 1): KillPoint => ({ situation: 'a first sync', time });
const newDay = (time = 1): KillPoint => ({ situation: 'a new day', time });
const afterFailedCreate: readonly KillPoint[] = [
  { situation: 'a create without a response', time: 1 },
  { situation: 'a create that never arrived', time: 1 },
];

/** Situations in which each fault point is reached. Around intents: once for each request of a plan. */
const KILL_POINTS: Record<SyncFaultPoint, readonly KillPoint[]> = {
  'sync.after_assign': [first()],
  'sync.after_look': [first(), newDay()],
  'sync.after_plan_stored': [first(), newDay()],
  'sync.after_claim': [first(), newDay()],
  'sync.before_intent': [first(1), first(2), first(3), newDay(3)],
  'sync.after_intent': [first(1), first(2), first(3), newDay(1), newDay(3)],
  'sync.after_create_post': [first()],
  'sync.after_create_saved': [first()],
  'sync.after_replace': [first(), newDay()],
  'sync.after_append': [first(), newDay()],
  'sync.after_details': [newDay()],
  'sync.after_read_back': [first(), newDay()],
  'sync.before_receipt': [first(), newDay()],
  'sync.after_receipt': [first(), newDay()],
  'sync.before_adopt': afterFailedCreate,
  'sync.after_adopt': afterFailedCreate,
};
const CRASHES = SYNC_FAULT_POINTS.flatMap((point) => KILL_POINTS[point].map((killPoint) => ({ point, ...killPoint })));

interface Network {
  readonly databaseUrl: string;
  readonly deps: Deps;
  readonly sandbox: Sandbox;
  /** The day that the killed process syncs. */
  readonly on: string;
  /** What Spotify must show in the end, in order of playlist number. */
  readonly planned: readonly { readonly playlistId: PlaylistId; readonly uris: readonly string[] }[];
}

async function openNetwork(sandbox: Sandbox, deps: Deps, databaseUrl: string, situation: Situation): Promise<Network> {
  await connectAs(deps, 'segue-north');
  await connectAs(deps, 'segue-south');
  const tracks = await seedTracks(deps.db, catalogTrackIds(sandbox.catalog, 300));
  const lists = [
    { playlistId: await seedPlaylist(deps.db, 1), from: 0, count: 150 },
    { playlistId: await seedPlaylist(deps.db, 2), from: 100, count: 130 },
  ];
  const put = (on: string, shift: number) => Promise.all(lists.map((list) => publishSlice(deps, tracks, { ...list, from: list.from + shift, on })));
  const network = async (on: string, shift: number) => ({ databaseUrl, deps, sandbox, on, planned: await put(on, shift) });
  if (situation !== 'a new day') {
    const today = await network(DAY_ONE, 0);
    if (situation !== 'a first sync') await failCreates(today, situation === 'a create without a response');
    return today;
  }
  await put(DAY_ONE, 0);
  await syncDay(deps, DAY_ONE);
  return network(DAY_TWO, 20);
}

async function publishSlice(
  deps: Deps,
  tracks: readonly SeededTrack[],
  { playlistId, from, count, on }: { playlistId: PlaylistId; from: number; count: number; on: string },
) {
  const chosen = tracks.slice(from, from + count);
  await publish(deps.db, { playlistId, day: on, tracks: chosen });
  return { playlistId, uris: chosen.map((track) => `spotify:track:${track.trackId}`) };
}

/** Runs a sync whose creates all end in a 502; `actFirst`: Spotify carries them out. */
async function failCreates({ deps, sandbox, on }: Network, actFirst: boolean): Promise<void> {
  sandbox.spotify.control.failNext({ method: 'POST', path: /playlists$/, status: 502, actFirst, times: 2 });
  await expect(syncDay(deps, on)).rejects.toMatchObject({ code: 'rate_limited' });
}

const syncDay = (deps: Deps, on: string) => syncPlaylists(deps, { day: day.parse(on), signal: new AbortController().signal });

/** Waits until the database has released the locks of the killed process. */
async function untilLocksAreFree(deps: Deps): Promise<void> {
  await vi.waitFor(async () => {
    const held = await deps.db.execute(
      sql`select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    expect(held.rows).toHaveLength(0);
  }, 60_000);
}

async function expectExactlyOnce({ deps, sandbox, on, planned }: Network): Promise<void> {
  const { control } = sandbox.spotify;
  // No playlist is removed here, so every create that Spotify carried out is still visible.
  expect(control.playlists()).toHaveLength(planned.length);
  for (const { playlistId, uris } of planned) {
    const [replica, ...more] = await deps.db.select().from(playlistAccountMap).where(eq(playlistAccountMap.playlistId, playlistId));
    expect(more).toEqual([]);
    expect(replica).toMatchObject({ status: 'live', syncedDay: on, fingerprint: fingerprintOf(uris) });
    const remote = control.playlist(replica?.spotifyPlaylistId ?? '');
    expect(remote?.uris).toEqual(uris);
    expect(remote?.name).toContain(on);
    expect(remote?.description).toContain(replica?.marker);
    const plans = await deps.db.select().from(syncPlans).where(eq(syncPlans.replicaId, replica!.id)).orderBy(asc(syncPlans.plannedAt));
    expect(plans.map((plan) => plan.status).filter((status) => status === 'planned' || status === 'applying')).toEqual([]);
    expect(plans.filter((plan) => plan.status === 'applied' && plan.batchTag === on)).toHaveLength(1);
  }
  await expectReceipts(deps, planned.length);
}

/** No operation is open, each applied one has a receipt, and each playlist came from one create. */
async function expectReceipts(deps: Deps, playlists: number): Promise<void> {
  const operations = await deps.db
    .select({ operation: syncOperations, replica: playlistAccountMap })
    .from(syncOperations)
    .innerJoin(syncPlans, eq(syncPlans.id, syncOperations.planId))
    .innerJoin(playlistAccountMap, eq(playlistAccountMap.id, syncPlans.replicaId));
  for (const { operation, replica } of operations) {
    expect(operation.state).toMatch(/^(applied|abandoned)$/);
    expect(operation.receipt?.spotifyPlaylistId).toBe(operation.state === 'applied' ? replica.spotifyPlaylistId : undefined);
  }
  const creates = operations.filter(({ operation }) => operation.kind === 'create' && operation.state === 'applied');
  expect(new Set(creates.map(({ replica }) => replica.id)).size).toBe(playlists);
  expect(creates).toHaveLength(playlists);
}

async function expectNothingLeftToDo({ deps, sandbox, on, planned }: Network): Promise<void> {
  sandbox.spotify.control.clearRequests();
  expect(await syncDay(deps, on)).toMatchObject({ applied: 0, unchanged: planned.length, failed: [] });
  expect(sandbox.spotify.control.requests().filter(({ service, method }) => service === 'api' && method !== 'GET')).toEqual([]);
}

describe.concurrent('after a process is killed during a sync, the next run ends with exactly one playlist each', () => {
  test.each(CRASHES)('$point, time $time of $situation', async ({ point, situation, time }) => {
    await using sandbox = await startSandbox({ catalog: { albums: 200, seed: 1 } });
    const databaseUrl = await cloneDatabase();
    const deps = openInstance(databaseUrl, sandbox.env);
    await using _ = { [Symbol.asyncDispose]: () => deps.close() };
    const network = await openNetwork(sandbox, deps, databaseUrl, situation);

    await using killed = startProcess({
      script: 'tests/faults/sync-once.ts',
      args: [databaseUrl, JSON.stringify(sandbox.env), network.on, `${point}:${time}`],
    });
    expect(await killed.exited, killed.output()).toEqual({ code: null, signal: 'SIGKILL' });

    await untilLocksAreFree(deps);
    expect(await syncDay(deps, network.on)).toMatchObject({ skipped: 0, failed: [] });
    await expectExactlyOnce(network);
    await expectNothingLeftToDo(network);
  });
});

test('the list of fault points matches all fault points in the sources', () => {
  const sources = readdirSync(SYNC_FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('/fault-points.ts'),
  );
  const points = sources.flatMap((name) => readFileSync(new URL(name, SYNC_FOLDER), 'utf8').match(/(?<=')sync\.(?:before|after)_\w+(?=')/g) ?? []);
  expect([...new Set(points)].toSorted()).toEqual(SYNC_FAULT_POINTS.toSorted());
});

afterAll(() => console.info(`${SYNC_FAULT_POINTS.length} fault points, ${CRASHES.length} kills.`));
