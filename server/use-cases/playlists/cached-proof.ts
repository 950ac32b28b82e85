import type { Caches, Deps, LedgerProof } from '#server/deps.ts';
import { readDataVersions } from '#server/repos/data-versions.ts';
import { checkLedger, listScopeBeginnings } from '#server/repos/playlists/network-views.ts';
import { isValid, readToCache } from '#server/use-cases/catalog/cached-reading.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';
import { LRUCache } from 'lru-cache';

/** Interval of recounting an unchanged ledger: rows that were changed without the product's knowledge are found, and readers rarely wait beside a count. */
const STALE_MS = 15 * MINUTE_MS;

/** Creates the cache of the proof, which is read with `getCachedProof`. */
export function createProofCache(): Caches['proof'] {
  return new LRUCache({
    max: 1,
    ttl: STALE_MS,
    allowStale: true,
    noDeleteOnStaleGet: true,
    // A count that gives way to another span's is still wanted by those who wait for it.
    ignoreFetchAbort: true,
    fetchMethod: async (_key, stale, { context: { deps, version, span } }) => {
      try {
        return await readToCache(version, () => count(deps, span));
      } catch (error) {
        // While the ledger is unchanged the cached proof still holds; a call after the interval starts another recount.
        if (stale?.version === version) return stale;
        throw error;
      }
    },
  });
}

/**
 * Returns the repeats in the whole ledger and when they were counted, from a cache shared by all callers: months of a large network are millions of
 * rows, and the page is public. While a day is being curated, a count that took over a second may be stale by up to ten times its own duration.
 *
 * States of the cache: empty → counting → valid → stale after a write (see `validUntil`) → counting. After 15 minutes without a write it is recounted
 * in the background while the old proof is still returned. A failed count empties it.
 */
export async function getCachedProof(
  deps: Pick<Deps, 'db' | 'pool' | 'now' | 'caches'>,
  span: { readonly today: string; readonly days: number },
): Promise<LedgerProof> {
  const { proof: cache } = deps.caches;
  const key = `${span.today} ${span.days}`;
  const { ledger: version } = await readDataVersions(deps.pool);
  const cached = cache.peek(key, { allowStale: true });
  const isOutdated = cached !== undefined && !isValid(cached, version);
  return (await cache.forceFetch(key, { context: { deps, version, span }, forceRefresh: isOutdated, allowStale: !isOutdated })).value;
}

async function count(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { today, days }: { readonly today: string; readonly days: number },
): Promise<LedgerProof> {
  const provedAt = now();
  const [checks, beginnings] = await Promise.all([checkLedger(db, today, days), listScopeBeginnings(db)]);
  return { checks, beginnings, provedAt };
}
