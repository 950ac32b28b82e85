import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import type { Db } from '#server/repos/database.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { lockManagerPlan, markManagerPlan, retirePlaylists, retireReplicas, reviveReplica } from '#server/repos/manager-plans.ts';
import type { ManagerPlanRow } from '#server/repos/manager-plans.ts';
import { insertPlaylists } from '#server/repos/playlists.ts';
import { insertReplica, lockAssignment } from '#server/repos/replicas.ts';
import type { ScalingAction, ScalingPlanInput } from '#shared/contracts/scaling.ts';
import { markerFor } from '#shared/domain/naming.ts';
import { planScaling } from '#shared/domain/scaling.ts';
import { AppError } from '#shared/errors.ts';
import { accountId, playlistId, policyId, replicaId } from '#shared/ids.ts';
import { gatherFacts } from './gather-facts.ts';
import { hashActions } from './make-scaling-plan.ts';

export interface ScalingReceipt {
  readonly added: readonly number[];
  readonly retired: number;
  readonly placed: number;
  readonly left: number;
}

type Write = Pick<Deps, 'db' | 'now' | 'newId'>;

/**
 * Carries out a plan exactly as it was shown; whoever applies it names its hash. What is placed reaches Spotify through sync plans. Throws
 * `conflict` when somebody was faster or the network has changed so that the plan would now be another one, `not_found` when it is gone.
 */
export async function applyScalingPlan(deps: Write, actor: Actor, input: ScalingPlanInput): Promise<ScalingReceipt> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    await lockAssignment(tx);
    const plan = requireWaiting(await lockManagerPlan(tx, input.planId), input.hash);
    const current = planScaling(await gatherFacts(tx, deps));
    if (hashActions(current) !== plan.hash)
      throw new AppError('conflict', {
        message: 'The network has changed since this plan was made.',
        remedy: 'Plan again and look at the new plan.',
      });
    const receipt = await carryOut(tx, deps, plan.body.actions);
    const at = deps.now();
    await markManagerPlan(tx, plan.id, { status: 'applied', decidedBy: actorName(actor), decidedAt: at, appliedAt: at });
    const detail = `${receipt.added.length} added, ${receipt.retired} retired, ${receipt.placed} placed, ${receipt.left} left`;
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at,
      actor: actorName(actor),
      action: 'scaling.plan_applied',
      subject: `manager_plan:${plan.id}`,
      detail,
    });
    // New lists are curated, and curation hands over to sync, where each new replica is a plan of its own.
    if (receipt.added.length + receipt.placed > 0)
      await enqueueJob(tx, 'curate-playlists', { payload: { trigger: 'timetable' }, key: 'curate-playlists', queue: 'curate-playlists' });
    return receipt;
  });
}

function requireWaiting(plan: ManagerPlanRow | undefined, hash: string): ManagerPlanRow {
  if (!plan) throw new AppError('not_found', { message: 'This scaling plan is not here any more.', remedy: 'Plan again.' });
  if (plan.status !== 'planned') {
    throw new AppError('conflict', {
      message: plan.status === 'applied' ? 'This plan has been applied already.' : (plan.statusReason ?? 'This plan no longer waits.'),
      remedy: 'Look at the newest plan.',
    });
  }
  if (plan.hash !== hash) {
    throw new AppError('conflict', {
      message: 'This is not the plan that you saw.',
      remedy: 'Look at the plan again before applying it.',
      field: 'hash',
    });
  }
  return plan;
}

async function carryOut(tx: Db, deps: Write, actions: readonly ScalingAction[]): Promise<ScalingReceipt> {
  const at = deps.now();
  const of = <K extends ScalingAction['kind']>(kind: K) =>
    actions.filter((action): action is Extract<ScalingAction, { kind: K }> => action.kind === kind);
  const additions = of('add_playlist').map((action) => ({
    id: playlistId.parse(deps.newId()),
    themeTag: action.themeTag,
    blurb: null,
    policyId: policyId.parse(action.policyId),
    createdAt: at,
  }));
  const added = additions.length > 0 ? await insertPlaylists(tx, additions) : [];
  const retirements = of('retire_playlist').map((action) => playlistId.parse(action.playlistId));
  await retirePlaylists(tx, retirements, at);
  const leaving = of('retire_replica').map((action) => replicaId.parse(action.replicaId));
  await retireReplicas(tx, leaving, at);
  const places = of('place_replica');
  for (const action of places) {
    const place = { playlistId: playlistId.parse(action.playlistId), accountId: accountId.parse(action.accountId) };
    if (await reviveReplica(tx, place)) continue;
    const id = replicaId.parse(deps.newId());
    await insertReplica(tx, { id, ...place, marker: markerFor(id) });
  }
  return { added, retired: retirements.length, placed: places.length, left: leaving.length };
}
