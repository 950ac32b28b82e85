import { AppError } from '#shared/errors.ts';

/** Codes of a vendor that has not taken the request: it may be sent again later. */
const NOT_TAKEN: ReadonlySet<string> = new Set(['rate_limited', 'provider_unavailable', 'quota_exceeded', 'unavailable', 'conflict']);

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

/** The queue tries again after the delay, without using up an attempt. */
export function tryAgainIn(retryAfterMs: number, error: AppError): AppError {
  return new AppError('rate_limited', { message: error.message, remedy: error.remedy, retryAfterMs, cause: error });
}
