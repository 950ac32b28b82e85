import { AppError } from '#shared/errors.ts';
import type { RawAnswer } from '../http.ts';
import type { Resilience } from '../resilience.ts';
import { useLibrary } from './library.ts';
import type { Library } from './library.ts';
import { refusalKind, spotifyRefusal } from './refusals.ts';

/** Groups of endpoints that share a day's quota; Spotify publishes no list, these are the obvious ones. */
export type QuotaBucket = 'me' | 'albums' | 'tracks' | 'audio-features' | 'playlists';

export interface GatewayCall {
  readonly token: string;
  readonly bucket: QuotaBucket;
  /** Sending it twice does nothing twice. Creating and adding are never sent again. */
  readonly idempotent: boolean;
  readonly signal: AbortSignal;
  readonly send: (library: Library) => Promise<unknown>;
}

/** The one way to the Web API: transport, policy stack, quota memory and error vocabulary. Gives successes, throws everything else. */
export interface SpotifyGateway {
  call(request: GatewayCall): Promise<RawAnswer>;
}

interface GatewayParts {
  /** Origin of the Web API, without `/v1`. */
  readonly apiOrigin: string;
  readonly resilience: Resilience;
  readonly now: () => Date;
}

export function createGateway({ apiOrigin, resilience, now }: GatewayParts): SpotifyGateway {
  /** Asking through a day-long quota keeps it alive, so a bucket that is shut is not asked. */
  const shutUntil = new Map<QuotaBucket, number>();
  return {
    call: async ({ token, bucket, idempotent, signal, send }) => {
      requireOpen(bucket, (shutUntil.get(bucket) ?? 0) - now().getTime());
      try {
        return await resilience.run({
          idempotent,
          signal,
          attempt: async (attemptSignal) => {
            const answer = await useLibrary({ apiOrigin, token, signal: attemptSignal }, send);
            if (answer.status >= 200 && answer.status < 300) return answer;
            throw spotifyRefusal(answer, now());
          },
        });
      } catch (error) {
        if (refusalKind(error) === 'QuotaExceeded' && error instanceof AppError) shutUntil.set(bucket, now().getTime() + (error.retryAfterMs ?? 0));
        throw error;
      }
    },
  };
}

function requireOpen(bucket: QuotaBucket, shutForMs: number): void {
  if (shutForMs <= 0) return;
  throw new AppError('quota_exceeded', {
    message: 'The Spotify app has used up its quota for requests of this kind.',
    remedy: 'It goes on by itself when Spotify gives new quota, within a day.',
    retryAfterMs: shutForMs,
    context: { kind: 'QuotaExceeded', bucket, asked: false },
  });
}
