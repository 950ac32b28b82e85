import { AppError } from '#shared/errors.ts';
import type { RawAnswer } from '../http.ts';
import type { AccountAccess, BreakerMemory } from '../ports.ts';
import type { Resilience } from '../resilience.ts';
import { useLibrary } from './library.ts';
import type { Library } from './library.ts';
import { refusalKind, spotifyRefusal } from './refusals.ts';

/** Groups of endpoints that share a day's quota; Spotify publishes no list, these are the obvious ones. */
export const QUOTA_BUCKETS = ['me', 'albums', 'tracks', 'audio-features', 'playlists'] as const;
export type QuotaBucket = (typeof QUOTA_BUCKETS)[number];

export interface GatewayCall {
  readonly token: AccountAccess;
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
  /** Where it is remembered, for the whole house, that a bucket's quota is used up. */
  readonly quotaMemory: (bucket: QuotaBucket) => BreakerMemory;
  readonly now: () => Date;
}

export function createGateway({ apiOrigin, resilience, quotaMemory, now }: GatewayParts): SpotifyGateway {
  const memories = new Map(QUOTA_BUCKETS.map((bucket) => [bucket, quotaMemory(bucket)]));
  return {
    call: async ({ token: access, bucket, idempotent, signal, send }) => {
      const { token, budget } = typeof access === 'string' ? { token: access } : access;
      return underQuota({ memory: memories.get(bucket) ?? quotaMemory(bucket), bucket, now }, (stillMayAsk) =>
        resilience.run({
          idempotent,
          signal,
          budget,
          attempt: async (attemptSignal) => {
            await stillMayAsk();
            const answer = await useLibrary({ apiOrigin, token, signal: attemptSignal }, send);
            if (answer.status >= 200 && answer.status < 300) return answer;
            throw spotifyRefusal(answer, now());
          },
        }),
      );
    },
  };
}

interface Quota {
  readonly memory: BreakerMemory;
  readonly bucket: QuotaBucket;
  readonly now: () => Date;
}

/** Asking through a day-long quota keeps it alive, so a bucket that is shut is not asked until its time, and then by one request first. */
async function underQuota<T>({ memory, bucket, now }: Quota, work: (stillMayAsk: () => Promise<void>) => Promise<T>): Promise<T> {
  const gate = await memory.ask();
  if (gate.kind === 'open') throw shut(bucket, gate.until.getTime() - now().getTime());
  const stillMayAsk = async (): Promise<void> => {
    const lost = gate.kind === 'probe' ? await gate.probe.keep() : undefined;
    if (lost) throw shut(bucket, lost.until.getTime() - now().getTime());
  };
  try {
    const result = await work(stillMayAsk);
    if (gate.kind === 'probe') await memory.closed();
    return result;
  } catch (error) {
    const isUsedUp = refusalKind(error) === 'QuotaExceeded' && error instanceof AppError && error.context?.['asked'] !== false;
    if (isUsedUp) await memory.opened(error.retryAfterMs ?? 0, error.message, 1);
    else if (gate.kind === 'probe') await gate.probe.release();
    throw error;
  }
}

function shut(bucket: QuotaBucket, shutForMs: number): AppError {
  return new AppError('quota_exceeded', {
    message: 'The Spotify app has used up its quota for requests of this kind.',
    remedy: 'It goes on by itself when Spotify gives new quota, within a day.',
    retryAfterMs: Math.max(0, shutForMs),
    context: { kind: 'QuotaExceeded', bucket, asked: false },
  });
}
