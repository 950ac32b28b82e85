import type { Caches, Deps } from '#server/deps.ts';
import { readCatalogVersion, readLedgerVersion } from '#server/repos/catalog/catalog-version.ts';
import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import { createHash } from 'node:crypto';
import { SharedChecks } from './shared-checks.ts';
import type { StartCheck } from './shared-checks.ts';

/** Creates the cache of feasibility checks, by a hash of the question and the data versions. */
export function createFeasibilityCache(): Caches['feasibility'] {
  return new SharedChecks();
}

/**
 * Follows the check of a question: the one that runs, its result while the catalog, the ledger, the playlists and their policies are unchanged, or a new
 * one. So a policy that was checked while it was edited is not checked again when it is saved. Throws the reason of `signal` when it aborts.
 */
export async function* followCachedCheck(
  deps: Pick<Deps, 'db' | 'caches'>,
  question: unknown,
  { start, signal }: { readonly start: StartCheck; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<FeasibilityCheckView, void> {
  const [catalogVersion, ledgerVersion] = await Promise.all([readCatalogVersion(deps.db), readLedgerVersion(deps.db)]);
  const key = createHash('sha256')
    .update(JSON.stringify([question, catalogVersion, ledgerVersion]))
    .digest('base64');
  yield* deps.caches.feasibility.follow(key, { start, signal });
}
