import { json } from '../answers.ts';
import type { Answer } from '../answers.ts';

/** Endpoint groups that share a day's quota. Which endpoints share one is not published; this is the obvious grouping. */
export const QUOTA_BUCKETS = ['me', 'search', 'albums', 'artists', 'tracks', 'audio-features', 'playlists', 'images', 'library', 'other'] as const;
export type QuotaBucket = (typeof QUOTA_BUCKETS)[number];

export interface RateWindow {
  readonly requests: number;
  /** Spotify counts over a rolling 30 seconds. */
  readonly windowMs: number;
}

/** How long an exhausted bucket stays shut: a duration that has been met in the wild. */
export const QUOTA_RETRY_AFTER_SECONDS = 61_389;

/** Moments that have left the window are dropped so many at a time: one by one would cost a copy of the list for each request. */
const FORGET_AT = 1024;

/** Counts requests per app and says when it is enough. */
export interface RequestLimits {
  /** `undefined` when the request may pass. Cover uploads have a limit of their own and do not count here. */
  check(request: { clientId: string; bucket: QuotaBucket; now: number }): Answer | undefined;
  setWindow(window: RateWindow | undefined): void;
  /** So many more requests go through in this bucket, then it is shut for most of a day. */
  setQuota(bucket: QuotaBucket, remaining: number): void;
  clear(): void;
}

export function createRequestLimits(initial: RateWindow | undefined): RequestLimits {
  let window = initial;
  const seen = new Map<string, { times: number[]; from: number }>();
  const quotas = new Map<QuotaBucket, { remaining: number; shutUntil: number }>();

  const rolling = (clientId: string, now: number): Answer | undefined => {
    if (!window) return undefined;
    const past = seen.get(clientId) ?? { times: [], from: 0 };
    seen.set(clientId, past);
    while ((past.times[past.from] ?? now) <= now - window.windowMs) past.from++;
    if (past.from > FORGET_AT) {
      past.times.splice(0, past.from);
      past.from = 0;
    }
    const oldest = past.times[past.from];
    if (oldest !== undefined && past.times.length - past.from >= window.requests)
      return tooMany(Math.max(1, Math.ceil((oldest + window.windowMs - now) / 1000)));
    past.times.push(now);
    return undefined;
  };

  const daily = (bucket: QuotaBucket, now: number): Answer | undefined => {
    const quota = quotas.get(bucket);
    if (!quota) return undefined;
    if (quota.shutUntil > 0 && now >= quota.shutUntil) {
      quotas.delete(bucket);
      return undefined;
    }
    if (quota.remaining > 0) {
      quota.remaining--;
      return undefined;
    }
    if (quota.shutUntil === 0) quota.shutUntil = now + QUOTA_RETRY_AFTER_SECONDS * 1000;
    return quotaExceeded(Math.ceil((quota.shutUntil - now) / 1000));
  };

  return {
    check: ({ clientId, bucket, now }) => daily(bucket, now) ?? (bucket === 'images' ? undefined : rolling(clientId, now)),
    setWindow: (next) => {
      window = next;
      seen.clear();
    },
    setQuota: (bucket, remaining) => void quotas.set(bucket, { remaining, shutUntil: 0 }),
    clear: () => {
      seen.clear();
      quotas.clear();
    },
  };
}

function tooMany(seconds: number): Answer {
  const answer = json(429, { error: { status: 429, message: 'API rate limit exceeded' } });
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}

function quotaExceeded(seconds: number): Answer {
  const answer = json(429, { error: { status: 429, message: 'Too many requests', reason: 'QUOTA_EXCEEDED' } });
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}
