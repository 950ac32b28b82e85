import { defineTask } from '#jobs/define-task.ts';
import { CONCURRENCY, QUEUE_SETTINGS, runWorker } from '#jobs/run-worker.ts';
import type { Deps } from '#server/deps.ts';
import { openPool } from '#server/database/pool.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { sql } from 'drizzle-orm';
import { Logger, run } from 'graphile-worker';
import { EventEmitter, once } from 'node:events';
import { openInstance } from '#tests/support/processes/instance.ts';
import { openBenchDatabase } from './bench-database.ts';
import { reportFigure, reportObserved } from './figures.ts';

const JOBS = 6_000;
const ROUNDS = 3;
const TASK = 'watch-network';
const RATIO_GOAL = 0.85;

/**
 * Overhead of the job wrapper: empty jobs per second through `runWorker` and `defineTask` (parsing, admission, time limit, fault points, heartbeats,
 * watchdog), compared with the bare queue with the same settings. Alternates in one run and takes the best of each; scheduled runs, which are also claimed, for
 * information.
 */
export async function benchJobs(): Promise<void> {
  await using database = await openBenchDatabase();
  await using sandbox = await startSandbox({ catalog: { albums: 1, seed: 1 } });
  const deps = openInstance(database.url, sandbox.env);
  const best = { bare: 0, wrapped: 0, scheduled: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    best.bare = Math.max(best.bare, await measure(deps, 'plain', (done) => runBare(database.url, deps, done)));
    best.wrapped = Math.max(best.wrapped, await measure(deps, 'plain', (done) => runWrapped(database.url, deps, done)));
    best.scheduled = Math.max(best.scheduled, await measure(deps, 'scheduled', (done) => runWrapped(database.url, deps, done)));
  }
  reportObserved('jobs.bare_per_second', best.bare, 'jobs/s');
  reportObserved('jobs.ours_per_second', best.wrapped, 'jobs/s');
  reportObserved('jobs.ticks_per_second', best.scheduled, 'jobs/s');
  reportFigure('jobs.throughput_ratio', best.wrapped / best.bare, { atLeast: RATIO_GOAL });
  await deps.close();
}

type Start = (onJob: () => void) => Promise<{ stop(): Promise<void> }>;

/** Jobs per second, from the first job started to the last one done. */
async function measure(deps: Deps, kind: 'plain' | 'scheduled', start: Start): Promise<number> {
  await deps.db.execute(sql`delete from timetable_ticks`);
  const payload =
    kind === 'plain'
      ? sql`'{}'::json`
      : sql`json_build_object('_cron', json_build_object('ts', to_char('2026-01-01'::timestamp + n * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'backfilled', false))`;
  await deps.db.execute(sql`select count(graphile_worker.add_job(${TASK}, ${payload}, job_key := 'bench ' || n)) from generate_series(1, ${JOBS}) n`);
  await deps.db.execute(sql`vacuum analyze graphile_worker._private_jobs`);
  let jobsDone = 0;
  let startedAtMs = 0;
  const events = new EventEmitter();
  const allDone = once(events, 'done');
  const worker = await start(() => {
    jobsDone += 1;
    if (jobsDone === 1) startedAtMs = performance.now();
    if (jobsDone === JOBS) events.emit('done', performance.now());
  });
  const [endedMs] = (await allDone) as [number];
  await worker.stop();
  return ((JOBS - 1) * 1_000) / (endedMs - startedAtMs);
}

async function runBare(url: string, deps: Deps, onJob: () => void): Promise<{ stop(): Promise<void> }> {
  const pool = openPool(url, { role: 'jobs', max: CONCURRENCY + 2, name: 'bare', log: deps.log });
  const runner = await run({
    pgPool: pool,
    taskList: { [TASK]: () => onJob() },
    crontab: '',
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    preset: { worker: QUEUE_SETTINGS },
  });
  return {
    stop: async () => {
      await runner.stop();
      await pool.end();
    },
  };
}

function runWrapped(url: string, deps: Deps, onJob: () => void): Promise<{ stop(): Promise<void> }> {
  const task = defineTask(deps, TASK, { timeoutMs: 60_000, run: () => Promise.resolve(onJob()) });
  return runWorker(deps, { tasks: { [TASK]: task }, crontab: '', databaseUrl: url, isOnlyProcess: false, onFatal: throwError });
}

function throwError(error: Error): never {
  throw error;
}
