import { timetableTicks } from '#drizzle/schema/index.ts';
import { defineTask } from '#jobs/define-task.ts';
import type { TimedTask } from '#jobs/define-task.ts';
import { catchUpToday } from '#server/use-cases/operations/schedule/catch-up-today.ts';
import { recordMissedRuns } from '#server/use-cases/operations/schedule/record-missed-runs.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { asc, sql } from 'drizzle-orm';
import { Logger, runOnce } from 'graphile-worker';
import { expect, test } from 'vitest';

/** A task that counts how often it was allowed to run. */
function countingTask(app: TestApp, task: JobName) {
  const runs: string[] = [];
  const handler = defineTask(app.deps, task, {
    timeoutMs: 60_000,
    run: async (_payload, signal) => {
      await trackRun(app.deps, { task, trigger: 'timetable', signal }, () => Promise.resolve({ outcome: 'Done.' }));
      runs.push(task);
    },
  });
  return { runs, work: () => work(app, { [task]: handler }) };
}

const silentLogger = new Logger(() => () => {});

/** Until nothing is due: jobs of one queue name become visible one by one. */
async function work(app: TestApp, taskList: Record<string, TimedTask>): Promise<void> {
  for (;;) {
    await runOnce({ pgPool: app.deps.pool, taskList, noHandleSignals: true, logger: silentLogger });
    const due = await app.deps.db.execute(sql`select 1 from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts`);
    if (due.rows.length === 0) return;
  }
}

const addTick = (app: TestApp, task: JobName, { ts, key, late = false }: { ts: string; key: string; late?: boolean }) =>
  app.deps.db.execute(
    sql`select graphile_worker.add_job(${task}, ${JSON.stringify({ _cron: { ts, backfilled: late } })}::json, job_key := ${key}, queue_name := ${task})`,
  );

const ticksOf = async (app: TestApp) => (await app.deps.db.select().from(timetableTicks).orderBy(asc(timetableTicks.tick))).map(({ how }) => how);

test('a scheduled run that is added ten times runs once', async () => {
  await using app = await startTestApp({ at: '2026-11-21T04:00:05Z' });
  const task = countingTask(app, 'curate-playlists');
  for (let i = 0; i < 10; i += 1) await addTick(app, 'curate-playlists', { ts: '2026-11-21T04:00:00.000Z', key: `copy ${i}` });
  await task.work();
  expect(task.runs).toHaveLength(1);
  expect(await ticksOf(app)).toEqual(['ran']);
});

test('a job that failed after it claimed its scheduled run runs again, and the run is not lost', async () => {
  await using app = await startTestApp({ at: '2026-11-21T04:00:05Z' });
  let attempts = 0;
  const handler = defineTask(app.deps, 'curate-playlists', {
    timeoutMs: 60_000,
    run: () => {
      attempts += 1;
      return attempts === 1 ? Promise.reject(new Error('out of luck')) : Promise.resolve();
    },
  });
  await addTick(app, 'curate-playlists', { ts: '2026-11-21T04:00:00.000Z', key: 'tick' });
  await work(app, { 'curate-playlists': handler });
  await app.deps.db.execute(sql`update graphile_worker._private_jobs set run_at = now()`);
  await work(app, { 'curate-playlists': handler });
  expect(attempts).toBe(2);
});

test('the scheduled run of a paused task is recorded and skipped, its other jobs wait, and resuming runs them', async () => {
  // A clock ahead of the database's, so that postponed jobs stay postponed.
  await using app = await startTestApp({ at: '2046-11-21T04:00:05Z' });
  const task = countingTask(app, 'enrich-tracks');
  await app.admin.operations.jobs.run({ task: 'enrich-tracks' });
  await app.admin.operations.jobs.pause({ task: 'enrich-tracks', why: 'The source is being moved.' });
  await addTick(app, 'enrich-tracks', { ts: '2046-11-21T03:30:00.000Z', key: 'tick' });
  await task.work();
  expect(task.runs).toEqual([]);
  expect(await ticksOf(app)).toEqual(['paused']);
  await expect(app.admin.operations.jobs.run({ task: 'enrich-tracks' })).rejects.toMatchObject({
    message: 'This task is paused: The source is being moved.',
  });
  expect((await app.admin.operations.jobs.schedule()).tasks.find((row) => row.task === 'enrich-tracks')?.paused).toMatchObject({
    why: 'The source is being moved.',
  });

  await app.admin.operations.jobs.resume({ task: 'enrich-tracks' });
  const again = await app.admin.operations.jobs.schedule();
  expect(again.tasks.find((row) => row.task === 'enrich-tracks')?.paused).toBeNull();
  // Jobs learn of it within five seconds; another process has no cached state yet and asks.
  await using other = await startTestApp({ databaseUrl: app.databaseUrl, at: '2046-11-21T04:00:15Z' });
  const otherTask = countingTask(other, 'enrich-tracks');
  await otherTask.work();
  expect(otherTask.runs).toEqual(['enrich-tracks']);
});

test('a late scheduled run catches up on the same day, and is recorded as missed once the day is over; other tasks run once', async () => {
  await using app = await startTestApp({ at: '2026-11-21T10:00:00Z' });
  const curate = countingTask(app, 'curate-playlists');
  await addTick(app, 'curate-playlists', { ts: '2026-11-20T04:00:00.000Z', key: 'yesterday', late: true });
  await addTick(app, 'curate-playlists', { ts: '2026-11-21T04:00:00.000Z', key: 'today', late: true });
  await curate.work();
  expect(curate.runs).toHaveLength(1);
  expect(await ticksOf(app)).toEqual(['missed', 'caught_up']);
  const ingest = countingTask(app, 'ingest-albums');
  await addTick(app, 'ingest-albums', { ts: '2026-11-20T03:00:00.000Z', key: 'tick', late: true });
  await addTick(app, 'ingest-albums', { ts: '2026-11-21T03:00:00.000Z', key: 'tick', late: true });
  await ingest.work();
  expect(ingest.runs).toHaveLength(1);
});

test('days without a run are recorded, shown and reported, never invented', async () => {
  await using app = await startTestApp({ at: '2026-11-17T04:00:05Z' });
  const task = countingTask(app, 'sync-playlists');
  await addTick(app, 'sync-playlists', { ts: '2026-11-17T04:10:00.000Z', key: 'tick' });
  await task.work();
  app.clock.set('2026-11-20T01:00:00Z');
  await recordMissedRuns(app.deps);
  await recordMissedRuns(app.deps);
  expect(await ticksOf(app)).toEqual(['ran', 'missed', 'missed']);
  const { missed } = await app.admin.operations.jobs.schedule();
  expect(missed.map(({ task: name, day }) => `${name} ${day}`)).toEqual(['sync-playlists 2026-11-19', 'sync-playlists 2026-11-18']);
});

test('a day that could not run because its task was paused is not called missed', async () => {
  await using app = await startTestApp({ at: '2026-11-17T04:10:05Z' });
  const task = countingTask(app, 'sync-playlists');
  await addTick(app, 'sync-playlists', { ts: '2026-11-17T04:10:00.000Z', key: 'tick' });
  await task.work();
  app.clock.set('2026-11-18T12:00:00Z');
  await app.admin.operations.jobs.pause({ task: 'sync-playlists', why: 'Away for a week.' });
  app.clock.set('2026-11-20T01:00:00Z');
  await recordMissedRuns(app.deps);
  expect(await ticksOf(app)).toEqual(['ran', 'missed', 'paused']);
});

test('a scheduled run that comes after its day, because the machine slept, is recorded as missed; one that comes hours late on its day as caught up', async () => {
  await using app = await startTestApp({ at: '2026-11-21T10:00:00Z' });
  const curate = countingTask(app, 'curate-playlists');
  await addTick(app, 'curate-playlists', { ts: '2026-11-20T04:00:00.000Z', key: 'yesterday' });
  await addTick(app, 'curate-playlists', { ts: '2026-11-21T04:00:00.000Z', key: 'today' });
  await curate.work();
  expect(curate.runs).toHaveLength(1);
  expect(await ticksOf(app)).toEqual(['missed', 'caught_up']);
});

test('a job that starts on its day and is resumed the day after leaves that day as missed, unless its work was done', async () => {
  await using app = await startTestApp({ at: '2026-11-20T04:00:05Z' });
  const curate = countingTask(app, 'curate-playlists');
  const failing = defineTask(app.deps, 'curate-playlists', { timeoutMs: 60_000, run: () => Promise.reject(new Error('cut off')) });
  await addTick(app, 'curate-playlists', { ts: '2026-11-20T04:00:00.000Z', key: 'tick' });
  await work(app, { 'curate-playlists': failing });
  app.clock.set('2026-11-21T01:00:00Z');
  await app.deps.db.execute(sql`update graphile_worker._private_jobs set run_at = now()`);
  await curate.work();
  expect(curate.runs).toEqual([]);
  expect(await ticksOf(app)).toEqual(['missed']);

  app.clock.set('2026-11-21T04:00:05Z');
  const dying = defineTask(app.deps, 'curate-playlists', {
    timeoutMs: 60_000,
    run: async (_payload, signal) => {
      await trackRun(app.deps, { task: 'curate-playlists', trigger: 'timetable', signal }, () => Promise.resolve({ outcome: 'Done.' }));
      throw new Error('cut off after the work');
    },
  });
  await addTick(app, 'curate-playlists', { ts: '2026-11-21T04:00:00.000Z', key: 'tick' });
  await work(app, { 'curate-playlists': dying });
  app.clock.set('2026-11-22T01:00:00Z');
  await app.deps.db.execute(sql`update graphile_worker._private_jobs set run_at = now()`);
  await curate.work();
  expect(await ticksOf(app)).toEqual(['missed', 'ran']);
});

test('a day recorded as missed while the clock was ahead is run when it comes', async () => {
  await using app = await startTestApp({ at: '2026-11-23T10:00:00Z' });
  const curate = countingTask(app, 'curate-playlists');
  await addTick(app, 'curate-playlists', { ts: '2026-11-22T04:00:00.000Z', key: 'tick' });
  await curate.work();
  expect(await ticksOf(app)).toEqual(['missed']);
  app.clock.set('2026-11-22T04:00:05Z');
  for (const key of ['tick', 'copy']) await addTick(app, 'curate-playlists', { ts: '2026-11-22T04:00:00.000Z', key });
  await curate.work();
  expect(curate.runs).toHaveLength(1);
  expect(await ticksOf(app)).toEqual(['ran']);
});

test('work of a scheduled run is for the day of the run, even when midnight passes between the claim and the work', async () => {
  await using app = await startTestApp({ at: '2026-11-20T20:00:00Z' });
  const days: unknown[] = [];
  const curate = defineTask(app.deps, 'curate-playlists', {
    timeoutMs: 60_000,
    run: ({ day }) => {
      app.clock.set('2026-11-21T00:00:01Z');
      return Promise.resolve(void days.push(day));
    },
  });
  await addTick(app, 'curate-playlists', { ts: '2026-11-20T04:00:00.000Z', key: 'tick', late: true });
  await work(app, { 'curate-playlists': curate });
  await app.admin.operations.jobs.run({ task: 'curate-playlists' });
  await work(app, { 'curate-playlists': curate });
  // A manual request means today, whenever it runs.
  expect(days).toEqual(['2026-11-20', undefined]);
});

test('a worker whose clock is a day behind runs no job of a future day', async () => {
  await using app = await startTestApp({ at: '2026-11-20T04:00:05Z' });
  const curate = countingTask(app, 'curate-playlists');
  await addTick(app, 'curate-playlists', { ts: '2026-11-21T04:00:00.000Z', key: 'tick' });
  await curate.work();
  expect(curate.runs).toEqual([]);
  expect(await ticksOf(app)).toEqual([]);
  const remaining = await app.deps.db.execute(sql`select last_error from graphile_worker._private_jobs`);
  expect(remaining.rows).toEqual([{ last_error: expect.stringContaining('This worker’s clock says 2026-11-20, but the job is for 2026-11-21.') }]);
});

test('the schedule says since when the app has each task, so that no earlier scheduled run counts as missed', async () => {
  await using app = await startTestApp({ at: '2026-11-21T10:16:00Z' });
  const sinceOf = async () => (await app.admin.operations.jobs.schedule()).tasks.find(({ task }) => task === 'curate-playlists')?.since;
  expect(await sinceOf()).toBeNull();
  await app.deps.db.execute(
    sql`insert into graphile_worker._private_known_crontabs (identifier, known_since) values ('curate-playlists', '2026-11-21T10:15:30Z')`,
  );
  expect(await sinceOf()).toBe('2026-11-21T10:15:30.000Z');
});

test('a scheduled run of today that nobody added is added once, unless the app is newer than the run', async () => {
  await using app = await startTestApp({ at: '2026-11-21T04:30:00Z' });
  const known = (task: JobName, since: string, last: string) =>
    app.deps.db.execute(sql`
      insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
      values (${task}, ${since}::timestamptz, ${last}::timestamptz)`);
  await known('curate-playlists', '2026-11-01T00:00:00Z', '2027-11-01T04:00:00Z');
  await known('sync-playlists', '2026-11-21T04:15:00Z', '2026-11-21T04:15:00Z');
  const [curate, sync] = [countingTask(app, 'curate-playlists'), countingTask(app, 'sync-playlists')];
  // What a worker that is a year ahead added waits under the same key.
  await addTick(app, 'curate-playlists', { ts: '2027-11-21T04:00:00.000Z', key: 'tick:curate-playlists' });
  await app.deps.db.execute(sql`update graphile_worker._private_jobs set run_at = now() + interval '1 year'`);
  for (let i = 0; i < 3; i += 1) await catchUpToday(app.deps);
  await curate.work();
  await sync.work();
  await catchUpToday(app.deps);
  await curate.work();
  expect([curate.runs.length, sync.runs.length]).toEqual([1, 0]);
  expect(await ticksOf(app)).toEqual(['caught_up']);
});
