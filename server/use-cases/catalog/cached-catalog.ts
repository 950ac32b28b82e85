import type { Deps } from '#server/deps.ts';
import { readCatalogVersion } from '#server/repos/catalog/catalog-version.ts';
import { loadCatalog } from './load-catalog.ts';
import type { LoadedCatalog } from './load-catalog.ts';

type CatalogDeps = Pick<Deps, 'db' | 'stream'>;

interface CacheEntry {
  readonly version: string;
  /** Whether titles and names were loaded. */
  readonly hasTexts: boolean;
  readonly loaded: Promise<LoadedCatalog>;
  /** Until when it is used even if the catalog changed, in `performance.now()` milliseconds. */
  validUntil: number;
}

/** A catalog that takes longer than this to read stays cached for a while even when it changes: a running import changes it every second. */
const FAST_READ_MS = 1_000;
const CACHED_FOR_READS = 10;
/** The cache is dropped after this time without a read. */
const IDLE_MS = 15 * 60_000;

/** One catalog per database of this process; only a cache of what Postgres stores. */
const CACHE = new WeakMap<Deps['db'], CacheEntry>();
const IDLE_TIMERS = new WeakMap<Deps['db'], NodeJS.Timeout>();

/**
 * Returns the catalog in columns as of the last change, from a cache shared by all callers. Titles and names are loaded when a caller asks for `texts`, and from then on. While
 * albums are being imported, a large catalog may be stale by up to ten times its reading time. For forecasts only: curation reads the catalog itself.
 *
 * States of the cache: empty → loading → valid → stale after a catalog change (see `validUntil`) → loading. A failed load and 15 min without a read
 * empty it.
 */
export async function getCachedCatalog(deps: CatalogDeps, { texts }: { texts: boolean } = { texts: false }): Promise<LoadedCatalog> {
  const version = await readCatalogVersion(deps.db);
  restartIdleTimer(deps.db);
  const cached = CACHE.get(deps.db);
  const needsTexts = texts || cached?.hasTexts === true;
  const isUsable = cached && (cached.hasTexts || !texts);
  if (isUsable && (cached.version === version || performance.now() < cached.validUntil)) return cached.loaded;
  const fresh = read(deps, version, needsTexts);
  CACHE.set(deps.db, fresh);
  return fresh.loaded;
}

function read(deps: CatalogDeps, version: string, hasTexts: boolean): CacheEntry {
  const startedAt = performance.now();
  const loaded = loadCatalog(deps, { texts: hasTexts });
  const cached: CacheEntry = { version, hasTexts, loaded, validUntil: Number.POSITIVE_INFINITY };
  void setExpiry(deps.db, cached, startedAt);
  return cached;
}

async function setExpiry(db: Deps['db'], cached: CacheEntry, startedAt: number): Promise<void> {
  try {
    await cached.loaded;
    const now = performance.now();
    cached.validUntil = now - startedAt > FAST_READ_MS ? now + (now - startedAt) * CACHED_FOR_READS : 0;
  } catch {
    // The caller gets the error; the next call retries.
    if (CACHE.get(db) === cached) CACHE.delete(db);
  }
}

function restartIdleTimer(db: Deps['db']): void {
  clearTimeout(IDLE_TIMERS.get(db));
  IDLE_TIMERS.set(db, setTimeout(() => CACHE.delete(db), IDLE_MS).unref());
}
