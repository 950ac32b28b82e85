import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertManagerPlan } from '#server/repos/manager-plans.ts';
import { sha256 } from '#server/use-cases/sync/plan-hash.ts';
import type { ScalingPlanBody } from '#shared/contracts/scaling.ts';
import { planScaling } from '#shared/domain/scaling.ts';
import type { ManagerPlanStatus } from '#shared/vocabulary.ts';
import { gatherFacts } from './gather-facts.ts';

export interface StoredScalingPlan {
  readonly id: string;
  readonly hash: string;
  readonly body: ScalingPlanBody;
}

/** Decides anew how many playlists there should be and where they stand, and stores that as the plan that waits. Changes nothing else. */
export async function makeScalingPlan(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor): Promise<StoredScalingPlan> {
  requireAdmin(actor);
  const body = planScaling(await gatherFacts(deps.db, deps));
  const plan = { id: deps.newId(), hash: hashActions(body), body };
  const status: ManagerPlanStatus = body.actions.length > 0 ? 'planned' : body.impossible.length > 0 ? 'impossible' : 'applied';
  const statusReason = status === 'applied' ? 'Nothing has to change.' : (body.impossible[0] ?? null);
  const stored = { ...plan, status, statusReason, plannedBy: actorName(actor), plannedAt: deps.now() };
  await deps.db.transaction((tx) => insertManagerPlan(tx, stored));
  return plan;
}

/** Names what a plan would do; the same actions have the same hash whatever was counted on the way to them. */
export function hashActions(body: ScalingPlanBody): string {
  return sha256(JSON.stringify(body.actions.map((action) => Object.entries(action).toSorted(([a], [b]) => (a < b ? -1 : 1)))));
}
