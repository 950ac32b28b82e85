import { AppError } from '#shared/errors.ts';
import { refusalKind } from './refusals.ts';

/** A token with less life than this is renewed first, so that no request starts with one that dies on the way. */
const LIFE_LEFT_MIN_MS = 60_000;

export interface AppToken {
  /** Does `work` with a live token; once more with a new one when Spotify does not accept the first. `work` must be a read. */
  use<T>(work: (token: string) => Promise<T>, signal: AbortSignal): Promise<T>;
}

interface AppTokenParts {
  readonly now: () => Date;
  /** Asks the accounts service for a token of the app itself; undefined without a client secret. */
  readonly grant: ((signal: AbortSignal) => Promise<{ accessToken: string; expiresInSeconds: number }>) | undefined;
  /** A person's token to read with where the app has no secret. */
  readonly userToken?: (() => Promise<string>) | undefined;
}

/** The token for public data. One request for it at a time, whoever waits; what one waiter gives up does not end it for the others. */
export function createAppToken({ now, grant, userToken }: AppTokenParts): AppToken {
  let held: { token: string; goodUntil: number } | undefined;
  let renewing: Promise<string> | undefined;

  const renew = async (ask: NonNullable<AppTokenParts['grant']>): Promise<string> => {
    const { accessToken, expiresInSeconds } = await ask(new AbortController().signal);
    held = { token: accessToken, goodUntil: now().getTime() + expiresInSeconds * 1000 - LIFE_LEFT_MIN_MS };
    return accessToken;
  };
  /** A held token is there at once: nothing is set up for waiting, which each of ten thousand reads would pay for. */
  const live = (refused: string | undefined, signal: AbortSignal): string | Promise<string> => {
    if (!grant) return userToken ? unlessAborted(userToken(), signal) : noToken();
    if (held && held.token !== refused && held.goodUntil > now().getTime()) return held.token;
    renewing ??= renew(grant).finally(() => (renewing = undefined));
    return unlessAborted(renewing, signal);
  };
  return {
    use: async (work, signal) => {
      const token = await live(undefined, signal);
      try {
        return await work(token);
      } catch (error) {
        if (refusalKind(error) !== 'Unauthorized') throw error;
        return work(await live(token, signal));
      }
    },
  };
}

function noToken(): never {
  throw new AppError('unauthenticated', {
    message: 'Segue has nothing to show Spotify for reading its catalogue.',
    remedy: 'Set SPOTIFY_CLIENT_SECRET, or connect an account.',
    context: { kind: 'Unauthorized' },
  });
}

/** At once when the caller gives up, although the work goes on for others. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const listening = new AbortController();
  const givenUp = new Promise<never>((_, reject) => {
    const giveUp = () => reject(stopped(signal));
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true, signal: listening.signal });
  });
  try {
    return await Promise.race([work, givenUp]);
  } finally {
    listening.abort();
    // Whoever gave up does not hear how it ended.
    work.catch(() => {});
  }
}

function stopped(signal: AbortSignal): AppError {
  return new AppError('provider_unavailable', {
    message: 'The request to Spotify was stopped before it was sent.',
    context: { kind: 'Stopped' },
    cause: signal.reason,
  });
}
