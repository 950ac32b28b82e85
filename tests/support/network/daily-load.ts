import { playlistAccountMap, syncOperations, syncPlans } from '#drizzle/schema/index.ts';
import { createTasks } from '#jobs/tasks/index.ts';
import { SYSTEM } from '#server/actor.ts';
import { createCleanupStack } from '#server/runtime/cleanup-stack.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { day as dayId } from '#shared/ids.ts';
import type { PlaylistId } from '#shared/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { Logger, runOnce } from 'graphile-worker';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { cloneDatabase } from '#tests/support/database.ts';
import { connectAs, openInstance } from '#tests/support/processes/instance.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from './published-network.ts';
import { claimScheduledRuns } from '#tests/support/time/claimed-schedule.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { startWorkerProcess } from '#tests/support/processes/worker-process.ts';

const FIRST_DAY = '2026-11-01';
const LIST_SIZE = 120;
const SHIFT = 3;
const TRACKS = 400;
const silentLogger = new Logger(() => () => {});

/**
 * A daily load whose effects can be counted: each day new snapshots for a few playlists on two accounts, queued for sync, and a few albums to import.
 * Whatever happens to the workers, in the end each playlist exists once on Spotify, shows its last snapshot and has one receipt per day; each album is
 * imported once.
 */
export async function openDailyLoad({ databaseUrl, playlists = 3 }: { databaseUrl?: string; playlists?: number } = {}) {
  const closing = createCleanupStack();
  const folder = temporaryFolder();
  closing.defer(() => folder[Symbol.dispose]());
  const sandbox = await startSandbox({ catalog: { albums: 400, seed: 1 } });
  closing.defer(() => sandbox.close());
  const url = databaseUrl ?? (await cloneDatabase());
  const deps = openInstance(url, sandbox.env);
  closing.defer(() => deps.close());
  const terminator = new Client({ connectionString: url });
  terminator.on('error', () => {});
  await terminator.connect();
  closing.defer(() => terminator.end().catch(() => {}));
  await claimScheduledRuns(deps.db);
  await connectAs(deps, 'segue-north');
  await connectAs(deps, 'segue-south');
  const tracks = await seedTracks(deps.db, catalogTrackIds(sandbox.catalog, TRACKS));
  const lists: { readonly id: PlaylistId; readonly from: number }[] = [];
  let shift = 0;
  let today = addDays(FIRST_DAY, -1);
  let albums = 0;
  const wanted = new Map<PlaylistId, string[]>();

  const addPlaylist = async () => void lists.push({ id: await seedPlaylist(deps.db, lists.length + 1), from: (lists.length * 17) % 100 });
  for (let n = 0; n < playlists; n += 1) await addPlaylist();

  /** Publishes the next day's snapshots and queues the job that syncs them to Spotify. */
  const nextDay = async () => {
    today = addDays(today, 1);
    shift = (shift + SHIFT) % (TRACKS - LIST_SIZE - 100);
    for (const { id, from } of lists) {
      const chosen = tracks.slice(from + shift, from + shift + LIST_SIZE);
      await publish(deps.db, { playlistId: id, day: today, tracks: chosen });
      wanted.set(
        id,
        chosen.map((track) => `spotify:track:${track.trackId}`),
      );
    }
    await enqueueJob(deps.db, 'sync-playlists', { payload: { day: dayId.parse(today) }, key: `sync:${today}`, queue: 'sync-playlists' });
  };

  const readAlbums = async (count: number) => {
    const links = Array.from({ length: count }, (_, n) => `https://open.spotify.com/album/${sandbox.catalog.albumIdAt(albums + n)}`);
    albums += count;
    await submitImport(deps, SYSTEM, { text: links.join('\n') });
  };

  /**
   * Runs the remaining jobs in this process without waiting for backoffs. `beforeEach` runs before every round: a statement of a worker that was killed
   * can still lock a job afterwards, so unlocking once is not enough. Throws when the queue does not become empty.
   */
  const drain = async (beforeEach: () => Promise<void> = async () => {}) => {
    for (let round = 0; round < 60; round += 1) {
      await beforeEach();
      await deps.db.execute(sql`update graphile_worker._private_jobs set run_at = now() where run_at > now() and locked_by is null`);
      await runOnce({ pgPool: deps.pool, taskList: createTasks(deps), noHandleSignals: true, logger: silentLogger });
      const left = await deps.db.execute<{ lockedJobs: boolean }>(
        sql`select locked_by is not null as held from graphile_worker._private_jobs where attempts < max_attempts`,
      );
      if (left.rows.length === 0) return;
      await wait(50);
    }
    const left = await deps.db.execute(
      sql`select task_id, key, attempts, max_attempts, last_error, locked_by, run_at from graphile_worker._private_jobs`,
    );
    throw new Error(`The queue did not become empty: ${JSON.stringify(left.rows)}`);
  };

  const requireComplete = async () => {
    const { control } = sandbox.spotify;
    const jobs = await deps.db.execute(
      sql`select task_id, attempts, last_error, locked_by from graphile_worker._private_jobs where key not like 'tick:%'`,
    );
    assert.deepEqual(jobs.rows, [], 'jobs are left in the queue');
    assert.equal(control.playlists().length, lists.length, 'the number of playlists on Spotify differs from the plan');
    for (const { id } of lists) {
      const replicas = await deps.db.select().from(playlistAccountMap).where(eq(playlistAccountMap.playlistId, id));
      assert.equal(replicas.length, 1);
      assert.equal(replicas[0]?.syncedDay, today);
      assert.deepEqual(control.playlist(replicas[0]?.spotifyPlaylistId ?? '')?.uris, wanted.get(id));
    }
    const receipts = await deps.db.execute(
      sql`select replica_id, batch_tag from ${syncPlans} where status = 'applied' group by replica_id, batch_tag having count(*) > 1`,
    );
    assert.deepEqual(receipts.rows, [], 'a day was applied twice');
    const open = await deps.db.execute(sql`select id from ${syncOperations} where state in ('planned', 'intended')`);
    assert.deepEqual(open.rows, [], 'operations are unfinished');
    const sources = await deps.db.execute<{ status: string; count: number }>(
      sql`select status, count(*)::int as count from album_sources group by status`,
    );
    assert.deepEqual(sources.rows, albums === 0 ? [] : [{ status: 'ingested', count: albums }]);
    const running = await deps.db.execute(sql`select task from job_runs where status = 'running'`);
    assert.deepEqual(running.rows, [], 'a job run is still marked as running');
  };

  return {
    deps,
    sandbox,
    databaseUrl: url,
    addPlaylist,
    nextDay,
    readAlbums,
    drain,
    requireWhole: requireComplete,
    startWorker: (env: Record<string, string> = {}) => startWorkerProcess({ databaseUrl: url, sandbox: sandbox.env, home: folder.path, env }),
    /** Makes all heartbeats two minutes older. */
    ageHeartbeats: () => deps.db.execute(sql`update worker_heartbeats set seen_at = seen_at - interval '2 minutes'`),
    /** Number of jobs that will still be run, now or later. */
    remainingJobs: async () => {
      const result = await deps.db.execute<{ waiting: number }>(
        sql`select count(*)::int as waiting from graphile_worker._private_jobs where attempts < max_attempts`,
      );
      return result.rows[0]?.waiting ?? 0;
    },
    /** Adds a small harmless job, to see whether workers take jobs. */
    addProbe: () => enqueueJob(deps.db, 'watch-network', { payload: {}, key: 'probe' }),
    isProbeDone: async () =>
      (await deps.db.execute(sql`select 1 from graphile_worker._private_jobs where key = 'probe' and attempts = 0`)).rows.length === 0,
    /** A separate connection, to terminate other sessions. */
    terminator,
    /** Number of jobs locked by any worker, alive or dead. */
    held: async () => {
      const result = await deps.db.execute<{ held: number }>(
        sql`select count(*)::int as held from graphile_worker._private_jobs where locked_by is not null`,
      );
      return result.rows[0]?.held ?? 0;
    },
    /** Queue contents and database sessions as text, to find out why nothing proceeds. */
    describeState: async () => {
      const jobs = await deps.db.execute(sql`
        select identifier, key, attempts, locked_by, run_at, last_error
        from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id`);
      const sessions = await deps.db.execute(
        sql`select application_name, state, wait_event, left(query, 120) as query from pg_stat_activity where datname = current_database()`,
      );
      return [...jobs.rows, ...sessions.rows].map((row) => JSON.stringify(row)).join('\n');
    },
    writes: () => sandbox.spotify.control.requests().filter(({ service, method }) => service === 'api' && method !== 'GET').length,
    [Symbol.asyncDispose]: () => closing.close(),
  };
}

export type DailyLoad = Awaited<ReturnType<typeof openDailyLoad>>;
