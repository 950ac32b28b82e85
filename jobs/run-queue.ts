import type { Log } from '#server/deps.ts';
import type { Runner, WorkerEvents } from 'graphile-worker';

interface QueueOptions {
  /** Begins to take jobs and to keep the timetable from this moment on. */
  readonly start: () => Promise<Runner>;
  readonly events: WorkerEvents;
  readonly log: Log;
  /** Rejects while the database cannot be reached. */
  readonly askDatabase: () => Promise<unknown>;
  /** The queue ended without being asked to. */
  readonly onEnd: (error: unknown) => void;
}

/** Clocks are put right by seconds; more than this backwards and the timetable would wait for a time that was here already. */
const BACK_MAX_MS = 120_000;
/** As long as jobs/crontab.ts fills up: a longer leap forward is told like an outage and not walked through tick by tick. */
const FORWARD_MAX_MS = 86_400_000;
/** Questions for jobs that have failed so long, while the database answers others, will not succeed any more. */
const UNANSWERED_MAX_MS = 5_000;
/** Jobs that do not end when asked are given back unfinished after this. */
const GIVE_BACK_AFTER_MS = 15_000;

/**
 * Runs the queue until it is stopped. It begins anew, as if the worker had just come, when the clock was put back or far forward, and when it gets no
 * answers from a database that answers (graphile-worker 0.17 keeps for good that its very first question failed).
 */
export async function runQueue({ start, events, log, askDatabase, onEnd }: QueueOptions): Promise<{ stop: () => Promise<void> }> {
  let running: Runner | undefined;
  let isStopping = false;
  let turning: Promise<void> = Promise.resolve();
  const begin = async () => {
    const runner = await start();
    running = runner;
    const ended = (error: unknown) => (running === runner ? onEnd(error) : undefined);
    runner.promise.then(() => ended(new Error('The worker stopped by itself.')), ended);
  };
  const halt = async () => {
    const runner = running;
    running = undefined;
    if (runner) await stopRunner(runner, log);
  };
  const turn = async () => {
    await halt();
    if (isStopping) return;
    await begin();
    log.info('the timetable has begun anew');
  };
  const beginAnew = () => (turning = turning.then(turn).catch(onEnd));
  watchTimetable(events, (jumpMs) => {
    log.warn('the clock jumped', { seconds: Math.round(jumpMs / 1000) });
    void beginAnew();
  });
  watchAnswers(events, async () => {
    await askDatabase();
    log.warn('the queue does not answer this worker, and is asked anew');
    await beginAnew();
  });
  await begin();
  return {
    stop: async () => {
      isStopping = true;
      await turning;
      await halt();
    },
  };
}

function watchTimetable(events: WorkerEvents, onJump: (jumpMs: number) => void): void {
  events.on('cron:prematureTimer', ({ currentTimestamp, expectedTimestamp }) => {
    if (expectedTimestamp - currentTimestamp > BACK_MAX_MS) onJump(currentTimestamp - expectedTimestamp);
  });
  events.on('cron:overdueTimer', ({ currentTimestamp, expectedTimestamp }) => {
    if (currentTimestamp - expectedTimestamp > FORWARD_MAX_MS) onJump(currentTimestamp - expectedTimestamp);
  });
}

/** Calls `onSilence`, one at a time, for as long as no question for a job has been answered for some seconds. It may reject: then it is called again. */
function watchAnswers(events: WorkerEvents, onSilence: () => Promise<void>): void {
  let failingSinceMs: number | undefined;
  let isAsking = false;
  const answered = () => (failingSinceMs = undefined);
  events.on('worker:getJob:empty', answered);
  events.on('job:start', answered);
  events.on('worker:getJob:error', () => {
    failingSinceMs ??= performance.now();
    if (isAsking || performance.now() - failingSinceMs < UNANSWERED_MAX_MS) return;
    isAsking = true;
    void onSilence()
      .then(answered, () => {})
      .finally(() => (isAsking = false));
  });
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
