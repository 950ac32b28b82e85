import { WorkStopped } from '#server/use-cases/work-stopped.ts';
import { AppError } from '#shared/errors.ts';
import type { ErrorCode } from '#shared/errors.ts';

/** What the queue does with a failed job: never retry, retry with backoff, retry at a given time, or nothing because a person canceled it. */
export type FailureAction = 'give-up' | 'retry' | 'reschedule' | 'cancel';

/** What the queue does with each error code; exhaustive, like the map in server/trpc.ts. */
const ON_ERROR = {
  not_found: 'give-up',
  gone: 'give-up',
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
  unavailable: 'retry',
} as const satisfies Record<ErrorCode, FailureAction>;

/** Work that was interrupted because its worker stopped has not failed, and uses no attempt. */
const ON_STOP = { cancelled: 'cancel', timed_out: 'retry', stalled: 'retry', worker_ends: 'reschedule' } as const satisfies Record<
  WorkStopped['kind'],
  FailureAction
>;

/** The delay when a vendor did not say how long to wait. */
export const RESCHEDULE_DEFAULT_MS = 60_000;
const BACKOFF_EXPONENT_MAX = 10;

/** What the queue does with a job that failed with this error; unexpected errors are retried. */
export function failureAction(error: unknown): FailureAction {
  if (error instanceof WorkStopped) return ON_STOP[error.kind];
  return error instanceof AppError ? ON_ERROR[error.code] : 'retry';
}

/** graphile-worker's own delay after a failed attempt (the first is 1): e to the power of the attempt in seconds, here in ms. */
export function backoffMs(attempt: number): number {
  return Math.exp(Math.min(attempt, BACKOFF_EXPONENT_MAX)) * 1_000;
}
