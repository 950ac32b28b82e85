import { AppError, RETRIED_AUTOMATICALLY } from '#shared/errors.ts';
import { excerpt, toVendorError, retryAfterMs } from '#server/providers/http.ts';
import type { RawResponse } from '#server/providers/http.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** The meaning of a Spotify error; stored in `context.kind` of the thrown AppError. */
export type SpotifyErrorKind =
  | 'Unauthorized'
  | 'OwnerPremium'
  | 'UserNotAllowlisted'
  | 'EndpointUnavailable'
  | 'InsufficientScope'
  | 'RateLimited'
  | 'QuotaExceeded'
  | 'NotFound'
  | 'TooLarge'
  | 'Rejected'
  | 'Transient';

/** Without Retry-After, wait for the whole rolling window. */
const RATE_WINDOW_MS = 30_000;
/** Quotas reset within a day. */
const QUOTA_WAIT_MS = DAY_MS;

/** Translates an error response into an AppError. Spotify's wording varies, so messages are searched for keywords. */
export function toSpotifyError(answer: RawResponse, now: Date): AppError {
  const { status } = answer;
  const message = messageOf(answer.body);
  const context = { status, vendorMessage: excerpt(answer.body) };
  if (status === 429) return rateLimitError(answer, now);
  if (status === 401) return unauthorizedError(message, context);
  if (status === 403) return forbiddenError(message, context);
  if (status === 404) {
    return new AppError('not_found', {
      message: 'The requested item was not found on Spotify.',
      remedy: 'Check whether it is still on Spotify.',
      context: { kind: 'NotFound', ...context },
    });
  }
  if (status === 413)
    return new AppError('too_large', { message: 'The request is too large for Spotify.', context: { kind: 'TooLarge', ...context } });
  return toVendorError('Spotify', answer, now);
}

/** The kind of a Spotify error; undefined for any other error. */
export function spotifyErrorKind(error: unknown): SpotifyErrorKind | undefined {
  return error instanceof AppError ? (error.context?.['kind'] as SpotifyErrorKind | undefined) : undefined;
}

function rateLimitError(answer: RawResponse, now: Date): AppError {
  const wait = retryAfterMs(answer.headers, now);
  const context = { status: 429, vendorMessage: excerpt(answer.body) };
  if (errorObject(answer.body)['reason'] === 'QUOTA_EXCEEDED') {
    return new AppError('quota_exceeded', {
      message: 'The Spotify app has used up its quota for this type of request.',
      remedy: 'Segue continues automatically when Spotify resets the quota, within a day.',
      retryAfterMs: wait ?? QUOTA_WAIT_MS,
      context: { kind: 'QuotaExceeded', ...context },
    });
  }
  return new AppError('rate_limited', {
    message: 'Spotify rate-limited Segue.',
    remedy: 'Segue continues automatically after the pause that Spotify requires.',
    retryAfterMs: wait ?? RATE_WINDOW_MS,
    context: { kind: 'RateLimited', ...context },
  });
}

function unauthorizedError(message: string, context: Record<string, unknown>): AppError {
  // Segue always sends the token. Spotify sometimes reports this by mistake, and the next request succeeds.
  if (/token missing|no token provided/i.test(message)) {
    return new AppError('provider_unavailable', {
      message: 'Spotify reported a missing access token by mistake.',
      remedy: RETRIED_AUTOMATICALLY,
      context: { kind: 'Transient', ...context },
    });
  }
  if (/permissions? missing|scope/i.test(message) || message === 'Unauthorized.') return missingScopeError(context);
  return new AppError('unauthenticated', {
    message: 'Spotify no longer accepts the access token.',
    remedy: 'Segue renews it automatically. If this persists, re-authorize the account.',
    context: { kind: 'Unauthorized', ...context },
  });
}

function forbiddenError(message: string, context: Record<string, unknown>): AppError {
  if (/premium subscription required/i.test(message)) {
    return new AppError('forbidden', {
      message: 'Spotify rejects requests of this app because its owner does not have Spotify Premium.',
      remedy: 'Renew Premium for the owner of the app. It can take hours until Spotify accepts requests again.',
      context: { kind: 'OwnerPremium', ...context },
    });
  }
  if (/not registered/i.test(message)) {
    return new AppError('forbidden', {
      message: 'This Spotify account is not on the app’s list of allowed users.',
      remedy: 'Add the user under User Management in the app’s Spotify dashboard, then try again.',
      context: { kind: 'UserNotAllowlisted', ...context },
    });
  }
  if (/scope|permission/i.test(message)) return missingScopeError(context);
  return new AppError('forbidden', {
    message: 'Spotify does not allow this request for this app or account.',
    remedy: 'Check which quota mode the app has in the Spotify dashboard, and that the playlist belongs to the account.',
    context: { kind: 'EndpointUnavailable', ...context },
  });
}

function missingScopeError(context: Record<string, unknown>): AppError {
  return new AppError('forbidden', {
    message: 'The account has not granted Segue the required permission.',
    remedy: 'Re-authorize the account and grant all requested permissions.',
    context: { kind: 'InsufficientScope', ...context },
  });
}

/** The error message from a JSON or plain-text body; empty when there is none. */
function messageOf(body: unknown): string {
  if (typeof body === 'string') return body.trim();
  const { message } = errorObject(body);
  return typeof message === 'string' ? message : '';
}

function errorObject(body: unknown): Record<string, unknown> {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  return typeof error === 'object' && error !== null ? { ...error } : {};
}
