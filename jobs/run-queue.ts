import type { Log } from '#server/deps.ts';
import type { Runner, WorkerEvents } from 'graphile-worker';
import { DAY_MS } from '#shared/domain/calendar.ts';

interface QueueOptions {
  /** Starts taking jobs and running the schedule from now on. */
  readonly start: () => Promise<Runner>;
  readonly events: WorkerEvents;
  /** Only a queue with a schedule depends on the clock. */
  readonly hasSchedule: boolean;
  readonly log: Log;
  /** Rejects while the database cannot be reached. */
  readonly pingDatabase: () => Promise<unknown>;
  /** Called when the queue ended without `stop`. */
  readonly onEnd: (error: unknown) => void;
}

/** Clock corrections are seconds. After a larger step back, the schedule would wait for times that have already passed. */
const BACK_MAX_MS = 120_000;
/** The `fill` of jobs/crontab.ts. A longer jump forward is treated as an outage, not run through minute by minute. */
const FORWARD_MAX_MS = DAY_MS;
/** If polls for jobs have failed for this long while other queries succeed, they will not recover. */
const UNANSWERED_POLLS_MAX_MS = 5_000;
/** Jobs that have not ended this long after the stop are released unfinished. */
const GIVE_BACK_AFTER_MS = 15_000;

/**
 * Runs the queue until it is stopped. States: running → restarting → running, and stopped at the end. It restarts, as if the worker had just started,
 * - when it has a schedule and the clock was set back or far forward;
 * - when its polls fail although the database answers (graphile-worker 0.17 never recovers if its first query failed).
 */
export async function runQueue({ start, events, hasSchedule, log, pingDatabase, onEnd }: QueueOptions): Promise<{ stop: () => Promise<void> }> {
  let running: Runner | undefined;
  let isStopping = false;
  let restarting: Promise<void> = Promise.resolve();
  const startRunner = async () => {
    const runner = await start();
    running = runner;
    const onRunnerEnd = (error: unknown) => (running === runner ? onEnd(error) : undefined);
    runner.promise.then(() => onRunnerEnd(new Error('The worker stopped unexpectedly.')), onRunnerEnd);
  };
  const halt = async () => {
    const runner = running;
    running = undefined;
    if (runner) await stopRunner(runner, log);
  };
  const restart = async () => {
    await halt();
    if (isStopping) return;
    await startRunner();
    log.info('the queue restarted');
  };
  const scheduleRestart = () => (restarting = restarting.then(restart).catch(onEnd));
  if (hasSchedule) {
    watchClock(events, (jumpMs) => {
      log.warn('the clock jumped', { seconds: Math.round(jumpMs / 1000) });
      void scheduleRestart();
    });
  }
  watchPolling(events, async () => {
    await pingDatabase();
    log.warn('polling the queue fails; restarting it');
    await scheduleRestart();
  });
  await startRunner();
  return {
    stop: async () => {
      isStopping = true;
      await restarting;
      await halt();
    },
  };
}

function watchClock(events: WorkerEvents, onJump: (jumpMs: number) => void): void {
  events.on('cron:prematureTimer', ({ currentTimestamp, expectedTimestamp }) => {
    if (expectedTimestamp - currentTimestamp > BACK_MAX_MS) onJump(currentTimestamp - expectedTimestamp);
  });
  events.on('cron:overdueTimer', ({ currentTimestamp, expectedTimestamp }) => {
    if (currentTimestamp - expectedTimestamp > FORWARD_MAX_MS) onJump(currentTimestamp - expectedTimestamp);
  });
}

/** Calls `onSilence`, never concurrently, while no poll for a job has succeeded for five seconds. If it rejects, it is called again. */
function watchPolling(events: WorkerEvents, onSilence: () => Promise<void>): void {
  let failingSinceMs: number | undefined;
  let isHandling = false;
  const onAnswer = () => (failingSinceMs = undefined);
  events.on('worker:getJob:empty', onAnswer);
  events.on('job:start', onAnswer);
  events.on('worker:getJob:error', () => {
    failingSinceMs ??= performance.now();
    if (isHandling || performance.now() - failingSinceMs < UNANSWERED_POLLS_MAX_MS) return;
    isHandling = true;
    void onSilence()
      .then(onAnswer, () => {})
      .finally(() => (isHandling = false));
  });
}

/** Waits up to 15 s for running jobs; what has not ended by then is released to the queue. */
async function stopRunner(runner: Runner, log: Log): Promise<void> {
  const giveBackTimer = setTimeout(() => {
    log.warn('jobs did not end in time and were released to the queue');
    void runner.kill('out of time');
  }, GIVE_BACK_AFTER_MS);
  try {
    await runner.stop();
  } catch (error) {
    log.warn('the worker did not stop cleanly', { error });
  } finally {
    clearTimeout(giveBackTimer);
  }
}
