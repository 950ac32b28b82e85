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
import { connectAs, openHouse } from '#tests/support/processes/house.ts';
import { catalogueTrackIds, publish, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';
import type { SeededTrack } from '#tests/support/network/published-network.ts';
import { startProcess } from '#tests/support/processes/real-process.ts';

// A process takes a second to start, and several of them on a machine with other work.
vi.setConfig({ testTimeout: 300_000, maxConcurrency: 3 });

const DAY_ONE = '2026-11-01';
const DAY_TWO = '2026-11-02';
const SYNC_FOLDER = new URL('../../server/use-cases/sync/', import.meta.url);

/** How things stand when the process starts that will die. */
type Scene =
  /** Nothing is on Spotify yet: create, replace the first hundred, append the rest. */
  | 'a first sync'
  /** Yesterday's lists are on Spotify: replace, append, a new name. */
  | 'a new day'
  /** A create was carried out, but its answer never came. */
  | 'a create without an answer'
  /** A create failed without having been carried out, which nobody can tell from the other. */
  | 'a create that never arrived';

interface Moment {
  readonly scene: Scene;
  /** The process dies when it passes the point for the n-th time. */
  readonly time: number;
}

const first = (time = 1): Moment => ({ scene: 'a first sync', time });
const newDay = (time = 1): Moment => ({ scene: 'a new day', time });
const doubtful: readonly Moment[] = [
  { scene: 'a create without an answer', time: 1 },
  { scene: 'a create that never arrived', time: 1 },
];

/** For every point the situations in which it is passed. Around the intents: once for each request of a plan. */
const MOMENTS: Record<SyncFaultPoint, readonly Moment[]> = {
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
  'sync.before_adopt': doubtful,
  'sync.after_adopt': doubtful,
};
const CRASHES = SYNC_FAULT_POINTS.flatMap((point) => MOMENTS[point].map((moment) => ({ point, ...moment })));

interface Network {
  readonly databaseUrl: string;
  readonly deps: Deps;
  readonly sandbox: Sandbox;
  /** The day that the dying process syncs. */
  readonly on: string;
  /** What Spotify has to show in the end, in the order of the playlists' numbers. */
  readonly planned: readonly { readonly playlistId: PlaylistId; readonly uris: readonly string[] }[];
}

async function openNetwork(sandbox: Sandbox, deps: Deps, databaseUrl: string, scene: Scene): Promise<Network> {
  await connectAs(deps, 'segue-north');
  await connectAs(deps, 'segue-south');
  const tracks = await seedTracks(deps.db, catalogueTrackIds(sandbox.catalogue, 300));
  const lists = [
    { playlistId: await seedPlaylist(deps.db, 1), from: 0, count: 150 },
    { playlistId: await seedPlaylist(deps.db, 2), from: 100, count: 130 },
  ];
  const put = (on: string, shift: number) => Promise.all(lists.map((list) => publishSlice(deps, tracks, { ...list, from: list.from + shift, on })));
  const network = async (on: string, shift: number) => ({ databaseUrl, deps, sandbox, on, planned: await put(on, shift) });
  if (scene !== 'a new day') {
    const today = await network(DAY_ONE, 0);
    if (scene !== 'a first sync') await failCreates(today, scene === 'a create without an answer');
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

/** A sync whose creates all end in a 502, whether Spotify carried them out or not. */
async function failCreates({ deps, sandbox, on }: Network, actFirst: boolean): Promise<void> {
  sandbox.spotify.control.failNext({ method: 'POST', path: /playlists$/, status: 502, actFirst, times: 2 });
  await expect(syncDay(deps, on)).rejects.toMatchObject({ code: 'rate_limited' });
}

const syncDay = (deps: Deps, on: string) => syncPlaylists(deps, { day: day.parse(on), signal: new AbortController().signal });

/** The database notices the end of a process a moment later. */
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
  // Nobody removes playlists here, so each create that Spotify carried out, ever, is still there.
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

/** No operation is left open, every applied one says what was read back, and each playlist came from one create. */
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

describe.concurrent('a process that is killed in the middle of a sync leaves nothing that the next run does not bring to one playlist each', () => {
  test.each(CRASHES)('$point, time $time of $scene', async ({ point, scene, time }) => {
    await using sandbox = await startSandbox({ catalogue: { albums: 200, seed: 1 } });
    const databaseUrl = await cloneDatabase();
    const deps = openHouse(databaseUrl, sandbox.env);
    await using _ = { [Symbol.asyncDispose]: () => deps.close() };
    const network = await openNetwork(sandbox, deps, databaseUrl, scene);

    await using doomed = startProcess({
      script: 'tests/faults/sync-once.ts',
      args: [databaseUrl, JSON.stringify(sandbox.env), network.on, `${point}:${time}`],
    });
    expect(await doomed.exited, doomed.output()).toEqual({ code: null, signal: 'SIGKILL' });

    await untilLocksAreFree(deps);
    expect(await syncDay(deps, network.on)).toMatchObject({ skipped: 0, failed: [] });
    await expectExactlyOnce(network);
    await expectNothingLeftToDo(network);
  });
});

test('the list of points is every place in the sources where a sync can be killed', () => {
  const sources = readdirSync(SYNC_FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('/fault-points.ts'),
  );
  const named = sources.flatMap((name) => readFileSync(new URL(name, SYNC_FOLDER), 'utf8').match(/(?<=')sync\.(?:before|after)_\w+(?=')/g) ?? []);
  expect([...new Set(named)].toSorted()).toEqual(SYNC_FAULT_POINTS.toSorted());
});

afterAll(() => console.info(`${SYNC_FAULT_POINTS.length} points where a sync was killed, ${CRASHES.length} crashes.`));
