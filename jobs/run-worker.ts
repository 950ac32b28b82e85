import type { Deps } from '#server/deps.ts';
import { openPool } from '#server/database/pool.ts';
import { deletePool } from '#server/repos/operations/worker-heartbeats.ts';
import { resetFutureRuns } from '#server/repos/operations/scheduled-runs.ts';
import { catchUpToday } from '#server/use-cases/operations/schedule/catch-up-today.ts';
import { recordMissedRuns } from '#server/use-cases/operations/schedule/record-missed-runs.ts';
import { sweepQueue } from '#server/use-cases/operations/jobs/sweep-queue.ts';
import { createPoolWatch } from '#server/use-cases/operations/jobs/pool-watch.ts';
import { run } from 'graphile-worker';
import type { WorkerEvents } from 'graphile-worker';
import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import type { TimedTask } from './define-task.ts';
import { startHeartbeat } from './heartbeat.ts';
import { queueLogger } from './queue-logger.ts';
import { repeatEvery } from './repeat-every.ts';
import { requireClockInSync } from './require-clock-in-sync.ts';
import { requireTimeouts } from './require-timeouts.ts';
import { runQueue } from './run-queue.ts';
import { startWatchdog } from './watchdog.ts';
import { joinPolls, watchPolls } from './queue-polls.ts';

export interface WorkerOptions {
  readonly tasks: Readonly<Record<string, TimedTask>>;
  readonly crontab: string;
  /** The worker opens its own connections, so that requests and jobs do not wait for each other. */
  readonly databaseUrl: string;
  /** True when no other process can hold a job, because the database was just started for this process only. */
  readonly isOnlyProcess: boolean;
  /** Called when the worker cannot continue. The process should exit with an error and be restarted. */
  readonly onFatal: (error: Error) => void;
}

export interface RunningWorker {
  /** Stops taking jobs, lets the running ones finish or aborts them, and releases the rest. Call once. */
  stop(): Promise<void>;
}

type WorkerDeps = Pick<Deps, 'db' | 'log' | 'now' | 'bootId'>;

/** Concurrent jobs. */
export const CONCURRENCY = 4;
/** Renders that wait for their vendors cost no core, and must neither keep other jobs waiting nor wait for them: they have slots of their own. */
const RENDERS = 12;
const RENDER_TASK = 'run-render';
/** One per job, one to listen, one for the schedule; the queue of renders needs one only while it takes or ends one, and one to listen. */
const CONNECTIONS = CONCURRENCY + 2 + 3;
const SWEEP_MS = 30_000;
const CATCH_UP_MS = 600_000;
/** Nine missed heartbeats: far more than a pause of this process, far less than the queue's lock timeout of four hours. */
const DEAD_AFTER_S = 90;
/** Less than DEAD_AFTER_S, so that this worker stops before another one takes its jobs. */
const SILENCE_MAX_MS = 60_000;
/** Running jobs are aborted this long after a stop. */
const ABORT_AFTER_MS = 5_000;
/** Without these, a finished job can stay locked when the worker stops at the same moment. */
export const QUEUE_SETTINGS = { completeJobBatchDelay: 0, failJobBatchDelay: 0, gracefulShutdownAbortTimeout: ABORT_AFTER_MS } as const;

/**
 * Starts taking jobs and running the schedule. Jobs of dead workers are released at once and every 30 s. Throws `invalid_input` when a task's time
 * limit exceeds the queue's lock timeout, and `conflict` when this machine's clock is out of sync with the database's.
 */
export async function runWorker(deps: WorkerDeps, options: WorkerOptions): Promise<RunningWorker> {
  requireTimeouts(options.tasks);
  let isStopping = false;
  const { [RENDER_TASK]: renderTask, ...otherTasks } = options.tasks;
  const queues: readonly QueueToRun[] = [
    { events: new EventEmitter(), tasks: otherTasks, crontab: options.crontab, slots: CONCURRENCY },
    ...(renderTask ? [{ events: new EventEmitter(), tasks: { [RENDER_TASK]: renderTask }, crontab: '', slots: RENDERS }] : []),
  ];
  const polls = joinPolls(queues.map(({ events, slots }) => watchPolls(events, slots)));
  const fail = (error: unknown) => {
    if (!isStopping) options.onFatal(error instanceof Error ? error : new Error(String(error)));
  };
  for (const { events } of queues) {
    events.on('pool:fatalError', ({ error, action }) => fail(new Error(`The worker could not ${action}.`, { cause: error })));
    events.on('worker:fatalError', ({ error }) => fail(error));
  }
  await requireClockInSync(deps);
  await sweepQueue(deps, options.isOnlyProcess ? 0 : DEAD_AFTER_S);
  await recordMissedRuns(deps);
  const pool = openPool(options.databaseUrl, { role: 'jobs', max: CONNECTIONS, name: `segue worker ${deps.bootId}`, log: deps.log });
  const running: { stop(): Promise<void> }[] = [];
  for (const queue of queues) {
    const start = () => startRunner(deps, { ...queue, pool });
    const pingDatabase = () => pool.query('select 1');
    running.push(await runQueue({ start, pingDatabase, events: queue.events, hasSchedule: queue.crontab !== '', log: deps.log, onEnd: fail }));
  }
  const heartbeat = startHeartbeat(deps, polls, { silenceMaxMs: SILENCE_MAX_MS, onUnfit: fail });
  const watchdog = startWatchdog({ standstillMs: SILENCE_MAX_MS, silentMs: polls.sinceLastPollMs, onStandstill: fail });
  const maintenance = runMaintenance(deps);
  await heartbeat.first;
  return {
    stop: async () => {
      isStopping = true;
      await watchdog.stop();
      await maintenance.stop();
      await Promise.all(running.map((queue) => queue.stop()));
      await heartbeat.stop();
      // The queue's last queries first: a finished job whose row is still being deleted would look locked.
      await pool.end();
      // If the database is unreachable, other workers release this worker's jobs when its heartbeat stops.
      const deletions = [...polls.pools].map((poolId) => deletePool(deps.db, poolId));
      await Promise.all(deletions).catch((error: unknown) => deps.log.warn('the worker could not remove its heartbeat', { error }));
    },
  };
}

/** Jobs that share slots. */
interface QueueToRun {
  readonly events: WorkerEvents;
  readonly tasks: Readonly<Record<string, TimedTask>>;
  readonly crontab: string;
  readonly slots: number;
}

async function startRunner(deps: WorkerDeps, { pool, events, tasks, crontab, slots }: QueueToRun & { pool: Pool }) {
  await resetFutureRuns(deps.db);
  return run({
    pgPool: pool,
    taskList: { ...tasks },
    crontab,
    concurrency: slots,
    noHandleSignals: true,
    events,
    logger: queueLogger(deps.log),
    preset: { worker: QUEUE_SETTINGS },
  });
}

/** Maintenance that every worker does besides its jobs. */
function runMaintenance(deps: WorkerDeps): { stop: () => Promise<void> } {
  const logErrors = (work: Promise<void>, what: string) => work.catch((error: unknown) => deps.log.warn(what, { error }));
  const checkPools = createPoolWatch(DEAD_AFTER_S);
  const sweeping = repeatEvery(SWEEP_MS, () => logErrors(sweepQueue(deps, DEAD_AFTER_S, checkPools), 'checking for dead workers failed'));
  const catchingUp = repeatEvery(CATCH_UP_MS, () => logErrors(catchUp(deps), 'checking for missed scheduled runs failed'));
  return { stop: async () => void (await Promise.all([sweeping.stop(), catchingUp.stop()])) };
}

async function catchUp(deps: WorkerDeps): Promise<void> {
  await resetFutureRuns(deps.db);
  await recordMissedRuns(deps);
  await catchUpToday(deps);
}
