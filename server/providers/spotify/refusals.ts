import { AppError } from '#shared/errors.ts';
import { excerpt, refusalOf, retryAfterMs } from '../http.ts';
import type { RawAnswer } from '../http.ts';

/** What Spotify's refusals mean; stands in `context.kind` of the error thrown. */
export type RefusalKind =
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

/** Without a Retry-After the whole rolling window is left to pass. */
const RATE_WINDOW_MS = 30_000;
/** Quotas come back within a day. */
const QUOTA_WAIT_MS = 24 * 60 * 60_000;

/** Translates an answer that is not a success into our vocabulary; wording varies at Spotify, so the words are searched, not compared. */
export function spotifyRefusal(answer: RawAnswer, now: Date): AppError {
  const { status } = answer;
  const said = words(answer.body);
  const context = { status, said: excerpt(answer.body) };
  if (status === 429) return limited(answer, now);
  if (status === 401) return unauthorised(said, context);
  if (status === 403) return forbidden(said, context);
  if (status === 404) {
    return new AppError('not_found', {
      message: 'Spotify does not know what was asked for.',
      remedy: 'Check whether it is still on Spotify.',
      context: { kind: 'NotFound', ...context },
    });
  }
  if (status === 413) return new AppError('too_large', { message: 'Spotify finds this too large.', context: { kind: 'TooLarge', ...context } });
  return refusalOf('Spotify', answer, now);
}

/** The kind of a refusal; undefined for errors that are none. */
export function refusalKind(error: unknown): RefusalKind | undefined {
  return error instanceof AppError ? (error.context?.['kind'] as RefusalKind | undefined) : undefined;
}

function limited(answer: RawAnswer, now: Date): AppError {
  const wait = retryAfterMs(answer.headers, now);
  const context = { status: 429, said: excerpt(answer.body) };
  if (errorObject(answer.body)['reason'] === 'QUOTA_EXCEEDED') {
    return new AppError('quota_exceeded', {
      message: 'The Spotify app has used up its quota for requests of this kind.',
      remedy: 'It goes on by itself when Spotify gives new quota, within a day.',
      retryAfterMs: wait ?? QUOTA_WAIT_MS,
      context: { kind: 'QuotaExceeded', ...context },
    });
  }
  return new AppError('rate_limited', {
    message: 'Spotify asked us to slow down.',
    remedy: 'It goes on by itself after the pause that Spotify asked for.',
    retryAfterMs: wait ?? RATE_WINDOW_MS,
    context: { kind: 'RateLimited', ...context },
  });
}

function unauthorised(said: string, context: Record<string, unknown>): AppError {
  // We never leave the token out: Spotify says this by mistake at times, and the next request passes.
  if (/token missing|no token provided/i.test(said)) {
    return new AppError('provider_unavailable', {
      message: 'Spotify overlooked our access token.',
      remedy: 'It is tried again by itself.',
      context: { kind: 'Transient', ...context },
    });
  }
  if (/permissions? missing|scope/i.test(said) || said === 'Unauthorized.') return scopeMissing(context);
  return new AppError('unauthenticated', {
    message: 'Spotify does not accept the access token any more.',
    remedy: 'It is renewed by itself; if this stays, connect the account again.',
    context: { kind: 'Unauthorized', ...context },
  });
}

function forbidden(said: string, context: Record<string, unknown>): AppError {
  if (/premium subscription required/i.test(said)) {
    return new AppError('forbidden', {
      message: 'Spotify serves this app only while its owner has Spotify Premium.',
      remedy: 'Renew Premium for the owner of the app in the Spotify dashboard; Spotify can take hours to notice.',
      context: { kind: 'OwnerPremium', ...context },
    });
  }
  if (/not registered/i.test(said)) {
    return new AppError('forbidden', {
      message: 'This Spotify account is not on the list of people who may use the app.',
      remedy: 'Add the person under User Management in the Spotify dashboard of the app, then try again.',
      context: { kind: 'UserNotAllowlisted', ...context },
    });
  }
  if (/scope|permission/i.test(said)) return scopeMissing(context);
  return new AppError('forbidden', {
    message: 'Spotify does not let this app or this account do that.',
    remedy: 'Check which quota mode the app has in the Spotify dashboard, and that the playlist belongs to the account.',
    context: { kind: 'EndpointUnavailable', ...context },
  });
}

function scopeMissing(context: Record<string, unknown>): AppError {
  return new AppError('forbidden', {
    message: 'The account has not given Segue the permission that this needs.',
    remedy: 'Connect the account again and allow everything that is asked for.',
    context: { kind: 'InsufficientScope', ...context },
  });
}

/** The message, whether it came as JSON or as plain text; empty where there is none. */
function words(body: unknown): string {
  if (typeof body === 'string') return body.trim();
  const { message } = errorObject(body);
  return typeof message === 'string' ? message : '';
}

function errorObject(body: unknown): Record<string, unknown> {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  return typeof error === 'object' && error !== null ? { ...error } : {};
}
