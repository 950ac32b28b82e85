import type { Deps } from '#server/deps.ts';
import { withAdvisoryLocks } from '#server/repos/advisory-lock.ts';
import { insertRun, isRunCancelled, updateRun } from '#server/repos/operations/job-runs.ts';
import type { JobRunRow, RunChange } from '#server/repos/operations/job-runs.ts';
import { markTickRun } from '#server/repos/operations/timetable-ticks.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { AppError } from '#shared/errors.ts';
import { jobRunId } from '#shared/ids.ts';
import type { JobRunId } from '#shared/ids.ts';
import type { JobRunStatus } from '#shared/vocabulary.ts';
import { jobOf } from './job-signal.ts';
import type { JobFacts } from './job-signal.ts';
import { causeInWords } from './reason-in-words.ts';
import { WorkStopped } from './work-stopped.ts';

export interface Progress {
  readonly doing?: string;
  readonly done?: number;
  readonly total?: number;
  readonly failures?: number;
}

export type Report = (progress: Progress) => Promise<void>;

interface Outcome {
  /** One sentence for the operator: what was done. */
  readonly outcome: string;
}

interface Run {
  readonly task: JobName;
  readonly trigger: string;
  /** The signal of the job that does it: makes the run cancellable, and lets it say what was asked for and when the next try is. */
  readonly signal?: AbortSignal | undefined;
}

type TrackDeps = Pick<Deps, 'db' | 'pool' | 'now' | 'newId'>;

const BUSY_RETRY_MS = 30_000;
/** How soon a wish to cancel is seen by work that reports nothing. */
const LOOK_FOR_CANCEL_MS = 2_000;

/**
 * Runs work under a row that people can follow and cancel, whatever happens to it: done, failed with the reason, stopped, or put off until the vendor
 * allows. Only one run of a task is under way in the whole house: a second one throws `rate_limited` and comes back later. Rethrows what the work
 * threw, so that the queue decides about another try.
 */
export async function trackRun<T extends Outcome>(deps: TrackDeps, run: Run, work: (report: Report) => Promise<T>): Promise<T> {
  const held = await withAdvisoryLocks(deps.pool, [run.task], () => follow(deps, run, work));
  if (held.kind === 'done') return held.value;
  throw new AppError('rate_limited', {
    message: 'Another worker is at it already.',
    remedy: TRIED_AGAIN,
    retryAfterMs: BUSY_RETRY_MS,
  });
}

async function follow<T extends Outcome>(deps: TrackDeps, run: Run, work: (report: Report) => Promise<T>): Promise<T> {
  const id = jobRunId.parse(deps.newId());
  const job = jobOf(run.signal);
  await deps.db.transaction(async (tx) => {
    await insertRun(tx, { id, task: run.task, trigger: run.trigger, at: deps.now(), job });
    if (job) await markTickRun(tx, job.queueJobId, id);
  });
  const stopLooking = job ? lookForCancel(deps, id, job) : () => {};
  const report: Report = (progress) => updateRun(deps.db, id, { ...progress, changedAt: deps.now() });
  const end = (change: RunChange) => updateRun(deps.db, id, { doing: null, finishedAt: deps.now(), changedAt: deps.now(), ...change });
  try {
    const result = await work(report);
    // Work that listens to its signal may end early as if it were done.
    if (run.signal?.reason instanceof WorkStopped) throw run.signal.reason;
    await end({ status: 'done', outcome: result.outcome });
    return result;
  } catch (error) {
    const cause = run.signal?.reason instanceof WorkStopped ? run.signal.reason : error;
    const retryAt = job?.nextTry(cause) ?? null;
    await end({ ...tellFailure(cause, { isTriedAgain: job === undefined || retryAt !== null }), retryAt });
    throw cause;
  } finally {
    stopLooking();
  }
}

/** Stops the job soon after somebody asked for it on any server. Returns the end of the looking. */
function lookForCancel(deps: TrackDeps, id: JobRunId, job: JobFacts): () => void {
  let isLooking = false;
  const look = async () => {
    if (await isRunCancelled(deps.db, id)) job.stop(new WorkStopped('cancelled'));
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    // A database that does not answer is the work's own trouble; the next look asks again.
    void look()
      .catch(() => {})
      .finally(() => (isLooking = false));
  }, LOOK_FOR_CANCEL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

type Ending = Pick<JobRunRow, 'outcome' | 'remedy' | 'errorCode'> & { status: JobRunStatus };

/** The remedy of what may pass by itself; after the last try, what is shown says so instead. */
export const TRIED_AGAIN = 'It is tried again by itself.';
const LAST_TRY = 'This was its last try. Run it again once the cause is gone; nothing that was done is lost.';

function tellFailure(error: unknown, { isTriedAgain }: { readonly isTriedAgain: boolean }): Ending {
  if (error instanceof WorkStopped) {
    const status = { cancelled: 'cancelled', timed_out: 'failed', worker_ends: 'put_off' } as const;
    const remedy = error.kind === 'timed_out' && !isTriedAgain ? LAST_TRY : error.remedy;
    return { status: status[error.kind], outcome: error.message, remedy, errorCode: null };
  }
  if (!(error instanceof AppError)) {
    const said = causeInWords(error);
    const outcome = said === undefined ? 'Something went wrong on our side.' : `Something went wrong on our side: ${said}`;
    return { status: 'failed', outcome, remedy: isTriedAgain ? TRIED_AGAIN : LAST_TRY, errorCode: null };
  }
  const putOff = error.code === 'rate_limited' || error.code === 'quota_exceeded';
  const remedy = error.remedy === TRIED_AGAIN && !isTriedAgain ? LAST_TRY : (error.remedy ?? null);
  return { status: putOff ? 'put_off' : 'failed', outcome: error.message, remedy, errorCode: error.code };
}
