import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listSyncPlanRows as listNamedPlans } from '#server/repos/sync/sync-plans.ts';
import type { ListSyncPlansInput } from '#shared/contracts/sync/sync-inputs.ts';
import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import { dayOf } from '#shared/domain/days.ts';
import { viewSyncPlan } from './view-sync-plan.ts';

/** The newest plan of each playlist for a day (default: today in UTC), ordered by playlist number. */
export async function listSyncPlans(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: ListSyncPlansInput): Promise<SyncPlanView[]> {
  requireAdmin(actor);
  const plans = await listNamedPlans(deps.db, input.day ?? dayOf(deps.now()));
  return plans.map((plan) => viewSyncPlan(plan));
}
