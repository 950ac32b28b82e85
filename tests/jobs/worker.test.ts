import { runQueue } from '#jobs/run-queue.ts';
import { QUEUE_SETTINGS, runWorker } from '#jobs/run-worker.ts';
import { markPoolAlive, unlockDeadPools } from '#server/repos/operations/worker-heartbeats.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { startProcess, temporaryFolder } from '#tests/support/processes/real-process.ts';
import { sql } from 'drizzle-orm';
import { Logger, run } from 'graphile-worker';
import type { WorkerEvents } from 'graphile-worker';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { expect, test, vi } from 'vitest';

// A worker process takes seconds to start on a busy machine.
vi.setConfig({ testTimeout: 300_000 });
const silentLogger = new Logger(() => () => {});
const WAIT_OPTIONS = { timeout: 240_000, interval: 50 };

const lockedJobs = async (app: TestApp) =>
  (await app.deps.db.execute(sql`select locked_by from graphile_worker._private_jobs where locked_by is not null`)).rows;

/** The real worker process on the app's database and sandbox. */
function startWorkerProcess(app: TestApp, home: string) {
  const env = {
    ...app.sandbox.env,
    DATABASE_URL: app.databaseUrl,
    SEGUE_HOME: home,
    SPOTIFY_CLIENT_ID: 'testclient',
    SPOTIFY_CLIENT_SECRET: 'testsecret',
  };
  return startProcess({ script: 'jobs/main.ts', env });
}

test('a worker that was killed in the middle of a job loses it, and the next worker finishes it', async () => {
  using folder = temporaryFolder();
  await using app = await startTestApp();
  const albumId = app.sandbox.catalog.albumIdAt(0) ?? '';
  await app.admin.catalog.submitImport({ text: `https://open.spotify.com/album/${albumId}` });
  app.spotify.failNext({ path: /\/albums\//, delayMs: 600_000 });
  {
    await using first = startWorkerProcess(app, folder.path);
    await vi.waitFor(() => expect(app.spotify.requests({ path: /\/albums\// }), first.output()).toHaveLength(1), WAIT_OPTIONS);
    first.kill('SIGKILL');
    await first.exited;
  }
  expect(await lockedJobs(app)).toHaveLength(1);
  app.spotify.clearFaults();
  // Two minutes of silence, without waiting for them.
  await app.deps.db.execute(sql`update worker_heartbeats set seen_at = seen_at - interval '2 minutes'`);
  await using second = startWorkerProcess(app, folder.path);
  await second.says(/jobs of dead workers were released/);
  await vi.waitFor(async () => {
    const albums = await app.deps.db.execute(sql`select status from album_sources`);
    expect(albums.rows, second.output()).toEqual([{ status: 'ingested' }]);
  }, WAIT_OPTIONS);
  second.kill('SIGTERM');
  expect(await second.exited).toEqual({ code: 0, signal: null });
  expect(await lockedJobs(app)).toEqual([]);
});

async function lockJob(app: TestApp, poolId: string, lockedAt: string): Promise<void> {
  await app.deps.db.execute(sql`select graphile_worker.add_job('sync-playlists', '{}', job_key := ${poolId})`);
  await app.deps.db.execute(sql`
    update graphile_worker._private_jobs set locked_by = ${poolId}, locked_at = now() - ${lockedAt}::interval where key = ${poolId}`);
}

test('only pools that fell silent lose their jobs', async () => {
  await using app = await startTestApp();
  for (const poolId of ['alive', 'silent']) await markPoolAlive(app.deps.db, { poolId, bootId: randomUUID(), processId: 1 });
  await app.deps.db.execute(sql`update worker_heartbeats set seen_at = now() - interval '91 seconds' where pool_id = 'silent'`);
  await lockJob(app, 'alive', '3 hours');
  await lockJob(app, 'silent', '1 second');
  await lockJob(app, 'just-born', '1 second');
  await lockJob(app, 'never-heard', '91 seconds');
  expect((await unlockDeadPools(app.deps.db, 90)).toSorted((a, b) => a.localeCompare(b))).toEqual(['never-heard', 'silent']);
  expect((await unlockDeadPools(app.deps.db, 0)).toSorted((a, b) => a.localeCompare(b))).toEqual(['alive', 'just-born']);
});

test('a worker that is told to stop while jobs finish leaves none of them locked', async () => {
  await using app = await startTestApp();
  for (let round = 0; round < 5; round += 1) {
    const running = new EventEmitter();
    const finishing = once(running, 'finishing');
    const worker = await runWorker(app.deps, {
      databaseUrl: app.databaseUrl,
      tasks: { 'sync-playlists': Object.assign(() => void running.emit('finishing'), { timeoutMs: 1_000 }) },
      crontab: '',
      isOnlyProcess: false,
      onFatal: (error) => expect.unreachable(error.message),
    });
    await app.deps.db.execute(sql`select graphile_worker.add_job('sync-playlists', '{}')`);
    await finishing;
    await worker.stop();
    expect(await lockedJobs(app)).toEqual([]);
  }
  const pools = await app.deps.db.execute(sql`select pool_id from worker_heartbeats`);
  expect(pools.rows).toEqual([]);
});

test('a worker whose first query failed while the database was away takes jobs once it is back', async () => {
  await using app = await startTestApp();
  const { db, pool } = app.deps;
  // Its first query asks which tasks the database knows; graphile-worker caches the answer, including a missing one.
  const rename = (from: string, to: string) => db.execute(sql.raw(`alter table graphile_worker.${from} rename to ${to}`));
  const events: WorkerEvents = new EventEmitter();
  const failed = once(events as EventEmitter, 'worker:getJob:error');
  const done = once(events as EventEmitter, 'job:success');
  await rename('_private_tasks', 'away');
  const queue = await runQueue({
    start: () =>
      run({
        pgPool: pool,
        taskList: { 'watch-network': () => {} },
        concurrency: 2,
        pollInterval: 200,
        noHandleSignals: true,
        events,
        logger: silentLogger,
        preset: { worker: QUEUE_SETTINGS },
      }),
    pingDatabase: () => pool.query('select 1'),
    events,
    hasSchedule: false,
    log: app.deps.log,
    onEnd: (error) => expect.unreachable(String(error)),
  });
  await failed;
  await rename('away', '_private_tasks');
  await db.execute(sql`select graphile_worker.add_job('watch-network', '{}')`);
  await done;
  await queue.stop();
  expect((await db.execute(sql`select 1 from graphile_worker._private_jobs`)).rows).toEqual([]);
});
