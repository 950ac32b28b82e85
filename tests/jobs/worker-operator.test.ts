import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { markPoolAlive } from '#server/repos/operations/worker-heartbeats.ts';
import { listJobAlerts } from '#server/use-cases/operations/alerts/list-job-alerts.ts';
import { sweepQueue } from '#server/use-cases/operations/jobs/sweep-queue.ts';
import { AppError } from '#shared/errors.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { openTestDatabase } from '#tests/support/database.ts';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { Logger, runOnce } from 'graphile-worker';
import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 300_000 });
const silentLogger = new Logger(() => () => {});

/** Runs what is due with a task that does `work` as a run that people follow. */
async function work(app: TestApp, doing: (signal: AbortSignal) => Promise<void>): Promise<void> {
  await runOnce({
    pgPool: app.deps.pool,
    noHandleSignals: true,
    logger: silentLogger,
    taskList: {
      'watch-network': defineTrackedTask(app.deps, 'watch-network', {
        timeoutMs: 60_000,
        trigger: () => 'test',
        run: async (_payload, signal) => {
          await doing(signal);
          return { outcome: 'Done.' };
        },
      }),
    },
  });
  // The runner can end a moment before a failed job is unlocked.
  await vi.waitFor(async () => {
    const locked = await app.deps.db.execute(sql`select 1 from graphile_worker._private_jobs where locked_at is not null`);
    expect(locked.rows).toEqual([]);
  }, 20_000);
}

const addJob = (app: TestApp, attempts = 8) =>
  app.deps.db.execute(sql`select graphile_worker.add_job('watch-network', '{}', job_key := 'job', max_attempts := ${attempts})`);
const jobs = async (app: TestApp) => (await app.deps.db.execute(sql`select attempts from graphile_worker._private_jobs`)).rows;

test('a run that an operator cancels stops, says so, and is not tried again', async () => {
  await using app = await startTestApp();
  await addJob(app);
  const working = work(app, (signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('cut off')))));
  const running = await vi.waitFor(async () => {
    const [run] = await app.admin.operations.jobs.list({ limit: 1 });
    expect(run).toMatchObject({ status: 'running', canCancel: true });
    return run!;
  }, 60_000);
  await app.admin.operations.jobs.cancel({ runId: running.id });
  await working;
  expect(await app.admin.operations.jobs.list({ limit: 5 })).toMatchObject([
    { status: 'cancelled', outcome: expect.stringMatching(/^Canceled by an operator/), fix: null },
  ]);
  expect(await jobs(app)).toEqual([]);
  await expect(app.admin.operations.jobs.cancel({ runId: running.id })).rejects.toMatchObject({ message: 'This run has already ended.' });
});

test('a job that fails its last attempt is listed and reported at once; a replay runs it with the same payload', async () => {
  await using app = await startTestApp();
  await addJob(app, 1);
  await work(app, () => Promise.reject(new AppError('provider_unavailable', { message: 'Spotify does not answer.' })));
  const { failedJobs } = await app.admin.operations.jobs.schedule();
  expect(failedJobs).toMatchObject([{ task: 'watch-network', attempts: 1, reason: 'Spotify does not answer.' }]);
  const keys = (await listJobAlerts(app.deps)).map(({ key }) => key);
  expect(keys).toEqual([`job:${failedJobs[0]?.id}:given-up`]);
  expect((await app.admin.operations.jobs.list({ limit: 1 }))[0]).toMatchObject({
    errorCode: 'provider_unavailable',
    retryAt: null,
    fix: { label: 'Try again now' },
  });

  await app.admin.operations.jobs.replayFailed({ jobId: failedJobs[0]?.id ?? 0 });
  await work(app, () => Promise.resolve());
  expect(await jobs(app)).toEqual([]);
  expect(await listJobAlerts(app.deps)).toEqual([]);
});

test('a failed job is one alert with its failed run, and both end once it is dismissed', async () => {
  await using app = await startTestApp();
  const fail = () => work(app, () => Promise.reject(new AppError('provider_unavailable', { message: 'Spotify does not answer.' })));
  await addJob(app, 1);
  await fail();
  const { failedJobs } = await app.admin.operations.jobs.schedule();
  expect(await listJobAlerts(app.deps)).toHaveLength(1);
  await app.admin.operations.jobs.dismissFailed({ jobId: failedJobs[0]?.id ?? 0 });
  expect(await listJobAlerts(app.deps)).toEqual([]);
  // Another job of the task has an alert of its own.
  await addJob(app, 2);
  await fail();
  expect((await listJobAlerts(app.deps)).map(({ key }) => key)).toEqual(['task:watch-network:failed']);
});

test('a job whose worker died at its last attempt is failed, logged and reported as soon as that worker’s silence is noticed', async () => {
  await using app = await startTestApp();
  await addJob(app, 1);
  await app.deps.db.execute(sql`
    update graphile_worker._private_jobs set attempts = 1, locked_by = 'gone', locked_at = now() - interval '91 seconds'`);
  expect((await app.admin.operations.jobs.schedule()).failedJobs).toEqual([]);
  await sweepQueue(app.deps, 90);
  expect((await app.admin.operations.jobs.schedule()).failedJobs).toMatchObject([
    { task: 'watch-network', reason: 'Its worker crashed on every attempt.' },
  ]);
  expect(app.logged).toContainEqual(expect.objectContaining({ level: 'error', message: 'job watch-network failed after 1 attempts' }));
  expect((await listJobAlerts(app.deps)).map(({ what }) => what)).toEqual(['Watch network failed']);
});

test('an unexpected error is reported with its message, and only a job that is tried again is described so', async () => {
  await using app = await startTestApp();
  const fail = () => work(app, () => Promise.reject(new TypeError("Cannot read properties of undefined (reading 'items')\nsecond line")));
  await addJob(app, 2);
  await fail();
  const outcome = "An unexpected error occurred: Cannot read properties of undefined (reading 'items').";
  expect(await app.admin.operations.jobs.list({ limit: 1 })).toMatchObject([{ outcome, remedy: 'Segue tries again automatically.' }]);
  await app.deps.db.execute(sql`update graphile_worker._private_jobs set run_at = now()`);
  await fail();
  const [last] = await app.admin.operations.jobs.list({ limit: 1 });
  expect(last).toMatchObject({ outcome, remedy: expect.stringMatching(/^This was the last attempt\./), fix: { kind: 'replay' } });
  expect((await app.admin.operations.jobs.schedule()).failedJobs).toMatchObject([{ reason: outcome, attempts: 2 }]);
  // The fix on the screen: it runs again, with all its attempts.
  await app.admin.operations.jobs.replay({ runId: last?.id as never });
  await work(app, () => Promise.resolve());
  expect(await jobs(app)).toEqual([]);
  expect(await listJobAlerts(app.deps)).toEqual([]);
});

test.each([
  ['57P01', 'terminating connection due to administrator command', 'The database is not available at the moment.'],
  ['53300', 'sorry, too many clients already', 'The database is not available at the moment.'],
  ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432', 'The database is not available at the moment.'],
  ['40P01', 'deadlock detected', 'Another operation is using the same data at the moment.'],
  ['55P03', 'canceling statement due to lock timeout', 'Another operation is using the same data at the moment.'],
])('a run that ended because of the database (%s) says so in words, and is tried again', async (code, message, outcome) => {
  await using app = await startTestApp();
  await addJob(app, 2);
  await work(app, () => Promise.reject(new Error('Failed query: select 1', { cause: Object.assign(new Error(message), { code }) })));
  expect(await app.admin.operations.jobs.list({ limit: 1 })).toMatchObject([{ outcome, remedy: 'Segue tries again automatically.' }]);
});

test('a run whose worker died says whether another one takes it', async () => {
  await using app = await startTestApp();
  for (const [key, attempts, max] of [
    ['again', 1, 8],
    ['last', 8, 8],
  ] as const) {
    await app.deps.db.execute(sql`select graphile_worker.add_job('watch-network', '{}', job_key := ${key}, max_attempts := ${max})`);
    await app.deps.db.execute(sql`
      update graphile_worker._private_jobs set attempts = ${attempts}, locked_by = 'gone', locked_at = now() - interval '91 seconds' where key = ${key}`);
    await app.deps.db.execute(sql`
      insert into job_runs (id, task, trigger, status, created_at, started_at, changed_at, payload, queue_job_id, attempt)
      select gen_random_uuid(), ${key === 'again' ? 'watch-network' : 'enrich-tracks'}, ${key}, 'running', now(), now(), now(), '{}', id, attempts
      from graphile_worker._private_jobs where key = ${key}`);
  }
  await sweepQueue(app.deps, 90);
  const remedies = Object.fromEntries((await app.admin.operations.jobs.list({ limit: 5 })).map(({ trigger, remedy }) => [trigger, remedy]));
  expect(remedies).toEqual({
    again: 'Segue tries again automatically.',
    last: 'This was the last attempt. Run it again; completed work is kept.',
  });
});

test('of many callers that request the same few jobs at once, none is told that its job exists when it does not', async () => {
  await using database = await openTestDatabase();
  const keys = Array.from({ length: 5 }, (_, n) => `key ${n}`);
  const requests = Array.from({ length: 200 }, (_, n) => enqueueJob(database.db, 'watch-network', { payload: {}, key: keys[n % keys.length] ?? '' }));
  const answers = await Promise.allSettled(requests);
  const found = await database.db.execute<{ key: string }>(sql`select key from graphile_worker._private_jobs order by key`);
  const accepted = new Set(answers.flatMap(({ status }, n) => (status === 'fulfilled' ? [keys[n % keys.length]] : [])));
  expect(found.rows.map(({ key }) => key)).toEqual(keys.filter((key) => accepted.has(key)));
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ message: expect.stringContaining('dropped the job') });
});

test('a failed run is repeated by its own job, so that two clicks make one run', async () => {
  await using app = await startTestApp();
  await addJob(app);
  await work(app, () => Promise.reject(new AppError('conflict', { message: 'The world moved.' })));
  const [failed] = await app.admin.operations.jobs.list({ limit: 1 });
  const runId = failed?.id as never;
  await app.admin.operations.jobs.replay({ runId });
  await app.admin.operations.jobs.replay({ runId });
  expect(await jobs(app)).toEqual([{ attempts: 0 }]);
  await work(app, () => Promise.resolve());
  await app.admin.operations.jobs.replay({ runId });
  await app.admin.operations.jobs.replay({ runId });
  expect(await jobs(app)).toEqual([{ attempts: 0 }]);
});

test('a task paused for more than a day, a stalled run and a queue without a worker are alerts', async () => {
  await using app = await startTestApp();
  await app.admin.operations.jobs.pause({ task: 'sync-playlists', why: 'Moving house' });
  await markPoolAlive(app.deps.db, { poolId: 'gone', bootId: randomUUID(), processId: 1 });
  expect(await listJobAlerts(app.deps)).toEqual([]);
  await app.deps.db.execute(sql`update worker_heartbeats set seen_at = now() - interval '2 minutes'`);
  app.clock.advance(25 * 3_600_000);
  expect((await listJobAlerts(app.deps)).map(({ key }) => key)).toEqual(['queue:no-worker', 'task:sync-playlists:paused']);
});

test('readiness requires a worker once one was there and did not stop cleanly', async () => {
  await using app = await startTestApp({ http: true });
  const ready = async () => (await fetch(`${app.baseUrl}/readyz`)).json();
  expect(await ready()).toEqual({ status: 'ready' });
  await markPoolAlive(app.deps.db, { poolId: 'one', bootId: randomUUID(), processId: 1 });
  expect(await ready()).toEqual({ status: 'ready' });
  await app.deps.db.execute(sql`update worker_heartbeats set seen_at = now() - interval '31 seconds'`);
  expect(await ready()).toEqual({ status: 'not_ready', waitingFor: 'worker' });
});

test('a job and the row it serves are both there or both absent, whatever happens to their transaction', async () => {
  await using database = await openTestDatabase();
  const outcome = fc.constantFrom('commit' as const, 'throw' as const, 'bad statement' as const);
  await fc.assert(
    fc.asyncProperty(outcome, fc.boolean(), async (ending, jobFirst) => {
      const key = randomUUID();
      const steps = [
        (tx: typeof database.db) => enqueueJob(tx, 'watch-network', { payload: {}, key }),
        (tx: typeof database.db) => insertAuditEntry(tx, { id: key, at: new Date(), actor: 'test', action: 'test', subject: key, detail: null }),
      ];
      const both = database.db.transaction(async (tx) => {
        for (const step of jobFirst ? steps : steps.toReversed()) await step(tx);
        if (ending === 'throw') throw new Error('thought better of it');
        if (ending === 'bad statement') await tx.execute(sql`select 1 / 0`);
      });
      if (ending === 'commit') await both;
      else await expect(both).rejects.toThrow(ending === 'throw' ? 'thought better of it' : 'Failed query');
      const found = await database.db.execute(sql`
        select (select count(*)::int from graphile_worker._private_jobs where key = ${key}) as jobs, (select count(*)::int from audit_log where subject = ${key}) as rows`);
      const expected = ending === 'commit' ? 1 : 0;
      expect(found.rows).toEqual([{ jobs: expected, rows: expected }]);
    }),
    { numRuns: 300 },
  );
});

test('a request that the queue drops is an error, not silence', async () => {
  await using database = await openTestDatabase();
  const found = await database.db.execute<{ text: string }>(
    sql`select pg_get_functiondef(oid) as text from pg_proc where proname = 'add_job' and pronamespace = 'graphile_worker'::regnamespace`,
  );
  const dropping = (found.rows[0]?.text ?? '').replace(/AS \$function\$[\s\S]*\$function\$/, 'AS $function$ begin return null; end; $function$');
  await database.db.execute(sql.raw(dropping));
  await expect(enqueueJob(database.db, 'watch-network', { payload: {}, key: 'dropped' })).rejects.toThrow(
    'The queue dropped the job watch-network (dropped).',
  );
});
