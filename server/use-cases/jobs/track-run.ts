import type { Deps } from '#server/deps.ts';
import { withAdvisoryLocks } from '#server/repos/advisory-lock.ts';
import { insertRun, updateRun } from '#server/repos/job-runs.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { AppError } from '#shared/errors.ts';
import { jobRunId } from '#shared/ids.ts';
import type { JobRunStatus } from '#shared/vocabulary.ts';

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

/**
 * Runs work under a row that people can follow, whatever happens to it: done, failed with the reason, or put off until the vendor allows.
 * Only one run of a task is under way in the whole house: a second one throws `rate_limited` and comes back later. Rethrows what the work threw,
 * so that the queue decides about another try.
 */
export async function trackRun<T extends Outcome>(
  deps: Pick<Deps, 'db' | 'pool' | 'now' | 'newId'>,
  run: { task: JobName; trigger: string },
  work: (report: Report) => Promise<T>,
): Promise<T> {
  const held = await withAdvisoryLocks(deps.pool, [run.task], () => follow(deps, run, work));
  if (held.kind === 'done') return held.value;
  throw new AppError('rate_limited', {
    message: 'Another worker is at it already.',
    remedy: 'It is tried again by itself.',
    retryAfterMs: BUSY_RETRY_MS,
  });
}

const BUSY_RETRY_MS = 30_000;

async function follow<T extends Outcome>(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  run: { task: JobName; trigger: string },
  work: (report: Report) => Promise<T>,
): Promise<T> {
  const id = jobRunId.parse(deps.newId());
  await deps.db.transaction((tx) => insertRun(tx, { id, ...run, at: deps.now() }));
  const report: Report = (progress) => updateRun(deps.db, id, { ...progress, changedAt: deps.now() });
  try {
    const result = await work(report);
    await updateRun(deps.db, id, { status: 'done', outcome: result.outcome, doing: null, finishedAt: deps.now(), changedAt: deps.now() });
    return result;
  } catch (error) {
    const told = tellFailure(error);
    await updateRun(deps.db, id, { ...told, doing: null, finishedAt: deps.now(), changedAt: deps.now() });
    throw error;
  }
}

function tellFailure(error: unknown): { status: JobRunStatus; outcome: string; remedy: string | null } {
  if (!(error instanceof AppError))
    return { status: 'failed', outcome: 'Something went wrong on our side; the log has the details.', remedy: 'It is tried again by itself.' };
  const putOff = error.code === 'rate_limited' || error.code === 'quota_exceeded';
  return { status: putOff ? 'put_off' : 'failed', outcome: error.message, remedy: error.remedy ?? null };
}
