import { z } from 'zod';
import type { BreakerState } from '#shared/vocabulary.ts';

/** Which breaker is to let one request through at once. */
export const tryVendorInput = z.strictObject({ breaker: z.string().min(1).max(200) });
export type TryVendorInput = z.infer<typeof tryVendorInput>;

export interface BreakerView {
  readonly key: string;
  readonly name: string;
  /** A quota that the vendor counts by the day; it opens again when the vendor says, not when we ask. */
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
  /** Null when only the vendor's own answers set the pace. */
  readonly requestsPerMinute: number | null;
  readonly breakers: readonly BreakerView[];
  /** The vendor's own word to stop, while it holds. */
  readonly limited: { readonly until: string; readonly why: string } | null;
  /** Requests sent in each of the last 24 hours, oldest first, the hour that is running last. */
  readonly hours: readonly { readonly hour: string; readonly requests: number }[];
  /** How often it said stop in the last seven days, and the latest of those, newest first. */
  readonly stops: number;
  readonly latestStops: readonly { readonly at: string; readonly until: string; readonly why: string; readonly what: string }[];
  /** How often a kept answer was good enough in the last thirty days; null where none are kept. */
  readonly cache: { readonly hits: number; readonly misses: number } | null;
}

export interface VendorsView {
  readonly now: string;
  readonly vendors: readonly VendorView[];
}

/** What was done, for the person who asked. */
export interface TryVendorReceipt {
  readonly says: string;
}
