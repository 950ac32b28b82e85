/** The closed list of error codes. Adding one breaks the build at every entry point until it maps the code. */
export const ERROR_CODES = [
  'not_found',
  'gone',
  'unauthenticated',
  'forbidden',
  'conflict',
  'invalid_input',
  'too_large',
  'quota_exceeded',
  'rate_limited',
  'reauth_required',
  'provider_rejected',
  'provider_unavailable',
  'unavailable',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The remedy of a temporary failure. After a job's last attempt another sentence replaces it, so it is compared as a whole. */
export const RETRIED_AUTOMATICALLY = 'Segue tries again automatically.';

interface AppErrorDetails {
  /** Safe to show to a listener: what happened, to what. */
  readonly message: string;
  /** What to do now, as one sentence. */
  readonly remedy?: string | undefined;
  /** Dotted path of the invalid input field, if any. */
  readonly field?: string | undefined;
  /** For logs only; never sent to a client. */
  readonly context?: Record<string, unknown> | undefined;
  /** Milliseconds until a retry makes sense. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** The only error that use-cases and providers throw on purpose. `message` and `remedy` are safe to show; `context` is for logs. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string | undefined;
  readonly field: string | undefined;
  readonly context: Record<string, unknown> | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, details: AppErrorDetails) {
    super(details.message, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.remedy = details.remedy;
    this.field = details.field;
    this.context = details.context;
    this.retryAfterMs = details.retryAfterMs;
  }
}
