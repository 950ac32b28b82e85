import type { Deps } from '#server/deps.ts';
import { readCatalogueVersion, readLedgerVersion } from '#server/repos/catalog/catalog-version.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { createHash } from 'node:crypto';

/** As many as a person tries in a sitting, with room for others. */
const KEPT_MAX = 100;

/** Verdicts by what was asked and what they were reached on: a cache of this process, never a truth of its own. */
const KEPT = new WeakMap<Deps['db'], Map<string, FeasibilityView>>();

/**
 * Answers a verdict again while neither the question nor the catalogue, the ledger, the playlists or their policies have changed since it was
 * reached: what was proved while a policy was written is not proved once more when it is saved. A judgement that is broken off is not kept.
 */
export async function keepVerdict(deps: Pick<Deps, 'db'>, question: unknown, judge: () => Promise<FeasibilityView>): Promise<FeasibilityView> {
  const [catalogue, ledger] = await Promise.all([readCatalogueVersion(deps.db), readLedgerVersion(deps.db)]);
  const key = createHash('sha256')
    .update(JSON.stringify([question, catalogue, ledger]))
    .digest('base64');
  const kept = KEPT.get(deps.db) ?? new Map<string, FeasibilityView>();
  KEPT.set(deps.db, kept);
  const known = kept.get(key);
  if (known) return known;
  const verdict = await judge();
  kept.set(key, verdict);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  return verdict;
}
