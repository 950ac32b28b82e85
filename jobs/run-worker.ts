import type { Deps, Log } from '#server/deps.ts';
import { openPool } from '#server/pool.ts';
import { deletePool, markPoolAlive, unlockDeadPools } from '#server/repos/worker-heartbeats.ts';
import { Logger, run } from 'graphile-worker';
import type { Runner, TaskList, WorkerEvents } from 'graphile-worker';
import { EventEmitter } from 'node:events';
import { pid } from 'node:process';

interface WorkerOptions {
  readonly tasks: TaskList;
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

const CONCURRENCY = 4;
/** One a job, one to listen, one for the timetable. */
const CONNECTIONS = CONCURRENCY + 2;
const BEAT_MS = 10_000;
const SWEEP_MS = 30_000;
/** Nine missed beats: far more than a pause of ours, far less than the queue's own four hours. */
const DEAD_AFTER_S = 90;
/** Before others think us dead, so that no job runs here and there at once. */
const SILENCE_MAX_MS = 60_000;
/** Running jobs are asked to abort after this long, and given back unfinished after the second figure. */
const ABORT_AFTER_MS = 5_000;
const GIVE_BACK_AFTER_MS = 15_000;

/** Starts taking jobs and keeping the timetable. Jobs of dead workers are given back at once and every 30 s. */
export async function runWorker(deps: Pick<Deps, 'db' | 'log' | 'newId'>, options: WorkerOptions): Promise<RunningWorker> {
  let isStopping = false;
  const events: WorkerEvents = new EventEmitter();
  const pools = watchPools(events);
  const fail = (error: unknown) => {
    if (!isStopping) options.onFatal(error instanceof Error ? error : new Error(String(error)));
  };
  events.on('pool:fatalError', ({ error, action }) => fail(new Error(`The worker could not ${action}.`, { cause: error })));
  events.on('worker:fatalError', ({ error }) => fail(error));
  await sweep(deps, options.isAlone ? 0 : DEAD_AFTER_S);
  const pool = openPool(options.databaseUrl, { max: CONNECTIONS, name: 'segue worker', log: deps.log });
  const runner = await run({
    pgPool: pool,
    taskList: options.tasks,
    crontab: options.crontab,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    events,
    logger: queueLogger(deps.log),
    // Without these, a finished job can stay locked when the worker stops in the same moment.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0, gracefulShutdownAbortTimeout: ABORT_AFTER_MS } },
  });
  const beating = beat(deps, pools, fail);
  const sweeping = every(SWEEP_MS, () =>
    sweep(deps, DEAD_AFTER_S).catch((error: unknown) => deps.log.warn('dead workers could not be looked for', { error })),
  );
  runner.promise.then(
    () => fail(new Error('The worker stopped by itself.')),
    (error: unknown) => fail(error),
  );
  await beating.first;
  return {
    stop: async () => {
      isStopping = true;
      await sweeping.stop();
      await stopRunner(runner, deps.log);
      await beating.stop();
      // Without a database nobody can be told; what we hold is given back when our silence is noticed.
      const goodbye = [...pools].map((poolId) => deletePool(deps.db, poolId));
      await Promise.all(goodbye).catch((error: unknown) => deps.log.warn('the worker could not say goodbye', { error }));
      // After the queue's last word: a finished job whose row is still being removed would stay locked.
      await pool.end();
    },
  };
}

/** Ids of the pools that graphile-worker made for us: jobs are locked in their names. */
function watchPools(events: WorkerEvents): ReadonlySet<string> {
  const pools = new Set<string>();
  events.on('pool:create', ({ workerPool }) => pools.add(workerPool.id));
  return pools;
}

async function sweep(deps: Pick<Deps, 'db' | 'log'>, silentSeconds: number): Promise<void> {
  const dead = await unlockDeadPools(deps.db, silentSeconds);
  if (dead.length > 0) deps.log.warn('jobs of workers that died were given back', { pools: dead });
}

function beat(deps: Pick<Deps, 'db' | 'log' | 'newId'>, pools: ReadonlySet<string>, fail: (error: unknown) => void) {
  const bootId = deps.newId();
  let heardMs = performance.now();
  const once = async () => {
    try {
      await Promise.all([...pools].map((poolId) => markPoolAlive(deps.db, { poolId, bootId, processId: pid })));
      heardMs = performance.now();
    } catch (error) {
      deps.log.warn('the worker could not say that it is alive', { error });
      if (performance.now() - heardMs > SILENCE_MAX_MS) fail(new Error('The database has not answered the worker for a minute.', { cause: error }));
    }
  };
  const first = once();
  const beating = every(BEAT_MS, once);
  return { first, stop: beating.stop };
}

/** Waits for running jobs, but not for ever: what will not end is given back to the queue. */
async function stopRunner(runner: Runner, log: Log): Promise<void> {
  const patience = setTimeout(() => {
    log.warn('jobs did not end in time and were given back to the queue');
    void runner.kill('out of time');
  }, GIVE_BACK_AFTER_MS);
  try {
    await runner.stop();
  } catch (error) {
    log.warn('the worker did not stop in good order', { error });
  } finally {
    clearTimeout(patience);
  }
}

/** Repeats `work` without overlap until stopped; `stop` waits for the one under way. */
function every(ms: number, work: () => Promise<unknown>) {
  let running: Promise<unknown> = Promise.resolve();
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    running = work().finally(() => (isBusy = false));
  }, ms);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

/** The queue's own words, a level lower: a failed job is reported by the job itself. */
function queueLogger(log: Log): Logger {
  return new Logger((scope) => (level, message, meta) => {
    const context = { ...(scope.taskIdentifier ? { task: scope.taskIdentifier } : {}), ...meta };
    const word: string = level;
    if (word === 'error' || word === 'warning') log.warn(message, context);
    if (word === 'info') log.debug(message, context);
  });
}
