import type { Deps } from '#server/deps.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { admitJob } from '#server/use-cases/operations/jobs/admit-job.ts';
import { describeSignal } from '#server/use-cases/operations/jobs/job-signal.ts';
import { WorkStopped } from '#server/use-cases/operations/jobs/work-stopped.ts';
import { MISSED_DAYS } from '#server/use-cases/operations/schedule/timetable.ts';
import { JOB_PAYLOADS } from '#shared/contracts/jobs.ts';
import type { JobName, JobPayload } from '#shared/contracts/jobs.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import type { Job, Task } from 'graphile-worker';
import { setMaxListeners } from 'node:events';
import { runLimited } from './run-limited.ts';
import { tickOf } from './tick-of.ts';
import { RESCHEDULE_DEFAULT_MS, backoffMs, verdictOn } from './verdict.ts';

/** A handler that says how long it may take; the worker refuses one that may outlast the queue's patience. */
export type TimedTask = Task & { readonly timeoutMs: number };

interface TaskSpec<N extends JobName> {
  /** Longer than the work takes on its worst day, and shorter than RESCUE_AFTER_MS in run-worker.ts. After it the signal aborts. */
  readonly timeoutMs: number;
  readonly run: (payload: JobPayload<N>, signal: AbortSignal) => Promise<void>;
  /** Called once, when this job will not be tried again. */
  readonly giveUp?: (payload: JobPayload<N>, reason: string) => Promise<void>;
}

/** Tasks say their time in minutes. */
export const MINUTE_MS = 60_000;

/** A paused task's jobs look again this often; resuming brings them forward. */
const WAIT_WHILE_PAUSED_MS = 600_000;

/** A job handler: parse, ask whether it may run, run within its time, and let the error vocabulary decide between retry, later and never. */
export function defineTask<N extends JobName>(deps: Deps, name: N, spec: TaskSpec<N>): TimedTask {
  const put = (job: Job, payload: JobPayload<N>, waitMs: number) =>
    enqueueJob(deps.db, name, {
      payload,
      key: job.key ?? name,
      runAt: new Date(deps.now().getTime() + waitMs),
      ...(job.job_queue_id === null ? {} : { queue: name }),
    });
  const handle: Task = async (rawPayload, { job, abortSignal }) => {
    const payload = JOB_PAYLOADS[name].parse(rawPayload ?? {}) as JobPayload<N>;
    const queueJobId = Number(job.id);
    const tick = tickOf(rawPayload);
    const admission = await admitJob(deps, { task: name, queueJobId, tick });
    if (admission === 'wait') await put(job, payload, WAIT_WHILE_PAUSED_MS);
    if (admission !== 'run') return;
    deps.faultPoint('job.after_admit');
    const ending = new AbortController();
    // Every request under way listens to it; ten is Node's guess at a leak.
    setMaxListeners(0, ending.signal);
    const stop = (reason: Error) => ending.abort(reason);
    const nextTry = (error: unknown) => nextTryAt(deps, job, error);
    describeSignal(ending.signal, { payload, queueJobId, attempt: job.attempts, stop, nextTry });
    try {
      await runLimited((signal) => spec.run(forDayOf(tick, name, payload), signal), { ending, timeoutMs: spec.timeoutMs, workerEnds: abortSignal });
      deps.faultPoint('job.after_work');
    } catch (error) {
      const known = error instanceof AppError ? error : undefined;
      const verdict = verdictOn(error);
      deps.log.warn(`job ${name}: ${verdict}`, { code: known?.code, error: known ? known.message : error, context: known?.context });
      deps.faultPoint('job.before_verdict');
      if (verdict === 'reschedule') return put(job, payload, known?.retryAfterMs ?? RESCHEDULE_DEFAULT_MS);
      const isLastTry = job.attempts >= job.max_attempts;
      if (verdict === 'give-up' || (verdict === 'retry' && isLastTry)) await spec.giveUp?.(payload, reasonOf(error));
      // The queue backs off, and keeps the row for operators after the last try.
      if (verdict === 'retry') throw error;
    }
  };
  return Object.assign(handle, { timeoutMs: spec.timeoutMs });
}

/** Where a tick stands for a day, its work is for that day, although midnight may pass between the claim and the work. */
function forDayOf<N extends JobName>(tick: { readonly ts: Date } | undefined, name: N, payload: JobPayload<N>): JobPayload<N> {
  return tick && MISSED_DAYS.has(name) ? { ...payload, day: dayOf(tick.ts) } : payload;
}

function reasonOf(error: unknown): string {
  return error instanceof AppError || error instanceof WorkStopped ? error.message : 'Something went wrong on our side.';
}

function nextTryAt(deps: Pick<Deps, 'now'>, job: Pick<Job, 'attempts' | 'max_attempts'>, error: unknown): Date | null {
  const verdict = verdictOn(error);
  const inMs = (ms: number) => new Date(deps.now().getTime() + ms);
  if (verdict === 'reschedule') return inMs((error instanceof AppError ? error.retryAfterMs : undefined) ?? RESCHEDULE_DEFAULT_MS);
  return verdict === 'retry' && job.attempts < job.max_attempts ? inMs(backoffMs(job.attempts)) : null;
}
