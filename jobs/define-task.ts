import type { Deps } from '#server/deps.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { admitJob } from '#server/use-cases/operations/jobs/admit-job.ts';
import { describeSignal } from '#server/use-cases/operations/jobs/job-signal.ts';
import { WorkStopped } from '#server/use-cases/work-stopped.ts';
import { PER_DAY_TASKS } from '#server/use-cases/operations/schedule/schedule.ts';
import { JOB_PAYLOADS } from '#shared/contracts/jobs.ts';
import type { JobName, JobPayload } from '#shared/contracts/jobs.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import type { Job, Task } from 'graphile-worker';
import { setMaxListeners } from 'node:events';
import { runWithTimeLimit } from './run-with-time-limit.ts';
import { scheduledRunOf } from './scheduled-run.ts';
import { RESCHEDULE_DEFAULT_MS, backoffMs, failureAction } from './failure-action.ts';

/** A handler with its time limit. The worker rejects a limit longer than the queue's lock timeout. */
export type TimedTask = Task & { readonly timeoutMs: number };

export interface TaskSpec<N extends JobName> {
  /** Time limit, after which the signal aborts. Longer than the slowest run, shorter than RESCUE_AFTER_MS in require-timeouts.ts. */
  readonly timeoutMs: number;
  readonly run: (payload: JobPayload<N>, signal: AbortSignal) => Promise<void>;
  /** Called once, when this job will not be retried. */
  readonly onFinalFailure?: (payload: JobPayload<N>, reason: string) => Promise<void>;
}

/** How often the jobs of a paused task check again; resuming runs them at once. */
const PAUSED_RECHECK_MS = 600_000;

/**
 * Creates a job handler: parse the payload, check admission, run within the time limit, and choose by error code what happens after a failure.
 * - admission: `run`, `wait` (task paused: rescheduled), else dropped.
 * - failure: `retry` with backoff, `reschedule` at a given time, `give-up`, or `cancel`. `onFinalFailure` is called when no attempt will follow.
 */
export function defineTask<N extends JobName>(deps: Deps, name: N, spec: TaskSpec<N>): TimedTask {
  const reschedule = (job: Job, payload: JobPayload<N>, waitMs: number) =>
    enqueueJob(deps.db, name, {
      payload,
      key: job.key ?? name,
      runAt: new Date(deps.now().getTime() + waitMs),
      ...(job.job_queue_id === null ? {} : { queue: name }),
    });
  const handle: Task = async (rawPayload, { job, abortSignal }) => {
    const payload = JOB_PAYLOADS[name].parse(rawPayload ?? {}) as JobPayload<N>;
    const queueJobId = Number(job.id);
    const scheduledRun = scheduledRunOf(rawPayload);
    const admission = await admitJob(deps, { task: name, queueJobId, tick: scheduledRun });
    if (admission === 'wait') await reschedule(job, payload, PAUSED_RECHECK_MS);
    if (admission !== 'run') return;
    deps.faultPoint('job.after_admit');
    const ending = new AbortController();
    // Every request in progress listens to it, and Node warns above ten listeners.
    setMaxListeners(0, ending.signal);
    const stop = (reason: Error) => ending.abort(reason);
    const nextTry = (error: unknown) => nextAttemptAt(deps, job, error);
    describeSignal(ending.signal, { payload, queueJobId, attempt: job.attempts, stop, nextTry });
    try {
      await runWithTimeLimit((signal) => spec.run(withDayOf(scheduledRun, name, payload), signal), {
        ending,
        timeoutMs: spec.timeoutMs,
        workerEnds: abortSignal,
      });
      deps.faultPoint('job.after_work');
    } catch (error) {
      const appError = error instanceof AppError ? error : undefined;
      const action = failureAction(error);
      deps.log.warn(`job ${name}: ${action}`, { code: appError?.code, error: appError ? appError.message : error, context: appError?.context });
      deps.faultPoint('job.before_verdict');
      if (action === 'reschedule') return reschedule(job, payload, appError?.retryAfterMs ?? RESCHEDULE_DEFAULT_MS);
      const isLastAttempt = job.attempts >= job.max_attempts;
      if (action === 'give-up' || (action === 'retry' && isLastAttempt)) await spec.onFinalFailure?.(payload, reasonOf(error));
      // The queue retries with backoff, and keeps the row for operators after the last attempt.
      if (action === 'retry') throw error;
    }
  };
  return Object.assign(handle, { timeoutMs: spec.timeoutMs });
}

/** For a per-day task, the day of the scheduled run, even if midnight passes between the claim and the work. */
function withDayOf<N extends JobName>(scheduledRun: { readonly ts: Date } | undefined, name: N, payload: JobPayload<N>): JobPayload<N> {
  return scheduledRun && PER_DAY_TASKS.has(name) ? { ...payload, day: dayOf(scheduledRun.ts) } : payload;
}

function reasonOf(error: unknown): string {
  return error instanceof AppError || error instanceof WorkStopped ? error.message : 'An unexpected error occurred.';
}

function nextAttemptAt(deps: Pick<Deps, 'now'>, job: Pick<Job, 'attempts' | 'max_attempts'>, error: unknown): Date | null {
  const action = failureAction(error);
  const inMs = (ms: number) => new Date(deps.now().getTime() + ms);
  if (action === 'reschedule') return inMs((error instanceof AppError ? error.retryAfterMs : undefined) ?? RESCHEDULE_DEFAULT_MS);
  return action === 'retry' && job.attempts < job.max_attempts ? inMs(backoffMs(job.attempts)) : null;
}
