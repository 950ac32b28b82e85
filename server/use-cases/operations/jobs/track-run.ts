import type { Deps } from '#server/deps.ts';
import { withAdvisoryLocks } from '#server/repos/advisory-lock.ts';
import { insertRun, isRunCanceled, updateRun } from '#server/repos/operations/job-runs.ts';
import type { JobRunRow, RunChange } from '#server/repos/operations/job-runs.ts';
import { linkScheduledRun } from '#server/repos/operations/scheduled-runs.ts';
import type { Outcome, Report } from '#server/use-cases/progress.ts';
import { WorkStopped } from '#server/use-cases/work-stopped.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { AppError, RETRIED_AUTOMATICALLY } from '#shared/errors.ts';
import { jobRunId } from '#shared/ids.ts';
import type { JobRunId } from '#shared/ids.ts';
import type { JobRunStatus } from '#shared/vocabulary.ts';
import { jobOf } from './job-signal.ts';
import type { JobFacts } from './job-signal.ts';
import { errorLine } from './failure-reason.ts';

interface Run {
  readonly task: JobName;
  readonly trigger: string;
  /** The signal of the job: makes the run cancelable and provides its payload and the time of its next attempt. */
  readonly signal?: AbortSignal | undefined;
  /** The longest time between two reports, after which the job is stopped; undefined for work that reports no progress. */
  readonly stallMs?: number | undefined;
  /** How long stopped work may clean up (default: 20 s) until its run ends without it. Shorter than the queue waits for the job. */
  readonly cleanupMs?: number | undefined;
}

type TrackDeps = Pick<Deps, 'db' | 'pool' | 'now' | 'newId'>;

const BUSY_RETRY_MS = 30_000;
/** How often work that reports no progress checks for a cancellation. */
const CANCEL_POLL_MS = 2_000;
const CLEANUP_DEFAULT_MS = 20_000;

/**
 * Runs work under a row that people can follow and cancel. Only one run of a task is in progress across all processes: a second one throws
 * `rate_limited` and is retried later. Rethrows what the work threw, so that the queue decides about another attempt. Work that ignores its signal
 * does not keep the task: its run ends, and the next one may start.
 *
 * Run states: running → done | failed (with the reason) | cancelled | put_off (until the vendor allows requests, or the worker restarts).
 */
export async function trackRun<T extends Outcome>(deps: TrackDeps, run: Run, work: (report: Report) => Promise<T>): Promise<T> {
  const locked = await withAdvisoryLocks(deps.pool, [run.task], () => follow(deps, run, work));
  if (locked.kind === 'done') return locked.value;
  throw new AppError('rate_limited', {
    message: 'Another run of this task is in progress.',
    remedy: RETRIED_AUTOMATICALLY,
    retryAfterMs: BUSY_RETRY_MS,
  });
}

async function follow<T extends Outcome>(deps: TrackDeps, run: Run, work: (report: Report) => Promise<T>): Promise<T> {
  const id = jobRunId.parse(deps.newId());
  const job = jobOf(run.signal);
  await deps.db.transaction(async (tx) => {
    await insertRun(tx, { id, task: run.task, trigger: run.trigger, at: deps.now(), job });
    if (job) await linkScheduledRun(tx, job.queueJobId, id);
  });
  let [reportedAt, hasEnded] = [deps.now().getTime(), false];
  const isStalled = () => run.stallMs !== undefined && deps.now().getTime() - reportedAt > run.stallMs;
  const stopPolling = job ? pollForCancel(deps, { id, job, isStalled }) : () => {};
  const report: Report = async (progress) => {
    reportedAt = deps.now().getTime();
    if (!hasEnded) await updateRun(deps.db, id, { ...progress, changedAt: deps.now() });
  };
  const end = (change: RunChange) => {
    hasEnded = true;
    return updateRun(deps.db, id, { doing: null, finishedAt: deps.now(), changedAt: deps.now(), ...change });
  };
  const abandonment = whenAbandoned(run);
  try {
    const result = await Promise.race([work(report), abandonment.promise]);
    // Work that observes its signal may return early as if it were done.
    if (run.signal?.reason instanceof WorkStopped) throw run.signal.reason;
    await end({ status: 'done', outcome: result.outcome });
    return result;
  } catch (error) {
    const cause = run.signal?.reason instanceof WorkStopped ? run.signal.reason : error;
    const retryAt = job?.nextTry(cause) ?? null;
    await end({ ...describeFailure(cause, { willRetry: job === undefined || retryAt !== null }), retryAt });
    throw cause;
  } finally {
    stopPolling();
    abandonment.dispose();
  }
}

/** A promise that rejects with the reason of the stop when stopped work has not ended in time. */
function whenAbandoned({ signal, cleanupMs = CLEANUP_DEFAULT_MS }: Run): { readonly promise: Promise<never>; dispose(): void } {
  const listening = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    const abandon = () => reject(signal?.reason instanceof Error ? signal.reason : new WorkStopped('timed_out'));
    const start = () => void (timer = setTimeout(abandon, cleanupMs));
    if (signal?.aborted) start();
    signal?.addEventListener('abort', start, { once: true, signal: listening.signal });
  });
  const dispose = () => {
    clearTimeout(timer);
    listening.abort();
  };
  return { promise, dispose };
}

interface PolledRun {
  readonly id: JobRunId;
  readonly job: JobFacts;
  readonly isStalled: () => boolean;
}

/** Stops the job soon after a cancellation was requested on any server, or when it stalls. Returns a function that ends the polling. */
function pollForCancel(deps: TrackDeps, { id, job, isStalled }: PolledRun): () => void {
  let isChecking = false;
  const check = async () => {
    if (await isRunCanceled(deps.db, id)) job.stop(new WorkStopped('cancelled'));
  };
  const timer = setInterval(() => {
    if (isStalled()) job.stop(new WorkStopped('stalled'));
    if (isChecking) return;
    isChecking = true;
    // The work itself fails when the database does not answer; the next check queries again.
    void check()
      .catch(() => {})
      .finally(() => (isChecking = false));
  }, CANCEL_POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

type Ending = Pick<JobRunRow, 'outcome' | 'remedy' | 'errorCode'> & { status: JobRunStatus };

/** The remedy after the last attempt, in place of RETRIED_AUTOMATICALLY. */
const LAST_ATTEMPT = 'This was the last attempt. Run it again when the cause is fixed; completed work is kept.';

function describeFailure(error: unknown, { willRetry }: { readonly willRetry: boolean }): Ending {
  if (error instanceof WorkStopped) {
    const status = { cancelled: 'cancelled', timed_out: 'failed', stalled: 'failed', worker_ends: 'put_off' } as const;
    const remedy = status[error.kind] === 'failed' && !willRetry ? LAST_ATTEMPT : error.remedy;
    return { status: status[error.kind], outcome: error.message, remedy, errorCode: null };
  }
  if (!(error instanceof AppError)) {
    const cause = errorLine(error);
    const outcome = cause === undefined ? 'An unexpected error occurred.' : `An unexpected error occurred: ${cause}`;
    return { status: 'failed', outcome, remedy: willRetry ? RETRIED_AUTOMATICALLY : LAST_ATTEMPT, errorCode: null };
  }
  const putOff = error.code === 'rate_limited' || error.code === 'quota_exceeded';
  const remedy = error.remedy === RETRIED_AUTOMATICALLY && !willRetry ? LAST_ATTEMPT : (error.remedy ?? null);
  return { status: putOff ? 'put_off' : 'failed', outcome: error.message, remedy, errorCode: error.code };
}
