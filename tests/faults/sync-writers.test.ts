import { playlistAccountMap, syncOperations } from '#drizzle/schema/index.ts';
import type { Deps } from '#server/deps.ts';
import { withAdvisoryLocks } from '#server/repos/advisory-lock.ts';
import { withReplicaLock } from '#server/use-cases/sync/apply/with-replica-lock.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { day } from '#shared/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { connectAs } from '#tests/support/processes/instance.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';

const DAY_ONE = '2026-11-01';
const DAY_TWO = '2026-11-02';
const LISTS = 3;

/** One account with three playlists synced for the first day, and snapshots for the second. */
async function openSecondDay() {
  const app = await startTestApp({ at: `${DAY_ONE}T04:10:00Z`, settings: { settleMs: 60_000 } });
  const { db } = app.deps;
  await connectAs(app.deps, 'segue-north');
  const tracks = await seedTracks(db, catalogTrackIds(app.sandbox.catalog, 160));
  const wanted: string[][] = [];
  const sync = (on: string, deps: Deps = app.deps) => syncPlaylists(deps, { day: day.parse(on), signal: new AbortController().signal });
  const playlists = await Promise.all(Array.from({ length: LISTS }, (_, index) => seedPlaylist(db, index + 1)));
  for (const [index, playlistId] of playlists.entries()) {
    await publish(db, { playlistId, day: DAY_ONE, tracks: tracks.slice(index * 20, index * 20 + 20) });
    const next = tracks.slice(60 + index * 20, 80 + index * 20);
    await publish(db, { playlistId, day: DAY_TWO, tracks: next });
    wanted.push(next.map((track) => `spotify:track:${track.trackId}`));
  }
  await sync(DAY_ONE);
  app.spotify.clearRequests();
  return {
    ...app,
    sync,
    wanted,
    writes: () => app.spotify.requests().filter(({ service, method }) => service === 'api' && method !== 'GET').length,
    /** What Spotify shows, in order of playlist number. */
    shown: async () => {
      const ids = await Promise.all(playlists.map((id) => db.select().from(playlistAccountMap).where(eq(playlistAccountMap.playlistId, id))));
      return ids.map(([replica]) => app.spotify.playlist(replica?.spotifyPlaylistId ?? '')?.uris);
    },
  };
}

describe('of several syncs of one account', () => {
  test('only the one with the lock writes; the others retry later', async () => {
    await using network = await openSecondDay();
    const results = await Promise.allSettled([network.sync(DAY_TWO), network.sync(DAY_TWO)]);
    const refused = results.filter((one) => one.status === 'rejected');
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: 'provider_unavailable', message: expect.stringContaining('being synced') });
    await network.sync(DAY_TWO);
    expect(await network.shown()).toEqual(network.wanted);
    // New items and a new name for each playlist, once.
    expect(network.writes()).toBe(2 * LISTS);
  });

  test('none starts while another process holds the account’s lock', async () => {
    await using network = await openSecondDay();
    const [replica] = await network.deps.db.select().from(playlistAccountMap);
    await withAdvisoryLocks(network.deps.pool, [`segue.sync.account:${replica?.accountId}`], async () => {
      await expect(network.sync(DAY_TWO)).rejects.toMatchObject({ code: 'provider_unavailable' });
    });
    expect(network.writes()).toBe(0);
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: LISTS });
  });

  test('one whose database session ended writes nothing more, and the next one finds no unfinished operation', async () => {
    await using network = await openSecondDay();
    const { playlistHost } = network.deps;
    const readPlaylist: typeof playlistHost.readPlaylist = async (...args) => {
      const seen = await playlistHost.readPlaylist(...args);
      await endLockHolder(network.deps);
      return seen;
    };
    await expect(network.sync(DAY_TWO, { ...network.deps, playlistHost: { ...playlistHost, readPlaylist } })).rejects.toMatchObject({
      code: 'provider_unavailable',
    });
    expect(network.writes()).toBe(0);
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: LISTS });
    expect(await network.shown()).toEqual(network.wanted);
    expect((await network.deps.db.select().from(syncOperations)).filter(({ state }) => state === 'planned' || state === 'intended')).toEqual([]);
  });
});

test('a sync whose session ended between intent and request does not send the request', async () => {
  await using network = await openSecondDay();
  const [replica] = await network.deps.db.select().from(playlistAccountMap);
  if (!replica?.spotifyPlaylistId) throw new Error('The account has no playlist.');
  const { id: replicaId, spotifyPlaylistId } = replica;
  await withReplicaLock(network.deps, { replicaId, purpose: 'write', signal: new AbortController().signal }, async ({ remote }) => {
    await endLockHolder(network.deps);
    await expect(remote.replace(spotifyPlaylistId, [])).rejects.toMatchObject({ code: 'conflict', context: { ambiguous: false } });
  });
  expect(network.writes()).toBe(0);
});

/** Terminates the sessions that hold a sync lock, and waits until they are gone. */
async function endLockHolder({ db }: Deps): Promise<void> {
  await db.execute(sql`select pg_terminate_backend(pid, 10000) from pg_locks
    where locktype = 'advisory' and objsubid = 1 and database = (select oid from pg_database where datname = current_database())`);
}

describe('when Spotify limits requests', () => {
  test.each([
    { limit: 'ten minutes', fault: { retryAfter: 600 }, waitMs: 600_000 },
    {
      limit: 'most of a day',
      fault: { retryAfter: 61_389, body: { error: { status: 429, message: 'Too many requests', reason: 'QUOTA_EXCEEDED' } } },
      waitMs: 61_389_000,
    },
  ])('for $limit, the run ends and later continues where it stopped', async ({ fault, waitMs }) => {
    await using network = await openSecondDay();
    network.spotify.failNext({ method: 'PUT', path: '/playlists/*', skip: 2, status: 429, ...fault });
    await expect(network.sync(DAY_TWO)).rejects.toMatchObject({ retryAfterMs: expect.any(Number) });
    const requestsBefore = network.spotify.requests().length;
    await expect(network.sync(DAY_TWO)).rejects.toMatchObject({ code: expect.stringMatching(/rate_limited|quota_exceeded/) });
    // No requests are sent while the limit lasts.
    expect(network.spotify.requests()).toHaveLength(requestsBefore);

    const done = await network.deps.db.select().from(playlistAccountMap).where(eq(playlistAccountMap.syncedDay, DAY_TWO));
    expect(done).toHaveLength(1);

    network.clock.advance(waitMs + 1_000);
    network.spotify.clearRequests();
    await network.sync(DAY_TWO);
    expect(await network.shown()).toEqual(network.wanted);
    // Playlists synced before come last, so that runs that are always interrupted still make progress; they are not written again.
    const reads = network.spotify.requests({ method: 'GET' }).filter(({ service }) => service === 'api');
    expect(reads.at(-1)?.path).toBe(`/playlists/${done[0]?.spotifyPlaylistId}`);
    expect(network.writes()).toBe(2 * (LISTS - 1));
  });
});
