import type { Caches, Deps } from '#server/deps.ts';
import { readCatalogVersion } from '#server/repos/catalog/catalog-version.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import { LRUCache } from 'lru-cache';
import { isValid, readToCache } from './cached-reading.ts';
import { loadCatalog } from './load-catalog.ts';

/** The cache is dropped after this time without a read. */
const IDLE_MS = 15 * MINUTE_MS;

/** Creates the cache of the catalog, which is read with `getCachedCatalog`. */
export function createCatalogCache(): Caches['catalog'] {
  return new LRUCache({
    max: 2,
    ttl: IDLE_MS,
    updateAgeOnGet: true,
    ttlAutopurge: true,
    // A catalog that gives way to one with texts is still wanted by those who wait for it.
    ignoreFetchAbort: true,
    fetchMethod: (key, _stale, { context: { deps, version } }) => readToCache(version, () => loadCatalog(deps, { texts: key === 'with texts' })),
  });
}

/**
 * Returns the catalog in columns as of the last change, from a cache shared by all callers. Titles and names are loaded when a caller asks for `texts`, and from then on. While
 * albums are being imported, a large catalog may be stale by up to ten times its reading time. For forecasts only: curation reads the catalog itself.
 *
 * States of the cache: empty → loading → valid → stale after a catalog change (see `validUntil`) → loading. A failed load and 15 min without a read
 * empty it. Once texts were loaded, the catalog is cached with them.
 */
export async function getCachedCatalog(
  deps: Pick<Deps, 'db' | 'stream' | 'caches'>,
  { texts }: { readonly texts: boolean } = { texts: false },
): Promise<LoadedCatalog> {
  const { catalog: cache } = deps.caches;
  const version = await readCatalogVersion(deps.db);
  const key = cache.has('with texts') || texts ? 'with texts' : 'plain';
  if (key === 'with texts') cache.delete('plain');
  const cached = cache.peek(key);
  const forceRefresh = cached !== undefined && !isValid(cached, version);
  return (await cache.forceFetch(key, { context: { deps, version }, forceRefresh })).value;
}
