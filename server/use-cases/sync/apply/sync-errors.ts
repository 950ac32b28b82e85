import { AppError } from '#shared/errors.ts';

/** The message for an unexpected error. */
export const UNEXPECTED_ERROR_TEXT = 'An unexpected error occurred; see the log for details.';

/** A create was sent and its outcome is unknown. Until the playlist has had time to appear, nothing more is sent for it. */
export class CreateUnresolved extends AppError {
  constructor(label: string, retryAfterMs: number, cause?: unknown) {
    super('rate_limited', {
      message: `Spotify did not confirm that it created ${label.charAt(0).toLowerCase()}${label.slice(1)}. Segue searches for it before it sends anything more.`,
      remedy: 'Plan the sync again in a minute.',
      retryAfterMs,
      cause,
    });
  }
}

/** The playlist is not as the plan saw it: the plan is void and a new one is needed. */
export class PlanOutdated extends AppError {
  constructor(message: string) {
    super('conflict', { message, remedy: 'Plan the sync again and review the new plan.' });
  }
}

const NEVER_DONE = new Set([
  'rate_limited',
  'quota_exceeded',
  'reauth_required',
  'unauthenticated',
  'forbidden',
  'invalid_input',
  'not_found',
  'too_large',
]);

/** Whether Spotify may have executed a write that ended in an error. False where Spotify refused it, or where nothing was sent. */
export function mayHaveHappened(error: unknown): boolean {
  if (!(error instanceof AppError)) return true;
  return error.context?.['ambiguous'] !== false && !NEVER_DONE.has(error.code) && !isRefused(error);
}

/** Whether Spotify answered that it does not execute the request. Any other unusable answer leaves the outcome open. */
function isRefused({ code, context }: AppError): boolean {
  const status = context?.['status'];
  return code === 'provider_rejected' && typeof status === 'number' && status >= 400 && status < 500;
}

/** Whether Spotify rate-limited the whole app, so that any other request would be refused too. */
export function isRateLimit(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'rate_limited' || error.code === 'quota_exceeded') && !(error instanceof CreateUnresolved);
}
