import { z } from 'zod';
import { nameInput } from '#shared/input-types.ts';
import type { BreakerState } from '#shared/vocabulary.ts';

/** The breaker that should let one request through now. */
export const tryVendorInput = z.strictObject({ breaker: nameInput(200) });
export type TryVendorInput = z.infer<typeof tryVendorInput>;

export interface BreakerView {
  readonly key: string;
  readonly name: string;
  /** True for a daily vendor quota, which resets on the vendor's schedule, not after a probe request. */
  readonly isQuota: boolean;
  readonly state: BreakerState;
  readonly failures: number;
  readonly why: string | null;
  readonly since: string | null;
  readonly until: string | null;
}

export interface VendorView {
  readonly vendor: string;
  readonly name: string;
  /** Null when only the vendor's responses set the pace. */
  readonly requestsPerMinute: number | null;
  readonly breakers: readonly BreakerView[];
  /** The vendor's current rate limit, if any. */
  readonly limited: { readonly until: string; readonly why: string } | null;
  /** Requests sent in each of the last 24 hours, oldest first; the last is the current hour. */
  readonly hours: readonly { readonly hour: string; readonly requests: number }[];
  /** Number of rate limits in the last seven days, and the latest of them, newest first. */
  readonly rateLimitCount: number;
  readonly latestRateLimits: readonly { readonly at: string; readonly until: string; readonly why: string; readonly what: string }[];
  /** Cache hits and misses in the last 30 days; null for a vendor without a cache. */
  readonly cache: { readonly hits: number; readonly misses: number } | null;
}

export interface VendorsView {
  readonly now: string;
  readonly vendors: readonly VendorView[];
}

/** What was done, as a sentence. */
export interface TryVendorReceipt {
  readonly message: string;
}
