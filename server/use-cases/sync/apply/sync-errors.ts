import { AppError } from '#shared/errors.ts';

/** What people are told of an error that nobody foresaw. */
export const UNEXPECTED = 'Something went wrong on our side; the log has the details.';

/** A create was sent and nobody knows whether it happened. Until it has had time to surface, nothing more is sent for that playlist. */
export class StillSettling extends AppError {
  constructor(playlistIndex: number, retryAfterMs: number, cause?: unknown) {
    super('rate_limited', {
      message: `Spotify did not say whether it made playlist #${playlistIndex}. It is looked for before anything more is sent.`,
      remedy: 'Plan the sync again in a minute.',
      retryAfterMs,
      cause,
    });
  }
}

/** The playlist is not as the plan saw it; the plan is void and a new one is needed. */
export class PlanOvertaken extends AppError {
  constructor(message: string) {
    super('conflict', { message, remedy: 'Plan the sync again and look at the new plan.' });
  }
}

const SURELY_NOT_DONE = new Set([
  'rate_limited',
  'quota_exceeded',
  'reauth_required',
  'unauthenticated',
  'forbidden',
  'invalid_input',
  'not_found',
  'too_large',
]);

/** Whether Spotify may have carried out a write although we got an error: certainly not where it said no, or where nothing was sent at all. */
export function mayHaveHappened(error: unknown): boolean {
  if (!(error instanceof AppError)) return true;
  return error.context?.['ambiguous'] !== false && !SURELY_NOT_DONE.has(error.code);
}

/** Whether Spotify told the whole app to wait, so that asking for anything else would only be refused too. */
export function isRateLimit(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'rate_limited' || error.code === 'quota_exceeded') && !(error instanceof StillSettling);
}
