import { AppError } from '#shared/errors.ts';
import type { RawResponse } from '../http.ts';
import type { AccountAccess, SharedBreaker } from '../ports.ts';
import type { Resilience } from '../resilience.ts';
import { useLibrary } from './library.ts';
import type { Library } from './library.ts';
import { spotifyErrorKind, toSpotifyError } from './spotify-errors.ts';

/** Assumed groups of endpoints that share a daily quota; Spotify publishes no list. */
export const QUOTA_BUCKETS = ['me', 'search', 'albums', 'tracks', 'audio-features', 'playlists'] as const;
export type QuotaBucket = (typeof QUOTA_BUCKETS)[number];

export interface GatewayCall {
  readonly token: AccountAccess;
  readonly bucket: QuotaBucket;
  /** True when sending it twice has the same effect as once. Creating and adding are never retried. */
  readonly idempotent: boolean;
  readonly signal: AbortSignal;
  readonly send: (library: Library) => Promise<unknown>;
}

/** The only access to the Web API: transport, resilience policy, quota breakers and error translation. Returns successful responses, throws AppError otherwise. */
export interface SpotifyGateway {
  call(request: GatewayCall): Promise<RawResponse>;
}

interface GatewayParts {
  /** Origin of the Web API, without `/v1`. */
  readonly apiOrigin: string;
  readonly resilience: Resilience;
  /** Returns the shared breaker state of a bucket's quota. */
  readonly quotaState: (bucket: QuotaBucket) => SharedBreaker;
  readonly now: () => Date;
}

export function createGateway({ apiOrigin, resilience, quotaState, now }: GatewayParts): SpotifyGateway {
  const states = new Map(QUOTA_BUCKETS.map((bucket) => [bucket, quotaState(bucket)]));
  return {
    call: async ({ token: access, bucket, idempotent, signal, send }) => {
      const { token, budget } = typeof access === 'string' ? { token: access } : access;
      return underQuota({ state: states.get(bucket) ?? quotaState(bucket), bucket, now }, (confirmProbe) =>
        resilience.run({
          idempotent,
          signal,
          budget,
          attempt: async (attemptSignal) => {
            await confirmProbe();
            const answer = await useLibrary({ apiOrigin, token, signal: attemptSignal }, send);
            if (answer.status >= 200 && answer.status < 300) return answer;
            throw toSpotifyError(answer, now());
          },
        }),
      );
    },
  };
}

interface Quota {
  readonly state: SharedBreaker;
  readonly bucket: QuotaBucket;
  readonly now: () => Date;
}

/** Requests during an exhausted daily quota can extend it. A blocked bucket is not used until its time, and then by one probe request first. */
async function underQuota<T>({ state, bucket, now }: Quota, work: (confirmProbe: () => Promise<void>) => Promise<T>): Promise<T> {
  const gate = await state.admit();
  if (gate.kind === 'open') throw quotaExceeded(bucket, gate.until.getTime() - now().getTime());
  const confirmProbe = async (): Promise<void> => {
    const lost = gate.kind === 'probe' ? await gate.probe.confirm() : undefined;
    if (lost) throw quotaExceeded(bucket, lost.until.getTime() - now().getTime());
  };
  try {
    const result = await work(confirmProbe);
    if (gate.kind === 'probe') await state.close();
    return result;
  } catch (error) {
    const isQuotaExceeded = spotifyErrorKind(error) === 'QuotaExceeded' && error instanceof AppError && error.context?.['wasSent'] !== false;
    if (isQuotaExceeded) await state.open(error.retryAfterMs ?? 0, error.message, 1);
    else if (gate.kind === 'probe') await gate.probe.release();
    throw error;
  }
}

function quotaExceeded(bucket: QuotaBucket, waitMs: number): AppError {
  return new AppError('quota_exceeded', {
    message: 'The Spotify app has used up its quota for this type of request.',
    remedy: 'Segue continues automatically when Spotify resets the quota, within a day.',
    retryAfterMs: Math.max(0, waitMs),
    context: { kind: 'QuotaExceeded', bucket, wasSent: false },
  });
}
