import { jobRuns, timetableTicks } from '#drizzle/schema/index.ts';
import { CRONTAB } from '#jobs/crontab.ts';
import { DAILY_TASKS, nextScheduledRun } from '#server/use-cases/operations/schedule/schedule.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { cloneDatabase } from '#tests/support/database.ts';
import { connectAs, openInstance } from '#tests/support/processes/instance.ts';
import { controlTime } from '#tests/support/time/controlled-time.ts';
import { startProcess, temporaryFolder } from '#tests/support/processes/real-process.ts';
import { WORKER_READY, startWorkerProcess } from '#tests/support/processes/worker-process.ts';
import { sql } from 'drizzle-orm';
import { parseCrontab } from 'graphile-worker';
import { expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 600_000 });
const WAIT_OPTIONS = { timeout: 240_000, interval: 20 };
/** A past week, so that access tokens issued today outlast it. */
const MONDAY = '2026-11-02T00:00:10Z';
const WEEK_MS = 7 * 86_400_000;
/** Evidence for a day. Tasks that run several times an hour may skip runs when the clock jumps, but run none twice. */
const TASKS: readonly JobName[] = DAILY_TASKS.map(({ task }) => task);

/** Every daily scheduled run of the week in order. */
function stepsOfWeek(): Date[] {
  const steps = new Set<number>();
  const end = Date.parse(MONDAY) + WEEK_MS;
  for (const task of TASKS) {
    for (let at = nextScheduledRun(task, new Date(MONDAY)); at && at.getTime() < end; at = nextScheduledRun(task, at)) steps.add(at.getTime());
  }
  return [...steps].toSorted((a, b) => a - b).map((ms) => new Date(ms));
}

const dueAt = (step: Date) => TASKS.filter((task) => nextScheduledRun(task, new Date(step.getTime() - 1))?.getTime() === step.getTime());

test('two servers and two workers on one Postgres follow the schedule for a week, each scheduled run once', async () => {
  using folder = temporaryFolder();
  await using sandbox = await startSandbox({ catalog: { albums: 60, seed: 1 } });
  const databaseUrl = await cloneDatabase();
  const deps = openInstance(databaseUrl, sandbox.env);
  await using _ = { [Symbol.asyncDispose]: () => deps.close() };
  await connectAs(deps, 'segue-north');
  const time = await controlTime(deps.db, folder.path);
  await time.setTime(MONDAY);
  const startWorker = () => startWorkerProcess({ databaseUrl, sandbox: sandbox.env, home: folder.path, env: time.env() });
  const startServer = () =>
    startProcess({
      args: ['--only', 'server'],
      env: {
        ...sandbox.env,
        DATABASE_URL: databaseUrl,
        PORT: '0',
        SEGUE_HOME: folder.path,
        ADMIN_API_KEY: 'an-admin-key-of-no-consequence',
        SPOTIFY_CLIENT_ID: 'segue',
        SPOTIFY_CLIENT_SECRET: 'of-no-consequence',
        SPOTIFY_TOKEN_KEY: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      },
    });
  await using workerOne = startWorker();
  await using workerTwo = startWorker();
  await using serverOne = startServer();
  await using serverTwo = startServer();
  await Promise.all([workerOne, workerTwo].map((worker) => worker.says(WORKER_READY)));
  const addresses = await Promise.all([serverOne, serverTwo].map((server) => server.says(/listening on (http:\S+?)\)|ready at (http:\S+)/)));

  const workerLogs = () => [workerOne, workerTwo].map((worker) => worker.output()).join('\n---\n');
  for (const step of stepsOfWeek()) {
    await time.setTime(new Date(step.getTime() + 500).toISOString());
    await vi.waitFor(async () => {
      const claimed = await deps.db.execute(
        sql`select task from timetable_ticks where tick = ${step.toISOString()}::timestamptz and task = any(${sql.param([...TASKS])}::text[])`,
      );
      expect(new Set(claimed.rows.map(({ task }) => task)), workerLogs()).toEqual(new Set(dueAt(step)));
      const pending = await deps.db.execute(sql`select 1 from graphile_worker._private_jobs where run_at <= led.now() and attempts < max_attempts`);
      expect(pending.rows, workerLogs()).toEqual([]);
    }, WAIT_OPTIONS);
  }

  const ticks = await deps.db.select().from(timetableTicks);
  const counts = Object.fromEntries(parseCrontab(CRONTAB).map(({ task }) => [task, ticks.filter((tick) => tick.task === task).length]));
  for (const { task } of DAILY_TASKS) expect(counts).toMatchObject({ [task]: 7 });
  expect(counts['refresh-tokens']).toBeGreaterThan(7);
  // A worker that is more than a day behind a jumping clock starts again, and records the scheduled run as caught up.
  expect(ticks.filter(({ task, how }) => TASKS.includes(task) && how !== 'ran' && how !== 'caught_up')).toEqual([]);
  // A scheduled run has one job run: its job appears once in the list of runs.
  const runs = await deps.db.select().from(jobRuns);
  for (const { task } of DAILY_TASKS) {
    const runIds = ticks.filter((tick) => tick.task === task).map(({ runId }) => runId);
    expect(new Set(runIds).size).toBe(7);
    for (const id of runIds) expect(runs.filter((run) => run.id === id)).toHaveLength(1);
  }
  for (const [, listening, ready] of addresses) {
    // After a jump of hours every worker looks silent until its next heartbeat.
    await vi.waitFor(async () => {
      const response = await fetch(`${listening ?? ready}/readyz`);
      expect(await response.json(), workerLogs()).toEqual({ status: 'ready' });
    }, WAIT_OPTIONS);
  }
  for (const worker of [workerOne, workerTwo]) worker.kill('SIGTERM');
  expect(await Promise.all([workerOne.exited, workerTwo.exited])).toEqual([
    { code: 0, signal: null },
    { code: 0, signal: null },
  ]);
});
