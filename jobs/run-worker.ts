import type { Deps } from '#server/deps.ts';
import { openPool } from '#server/runtime/pool.ts';
import { deletePool } from '#server/repos/operations/worker-heartbeats.ts';
import { forgetTicksToCome } from '#server/repos/operations/timetable-ticks.ts';
import { makeUpForToday } from '#server/use-cases/operations/schedule/make-up-for-today.ts';
import { noteMissedTicks } from '#server/use-cases/operations/schedule/note-missed-ticks.ts';
import { tidyQueue } from '#server/use-cases/operations/jobs/tidy-queue.ts';
import { watchPools } from '#server/use-cases/operations/jobs/watch-pools.ts';
import { run } from 'graphile-worker';
import type { WorkerEvents } from 'graphile-worker';
import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import type { TimedTask } from './define-task.ts';
import { beat } from './heartbeat.ts';
import { queueLogger } from './queue-logger.ts';
import { repeat } from './repeat.ts';
import { requireSameTime } from './require-same-time.ts';
import { requireTimeouts } from './require-timeouts.ts';
import { runQueue } from './run-queue.ts';
import { startWatchdog } from './watchdog.ts';
import { watchPolls } from './watch-polls.ts';

export interface WorkerOptions {
  readonly tasks: Readonly<Record<string, TimedTask>>;
  readonly crontab: string;
  /** The worker opens connections of its own, so that requests and jobs do not wait for each other. */
  readonly databaseUrl: string;
  /** True when no other process can hold a job, because the database has just started for us alone. */
  readonly isAlone: boolean;
  /** The worker cannot go on. The process should end with a failure and be started again. */
  readonly onFatal: (error: Error) => void;
}

export interface RunningWorker {
  /** Takes no more jobs, lets the running ones finish or aborts them, gives back what is left. Once. */
  stop(): Promise<void>;
}

type WorkerDeps = Pick<Deps, 'db' | 'log' | 'now' | 'bootId'>;

/** Jobs at a time. */
export const CONCURRENCY = 4;
/** One a job, one to listen, one for the timetable. */
const CONNECTIONS = CONCURRENCY + 2;
const SWEEP_MS = 30_000;
const LOOK_FOR_MISSED_MS = 600_000;
/** Nine missed beats: far more than a pause of ours, far less than the queue's own four hours. */
const DEAD_AFTER_S = 90;
/** Before others think us dead, so that no job runs here and there at once. */
const SILENCE_MAX_MS = 60_000;
/** Running jobs are asked to abort after this long. */
const ABORT_AFTER_MS = 5_000;
/** Without these, a finished job can stay locked when the worker stops in the same moment. */
export const QUEUE_SETTINGS = { completeJobBatchDelay: 0, failJobBatchDelay: 0, gracefulShutdownAbortTimeout: ABORT_AFTER_MS } as const;

/**
 * Starts taking jobs and keeping the timetable. Jobs of dead workers are given back at once and every 30 s. Throws when a task may outlast the queue's
 * patience, and when this machine's clock is not the database's.
 */
export async function runWorker(deps: WorkerDeps, options: WorkerOptions): Promise<RunningWorker> {
  requireTimeouts(options.tasks);
  let isStopping = false;
  const events: WorkerEvents = new EventEmitter();
  const polls = watchPolls(events, CONCURRENCY);
  const fail = (error: unknown) => {
    if (!isStopping) options.onFatal(error instanceof Error ? error : new Error(String(error)));
  };
  events.on('pool:fatalError', ({ error, action }) => fail(new Error(`The worker could not ${action}.`, { cause: error })));
  events.on('worker:fatalError', ({ error }) => fail(error));
  await requireSameTime(deps);
  await tidyQueue(deps, options.isAlone ? 0 : DEAD_AFTER_S);
  await noteMissedTicks(deps);
  const pool = openPool(options.databaseUrl, { max: CONNECTIONS, name: `segue worker ${deps.bootId}`, log: deps.log });
  const queue = await runQueue({
    start: () => startRunner(deps, { ...options, pool, events }),
    askDatabase: () => pool.query('select 1'),
    events,
    log: deps.log,
    onEnd: fail,
  });
  const beating = beat(deps, polls, { silenceMaxMs: SILENCE_MAX_MS, onUnfit: fail });
  const watchdog = startWatchdog({ standstillMs: SILENCE_MAX_MS, silentMs: polls.silentMs, onStandstill: fail });
  const chores = keepHouse(deps);
  await beating.first;
  return {
    stop: async () => {
      isStopping = true;
      await watchdog.stop();
      await chores.stop();
      await queue.stop();
      await beating.stop();
      // The queue's last word first: a finished job whose row is still being removed would look held.
      await pool.end();
      // Without a database nobody can be told; what we hold is given back when our silence is noticed.
      const goodbye = [...polls.pools].map((poolId) => deletePool(deps.db, poolId));
      await Promise.all(goodbye).catch((error: unknown) => deps.log.warn('the worker could not say goodbye', { error }));
    },
  };
}

async function startRunner(deps: WorkerDeps, { pool, events, tasks, crontab }: WorkerOptions & { pool: Pool; events: WorkerEvents }) {
  await forgetTicksToCome(deps.db);
  return run({
    pgPool: pool,
    taskList: { ...tasks },
    crontab,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    events,
    logger: queueLogger(deps.log),
    preset: { worker: QUEUE_SETTINGS },
  });
}

/** What every worker does beside its jobs, however many there are. */
function keepHouse(deps: WorkerDeps): { stop: () => Promise<void> } {
  const quietly = (work: Promise<void>, what: string) => work.catch((error: unknown) => deps.log.warn(what, { error }));
  const watch = watchPools(DEAD_AFTER_S);
  const sweeping = repeat(SWEEP_MS, () => quietly(tidyQueue(deps, DEAD_AFTER_S, watch), 'dead workers could not be looked for'));
  const looking = repeat(LOOK_FOR_MISSED_MS, () => quietly(lookForMissed(deps), 'missed ticks could not be looked for'));
  return { stop: async () => void (await Promise.all([sweeping.stop(), looking.stop()])) };
}

async function lookForMissed(deps: WorkerDeps): Promise<void> {
  await forgetTicksToCome(deps.db);
  await noteMissedTicks(deps);
  await makeUpForToday(deps);
}
