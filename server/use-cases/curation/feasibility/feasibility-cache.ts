import type { Caches, Deps } from '#server/deps.ts';
import { readCatalogVersion, readLedgerVersion } from '#server/repos/catalog/catalog-version.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';

/** Enough for the drafts of one editing session, and for other users. */
const CACHED_MAX = 100;

/** Creates the cache of feasibility results, by a hash of the question and the data versions. */
export function createFeasibilityCache(): Caches['feasibility'] {
  return new LRUCache({ max: CACHED_MAX });
}

/**
 * Returns a cached feasibility result while the question, the catalog, the ledger, the playlists and their policies are unchanged, so that a policy
 * checked while it was edited is not checked again when it is saved. Otherwise runs `check`. A check that throws is not cached,
 * and none is shared while it runs: each stops with its own caller.
 */
export async function withFeasibilityCache(
  deps: Pick<Deps, 'db' | 'caches'>,
  question: unknown,
  check: () => Promise<FeasibilityView>,
): Promise<FeasibilityView> {
  const [catalogVersion, ledgerVersion] = await Promise.all([readCatalogVersion(deps.db), readLedgerVersion(deps.db)]);
  const key = createHash('sha256')
    .update(JSON.stringify([question, catalogVersion, ledgerVersion]))
    .digest('base64');
  const cached = deps.caches.feasibility.get(key);
  if (cached) return cached;
  const result = await check();
  deps.caches.feasibility.set(key, result);
  return result;
}
