import { json } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';

/** Assumed groups of endpoints that share a daily quota; Spotify does not publish the groups. */
export const QUOTA_ENDPOINTS = ['me', 'search', 'albums', 'artists', 'tracks', 'audio-features', 'playlists', 'images', 'library', 'other'] as const;
export type QuotaEndpoint = (typeof QUOTA_ENDPOINTS)[number];

export interface RateWindow {
  readonly requests: number;
  /** Spotify counts over a rolling 30 seconds. */
  readonly windowMs: number;
}

/** Retry-After of an exhausted quota, as observed on the real service. */
export const QUOTA_RETRY_AFTER_SECONDS = 61_389;

/** Expired timestamps are removed in batches of this size, because removing them one by one would copy the list on every request. */
const COMPACT_AT = 1024;

/**
 * Rate limits per app and daily quotas per bucket.
 * - quota open → blocked: `remaining` requests have passed
 * - quota blocked → removed: QUOTA_RETRY_AFTER_SECONDS later
 */
export interface RequestLimits {
  /** Undefined when the request is allowed. Cover uploads do not count against the rolling window. */
  check(request: { clientId: string; bucket: QuotaEndpoint; now: number }): HttpResponse | undefined;
  setWindow(window: RateWindow | undefined): void;
  /** Allows `remaining` more requests in this bucket, then blocks it for 17 hours. */
  setQuota(bucket: QuotaEndpoint, remaining: number): void;
  clear(): void;
}

export function createRequestLimits(initial: RateWindow | undefined): RequestLimits {
  let window = initial;
  const timesByApp = new Map<string, { times: number[]; from: number }>();
  const quotas = new Map<QuotaEndpoint, { remaining: number; blockedUntil: number }>();

  const checkWindow = (clientId: string, now: number): HttpResponse | undefined => {
    if (!window) return undefined;
    const past = timesByApp.get(clientId) ?? { times: [], from: 0 };
    timesByApp.set(clientId, past);
    while ((past.times[past.from] ?? now) <= now - window.windowMs) past.from++;
    if (past.from > COMPACT_AT) {
      past.times.splice(0, past.from);
      past.from = 0;
    }
    const oldest = past.times[past.from];
    if (oldest !== undefined && past.times.length - past.from >= window.requests)
      return tooMany(Math.max(1, Math.ceil((oldest + window.windowMs - now) / 1000)));
    past.times.push(now);
    return undefined;
  };

  const checkQuota = (bucket: QuotaEndpoint, now: number): HttpResponse | undefined => {
    const quota = quotas.get(bucket);
    if (!quota) return undefined;
    if (quota.blockedUntil > 0 && now >= quota.blockedUntil) {
      quotas.delete(bucket);
      return undefined;
    }
    if (quota.remaining > 0) {
      quota.remaining--;
      return undefined;
    }
    if (quota.blockedUntil === 0) quota.blockedUntil = now + QUOTA_RETRY_AFTER_SECONDS * 1000;
    return quotaExceeded(Math.ceil((quota.blockedUntil - now) / 1000));
  };

  return {
    check: ({ clientId, bucket, now }) => checkQuota(bucket, now) ?? (bucket === 'images' ? undefined : checkWindow(clientId, now)),
    setWindow: (next) => {
      window = next;
      timesByApp.clear();
    },
    setQuota: (bucket, remaining) => void quotas.set(bucket, { remaining, blockedUntil: 0 }),
    clear: () => {
      timesByApp.clear();
      quotas.clear();
    },
  };
}

function tooMany(seconds: number): HttpResponse {
  const answer = json(429, { error: { status: 429, message: 'API rate limit exceeded' } });
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}

function quotaExceeded(seconds: number): HttpResponse {
  const answer = json(429, { error: { status: 429, message: 'Too many requests', reason: 'QUOTA_EXCEEDED' } });
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}
