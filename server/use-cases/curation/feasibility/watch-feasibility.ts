import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { requireNoPriorityCycle } from '#server/use-cases/policies/require-no-priority-cycle.ts';
import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import type { WatchFeasibilityInput } from '#shared/contracts/policies/policy-inputs.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { followFeasibility } from './follow-feasibility.ts';

/**
 * Checks a draft and returns the states of the check as they come: a first answer by counting, the simulated days, the exact result, the nearest
 * feasible policy. Throws `invalid_input` for an invalid policy. The check ends when nobody follows it any more.
 */
export async function watchFeasibility(
  deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>,
  actor: Actor,
  { body, ...draft }: WatchFeasibilityInput & { readonly signal?: AbortSignal | undefined },
): Promise<AsyncGenerator<FeasibilityCheckView, void>> {
  requireAdmin(actor);
  const policy = parsePolicy(body);
  await requireNoPriorityCycle(deps, policy, draft.familyId);
  return followFeasibility(deps, { ...draft, policy, familyId: draft.familyId });
}
