import type { Deps } from '#server/deps.ts';
import { readCatalogVersion, readLedgerVersion } from '#server/repos/catalog/catalog-version.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { createHash } from 'node:crypto';

/** Enough for the drafts of one editing session, and for other users. */
const CACHED_MAX = 100;

/** Results by a hash of the question and the data versions; only a cache of this process. */
const CACHE = new WeakMap<Deps['db'], Map<string, FeasibilityView>>();

/**
 * Returns a cached feasibility result while the question, the catalog, the ledger, the playlists and their policies are unchanged, so that a policy
 * checked while it was edited is not checked again when it is saved. Otherwise runs `check`. A check that throws is not cached.
 */
export async function withFeasibilityCache(
  deps: Pick<Deps, 'db'>,
  question: unknown,
  check: () => Promise<FeasibilityView>,
): Promise<FeasibilityView> {
  const [catalogVersion, ledgerVersion] = await Promise.all([readCatalogVersion(deps.db), readLedgerVersion(deps.db)]);
  const key = createHash('sha256')
    .update(JSON.stringify([question, catalogVersion, ledgerVersion]))
    .digest('base64');
  const results = CACHE.get(deps.db) ?? new Map<string, FeasibilityView>();
  CACHE.set(deps.db, results);
  const cached = results.get(key);
  if (cached) return cached;
  const result = await check();
  results.set(key, result);
  const [oldest] = results.keys();
  if (results.size > CACHED_MAX && oldest !== undefined) results.delete(oldest);
  return result;
}
