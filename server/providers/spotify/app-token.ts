import { AppError } from '#shared/errors.ts';
import { spotifyErrorKind } from './spotify-errors.ts';

/** A token that expires sooner is renewed first, so that it does not expire during a request. */
const MIN_VALIDITY_MS = 60_000;

export interface AppToken {
  /** Runs `work` with a valid token; runs it once more with a new token when Spotify rejects the first. `work` must be a read. */
  use<T>(work: (token: string) => Promise<T>, signal: AbortSignal): Promise<T>;
}

interface AppTokenParts {
  readonly now: () => Date;
  /** Requests an app token from the accounts service; undefined without a client secret. */
  readonly grant: ((signal: AbortSignal) => Promise<{ accessToken: string; expiresInSeconds: number }>) | undefined;
  /** Returns a user's token, used when the app has no client secret. */
  readonly userToken?: (() => Promise<string>) | undefined;
}

/** Creates the token source for public data. At most one token request runs at a time; a caller that cancels does not cancel it for the others. */
export function createAppToken({ now, grant, userToken }: AppTokenParts): AppToken {
  let current: { token: string; goodUntil: number } | undefined;
  let renewing: Promise<string> | undefined;

  const renew = async (requestToken: NonNullable<AppTokenParts['grant']>): Promise<string> => {
    const { accessToken, expiresInSeconds } = await requestToken(new AbortController().signal);
    current = { token: accessToken, goodUntil: now().getTime() + expiresInSeconds * 1000 - MIN_VALIDITY_MS };
    return accessToken;
  };
  /** Returns a valid token synchronously when there is one: an import of 10,000 albums pays no promise setup for each read. */
  const validToken = (refused: string | undefined, signal: AbortSignal): string | Promise<string> => {
    if (!grant) return userToken ? unlessAborted(userToken(), signal) : noToken();
    if (current && current.token !== refused && current.goodUntil > now().getTime()) return current.token;
    renewing ??= renew(grant).finally(() => (renewing = undefined));
    return unlessAborted(renewing, signal);
  };
  return {
    use: async (work, signal) => {
      const token = await validToken(undefined, signal);
      try {
        return await work(token);
      } catch (error) {
        if (spotifyErrorKind(error) !== 'Unauthorized') throw error;
        return work(await validToken(token, signal));
      }
    },
  };
}

function noToken(): never {
  throw new AppError('unauthenticated', {
    message: 'Segue has no Spotify token to read the catalog with.',
    remedy: 'Set SPOTIFY_CLIENT_SECRET, or connect an account.',
    context: { kind: 'Unauthorized' },
  });
}

/** Rejects as soon as the caller cancels, while the work continues for other callers. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const listening = new AbortController();
  const canceled = new Promise<never>((_, reject) => {
    const cancel = () => reject(canceledError(signal));
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true, signal: listening.signal });
  });
  try {
    return await Promise.race([work, canceled]);
  } finally {
    listening.abort();
    // After a cancellation nobody awaits `work`, so its rejection is ignored here.
    work.catch(() => {});
  }
}

function canceledError(signal: AbortSignal): AppError {
  return new AppError('provider_unavailable', {
    message: 'The request to Spotify was canceled before it was sent.',
    context: { kind: 'Stopped' },
    cause: signal.reason,
  });
}
