import type { PublicError } from '#shared/contracts/auth/sign-in.ts';
import type { AppError, ErrorCode } from '#shared/errors.ts';

/** All that is said of a failure we did not expect; the rest is in the log under the request id. */
export const UNEXPECTED = {
  code: 'unexpected',
  message: 'Something went wrong on our side. It has been noted.',
  remedy: 'Try again in a moment; if it stays, tell the operator the request id.',
} as const;

/** Exhaustive: the HTTP status of every error code, for doors that are not tRPC. */
export const HTTP_STATUS = {
  not_found: 404,
  unauthenticated: 401,
  forbidden: 403,
  conflict: 409,
  invalid_input: 400,
  too_large: 413,
  quota_exceeded: 429,
  rate_limited: 429,
  reauth_required: 412,
  provider_rejected: 502,
  provider_unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

/** An AppError as a stranger may see it: never its context or cause. */
export function publicAppError(error: AppError, requestId: string | null): PublicError {
  return {
    code: error.code,
    message: error.message,
    remedy: error.remedy ?? null,
    field: error.field ?? null,
    retryAfterMs: error.retryAfterMs ?? null,
    requestId,
  };
}
