import type { PublicError } from '#shared/contracts/auth/sign-in.ts';
import type { AppError, ErrorCode } from '#shared/errors.ts';

/** The public text of every unexpected error; details are in the log under the request id. */
export const UNEXPECTED_ERROR = {
  code: 'unexpected',
  message: 'An unexpected error occurred. It was logged.',
  remedy: 'Try again in a moment. If it keeps failing, send the operator the request ID.',
} as const;

/** The HTTP status of every error code, for routes that are not tRPC. Exhaustive by type. */
export const HTTP_STATUS = {
  not_found: 404,
  gone: 410,
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
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

/** The public part of an AppError: never its context or cause. */
export function toPublicError(error: AppError, requestId: string | null): PublicError {
  return {
    code: error.code,
    message: error.message,
    remedy: error.remedy ?? null,
    field: error.field ?? null,
    retryAfterMs: error.retryAfterMs ?? null,
    requestId,
  };
}
