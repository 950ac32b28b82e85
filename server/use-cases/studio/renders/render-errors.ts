import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';

/** Codes of a vendor that has not taken the request: it may be sent again later. */
const NOT_TAKEN: ReadonlySet<string> = new Set(['rate_limited', 'provider_unavailable', 'quota_exceeded', 'unavailable', 'conflict']);

/** Codes of a vendor that is away or busy; the others are about this server. */
const VENDOR_AWAY: ReadonlySet<string> = new Set(['rate_limited', 'provider_unavailable', 'quota_exceeded']);

/** What a failed attempt to send means: nothing was sent and it may be sent later, it was refused for good, or nobody knows. */
export type SendFailure =
  | { readonly kind: 'not_taken'; readonly error: AppError }
  | { readonly kind: 'rejected'; readonly error: AppError }
  | { readonly kind: 'unknown' };

/** Reads a failure of `RenderVendor.start`. Whatever is not certain is unknown: an unexpected error, and an answer that could not be read. */
export function sendFailureOf(error: unknown): SendFailure {
  if (!(error instanceof AppError)) return { kind: 'unknown' };
  const { ambiguous, kind } = error.context ?? {};
  if (ambiguous === true || kind === 'UnknownForm') return { kind: 'unknown' };
  return { kind: NOT_TAKEN.has(error.code) ? 'not_taken' : 'rejected', error };
}

/** An error as a person reads it. */
export function saysOf(error: AppError): string {
  return [error.message, error.remedy].filter(Boolean).join(' ');
}

/** What a request that was not taken becomes: when the queue sends it again, in `error` as a person reads it. A failure of this server is passed on. */
export function resendLater(error: AppError, { at, waitMs }: { readonly at: Date; readonly waitMs: number }): AppError {
  if (!VENDOR_AWAY.has(error.code)) return error;
  const remedy = `Segue sends the request again at ${clockOf(new Date(at.getTime() + waitMs), at)}. Nothing is charged until then.`;
  return tryAgainIn(waitMs, new AppError(error.code, { message: error.message, remedy, cause: error }));
}

/** The time in UTC, with its day when that is not today. */
function clockOf(instant: Date, now: Date): string {
  const [day = '', time = ''] = instant.toISOString().split('T');
  return `${dayOf(now) === day ? '' : `${day}, `}${time.slice(0, 5)} UTC`;
}

/** The queue tries again after the delay, without using up an attempt. */
export function tryAgainIn(retryAfterMs: number, error: AppError): AppError {
  return new AppError('rate_limited', { message: error.message, remedy: error.remedy, retryAfterMs, cause: error });
}
