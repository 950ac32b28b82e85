import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertManagerPlan } from '#server/repos/scaling/manager-plans.ts';
import type { ScalingPlanBody } from '#shared/contracts/scaling/scaling.ts';
import { planScaling } from '#shared/domain/scaling/scaling.ts';
import type { ManagerPlanStatus } from '#shared/vocabulary.ts';
import { countMusic } from './count-music.ts';
import { gatherFacts } from './gather-facts.ts';
import { hashActions } from './hash-actions.ts';

export interface StoredScalingPlan {
  readonly id: string;
  readonly hash: string;
  readonly body: ScalingPlanBody;
}

/** Calculates how many playlists there should be and on which accounts, and stores the result as the current plan. Changes nothing else. */
export async function makeScalingPlan(deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches' | 'newId'>, actor: Actor): Promise<StoredScalingPlan> {
  requireAdmin(actor);
  const body = planScaling(await gatherFacts(deps.db, deps, await countMusic(deps)));
  const plan = { id: deps.newId(), hash: hashActions(body.actions), body };
  const status: ManagerPlanStatus = body.actions.length > 0 ? 'planned' : body.impossible.length > 0 ? 'impossible' : 'applied';
  const statusReason = status === 'applied' ? 'No changes needed.' : (body.impossible[0] ?? null);
  const stored = { ...plan, status, statusReason, plannedBy: actorName(actor), plannedAt: deps.now() };
  await deps.db.transaction((tx) => insertManagerPlan(tx, stored));
  return plan;
}
