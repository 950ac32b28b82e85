import type { Deps } from '#server/deps.ts';
import type { DraftToProve } from '#server/use-cases/policies/create-policy.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { followFeasibility } from './follow-feasibility.ts';

/**
 * Checks whether the lists of a draft can be filled, and waits for the exact result; joins a check that runs already. Null while the catalog is empty.
 * Throws the reason of `signal` when it aborts.
 */
export async function provePolicy(deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>, draft: DraftToProve): Promise<FeasibilityView | null> {
  for await (const { result } of followFeasibility(deps, draft)) if (result) return result;
  return null;
}
