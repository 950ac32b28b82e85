import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { ApplyManySyncPlansInput } from '#shared/contracts/sync/sync-inputs.ts';
import { AppError } from '#shared/errors.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import { applySyncPlan } from './apply-sync-plan.ts';
import { isRateLimit } from './sync-errors.ts';

export interface AppliedMany {
  readonly applied: number;
  readonly failed: readonly { readonly planId: SyncPlanId; readonly message: string }[];
}

/**
 * Applies plans in order, each by its hash. A failed plan is reported and the rest continue; a rate limit ends the run and fails the remaining plans.
 */
export async function applyManySyncPlans(
  deps: Deps,
  actor: Actor,
  input: ApplyManySyncPlansInput & { signal?: AbortSignal | undefined },
): Promise<AppliedMany> {
  requireAdmin(actor);
  const failed: { planId: SyncPlanId; message: string }[] = [];
  let applied = 0;
  let limited: AppError | undefined;
  for (const plan of input.plans) {
    if (limited) {
      failed.push({ planId: plan.planId, message: limited.message });
      continue;
    }
    try {
      await applySyncPlan(deps, actor, { ...plan, signal: input.signal });
      applied += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed.push({ planId: plan.planId, message: error.message });
      if (isRateLimit(error)) limited = error;
    }
  }
  return { applied, failed };
}
