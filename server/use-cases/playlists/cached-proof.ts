import type { Deps } from '#server/deps.ts';
import { readLedgerVersion } from '#server/repos/catalog/catalog-version.ts';
import { checkLedger } from '#server/repos/playlists/network-views.ts';
import type { LedgerCheck } from '#server/repos/playlists/network-views.ts';

interface Proof {
  readonly checks: readonly LedgerCheck[];
  /** When the count started. */
  readonly provedAt: Date;
}

interface CacheEntry {
  readonly key: string;
  readonly proof: Promise<Proof>;
  /** Until when it is used even if the ledger changed, in `performance.now()` milliseconds. */
  validUntil: number;
  /** From when it is recounted in the background, on the same clock. */
  staleFrom: number;
}

/** A count that takes longer than this stays cached for a while even when the ledger changes: running curation changes it every second. */
const SLOW_MS = 1_000;
const CACHED_FOR_COUNTS = 10;
/** Interval of recounting an unchanged ledger, so that the proof is recent. */
const STALE_MS = 60_000;

/** One proof per database of this process; only a cache of what Postgres stores. */
const CACHE = new WeakMap<Deps['db'], CacheEntry>();

/**
 * Returns the repeats in the whole ledger and when they were counted, from a cache shared by all callers: months of a large network are millions of
 * rows, and the page is public. While a day is being curated, a count that took over a second may be stale by up to ten times its own duration.
 *
 * States of the cache: empty → counting → valid → stale after a write (see `validUntil`) → counting. After 60 s without a write it is recounted in the
 * background while the old proof is still returned. A failed count empties it.
 */
export async function getCachedProof(deps: Pick<Deps, 'db' | 'now'>, span: { readonly today: string; readonly days: number }): Promise<Proof> {
  const spanKey = `${span.today} ${span.days}`;
  const key = `${spanKey} ${await readLedgerVersion(deps.db)}`;
  const cached = CACHE.get(deps.db);
  const now = performance.now();
  if (!cached || !(cached.key === key || (cached.key.startsWith(`${spanKey} `) && now < cached.validUntil))) return count(deps, span, key).proof;
  if (now > cached.staleFrom) {
    cached.staleFrom = Number.POSITIVE_INFINITY;
    void recount(deps, span, key);
  }
  return cached.proof;
}

function count(deps: Pick<Deps, 'db' | 'now'>, { today, days }: { readonly today: string; readonly days: number }, key: string): CacheEntry {
  const provedAt = deps.now();
  const proof = checkLedger(deps.db, today, days).then((checks) => ({ checks, provedAt }));
  const cached: CacheEntry = { key, proof, validUntil: Number.POSITIVE_INFINITY, staleFrom: Number.POSITIVE_INFINITY };
  CACHE.set(deps.db, cached);
  void setExpiry(deps.db, cached);
  return cached;
}

async function setExpiry(db: Deps['db'], cached: CacheEntry): Promise<void> {
  const startedAt = performance.now();
  try {
    await cached.proof;
    const now = performance.now();
    cached.validUntil = now - startedAt > SLOW_MS ? now + (now - startedAt) * CACHED_FOR_COUNTS : 0;
    cached.staleFrom = now + STALE_MS;
  } catch {
    // The caller gets the error; the next call retries.
    if (CACHE.get(db) === cached) CACHE.delete(db);
  }
}

/** Recounts in the background; the cached proof is returned until the new one is ready. */
async function recount(deps: Pick<Deps, 'db' | 'now'>, span: { readonly today: string; readonly days: number }, key: string): Promise<void> {
  const previous = CACHE.get(deps.db);
  const next = count(deps, span, key);
  if (previous) CACHE.set(deps.db, previous);
  try {
    await next.proof;
    if (CACHE.get(deps.db) === previous) CACHE.set(deps.db, next);
  } catch {
    // The cached proof stays; a call after the interval starts another recount.
    if (previous) previous.staleFrom = performance.now() + STALE_MS;
  }
}
