import type { Deps } from '#server/deps.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { JOB_PAYLOADS } from '#shared/contracts/jobs.ts';
import type { JobName, JobPayload } from '#shared/contracts/jobs.ts';
import { AppError } from '#shared/errors.ts';
import type { ErrorCode } from '#shared/errors.ts';
import type { Task } from 'graphile-worker';
import { setMaxListeners } from 'node:events';

/** Exhaustive twin of the map in server/trpc.ts: what the queue does with each code. */
const ON_ERROR = {
  not_found: 'give-up',
  unauthenticated: 'give-up',
  forbidden: 'give-up',
  conflict: 'retry',
  invalid_input: 'give-up',
  too_large: 'give-up',
  quota_exceeded: 'reschedule',
  rate_limited: 'reschedule',
  reauth_required: 'give-up',
  provider_rejected: 'give-up',
  provider_unavailable: 'retry',
} as const satisfies Record<ErrorCode, 'give-up' | 'retry' | 'reschedule'>;

const RESCHEDULE_DEFAULT_MS = 60_000;

interface TaskSpec<N extends JobName> {
  readonly run: (payload: JobPayload<N>, signal: AbortSignal) => Promise<void>;
  /** Called once, when this job will not be tried again. */
  readonly giveUp?: (payload: JobPayload<N>, reason: string) => Promise<void>;
}

/** A job handler: parse, run, and let the error vocabulary decide between retry, later and never. */
export function defineTask<N extends JobName>(deps: Deps, name: N, spec: TaskSpec<N>): Task {
  return async (rawPayload, { job, abortSignal }) => {
    const payload = JOB_PAYLOADS[name].parse(rawPayload ?? {}) as JobPayload<N>;
    const signal = abortSignal ?? new AbortController().signal;
    // Every request under way listens to it; ten is Node's guess at a leak.
    setMaxListeners(0, signal);
    try {
      await spec.run(payload, signal);
    } catch (error) {
      const known = error instanceof AppError ? error : undefined;
      const action = known ? ON_ERROR[known.code] : 'retry';
      deps.log.warn(`job ${name}: ${action}`, { code: known?.code, error: known ? known.message : error, context: known?.context });
      if (action === 'reschedule') {
        const runAt = new Date(deps.now().getTime() + (known?.retryAfterMs ?? RESCHEDULE_DEFAULT_MS));
        await enqueueJob(deps.db, name, { payload, key: job.key ?? name, runAt });
        return;
      }
      const isLastTry = job.attempts >= job.max_attempts;
      if (action === 'give-up' || isLastTry) await spec.giveUp?.(payload, known?.message ?? 'Something went wrong on our side.');
      // The queue backs off, and keeps the row for operators after the last try.
      if (action === 'retry') throw error;
    }
  };
}
