import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import type { Db } from '#server/repos/database.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { listSnapshotStatuses } from '#server/repos/curation/ledger.ts';
import { lockManagerPlan, markManagerPlan, markReplicasLeaving, retirePlaylists, retireReplicas } from '#server/repos/scaling/manager-plans.ts';
import type { ManagerPlanRow } from '#server/repos/scaling/manager-plans.ts';
import { insertPlaylists, lockPlaylists } from '#server/repos/curation/playlists.ts';
import { insertReplica, lockAssignment, reviveReplica } from '#server/repos/sync/replicas.ts';
import type { ScalingAction, ScalingPlanInput } from '#shared/contracts/scaling/scaling.ts';
import { dayOf } from '#shared/domain/days.ts';
import { markerFor } from '#shared/domain/sync/replica-marker.ts';
import type { ScalingFacts } from '#shared/domain/scaling/scaling-facts.ts';
import { additionsOf, renameAdditions, ThemeNames } from '#shared/domain/scaling/scaling-names.ts';
import { planScaling } from '#shared/domain/scaling/scaling.ts';
import { AppError } from '#shared/errors.ts';
import { accountId, day, playlistId, policyId, replicaId } from '#shared/ids.ts';
import { countMusic } from './count-music.ts';
import { gatherFacts } from './gather-facts.ts';
import { hashActions } from './hash-actions.ts';
import { requirePlanAwaitingApproval } from './require-plan-awaiting-approval.ts';

export interface ScalingReceipt {
  readonly playlistsAdded: readonly number[];
  readonly playlistsRetired: number;
  readonly replicasPlaced: number;
  readonly replicasRetired: number;
}

type ApplyDeps = Pick<Deps, 'db' | 'stream' | 'now' | 'caches' | 'newId'>;

/**
 * Executes a plan exactly as shown; the caller passes its hash. Placed replicas reach Spotify through sync plans. Throws `conflict` when the plan was
 * already decided or the network has changed so that it would now be a different plan, and `not_found` when it does not exist.
 *
 * States of a plan: `planned` → `applied`, or `superseded` by a newer plan; `impossible` has nothing to apply.
 */
export async function applyScalingPlan(deps: ApplyDeps, actor: Actor, input: ScalingPlanInput): Promise<ScalingReceipt> {
  requireAdmin(actor);
  const music = await countMusic(deps);
  return deps.db.transaction(async (tx) => {
    await lockAssignment(tx);
    await lockPlaylists(tx);
    const plan = requirePlanAwaitingApproval(await lockManagerPlan(tx, input.planId), input.hash);
    requireUnchanged(plan, await gatherFacts(tx, deps, music));
    const receipt = await executeActions(tx, deps, plan.body.actions);
    const at = deps.now();
    await markManagerPlan(tx, plan.id, { status: 'applied', decidedBy: actorName(actor), decidedAt: at, appliedAt: at });
    const detail = `${receipt.playlistsAdded.length} playlists added, ${receipt.playlistsRetired} retired; ${receipt.replicasPlaced} replicas placed, ${receipt.replicasRetired} retired`;
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at,
      actor: actorName(actor),
      action: 'scaling.plan_applied',
      subject: `manager_plan:${plan.id}`,
      detail,
    });
    await enqueueFollowUp(tx, deps, { receipt, isScheduled: actor.kind === 'system' });
    return receipt;
  });
}

/**
 * Enqueues the follow-up jobs. New playlists are curated, and curation starts sync; if only replicas were placed, today's lists are synced to them. A
 * plan that the scheduler applies before today's curation enqueues nothing: the scheduled curation follows after the day's import.
 */
async function enqueueFollowUp(tx: Db, deps: ApplyDeps, { receipt, isScheduled }: { receipt: ScalingReceipt; isScheduled: boolean }): Promise<void> {
  const today = day.parse(dayOf(deps.now()));
  const isCurated = (await listSnapshotStatuses(tx, today)).size > 0;
  if (isScheduled && !isCurated) return;
  if (receipt.playlistsAdded.length > 0)
    await enqueueJob(tx, 'curate-playlists', {
      payload: { trigger: isScheduled ? 'timetable' : 'admin', startsSync: true },
      key: 'curate-playlists',
      queue: 'curate-playlists',
    });
  if (receipt.replicasPlaced > 0 && isCurated)
    await enqueueJob(tx, 'sync-playlists', { payload: { day: today }, key: `sync:${today}`, queue: 'sync-playlists' });
}

/** Plans again from the current facts and throws `conflict` if the result differs. Names given by a person are kept while they are free. */
function requireUnchanged(plan: ManagerPlanRow, facts: ScalingFacts): void {
  const names = additionsOf(plan.body.actions).map((action) => action.themeTag);
  const actions = renameAdditions(planScaling(facts).actions, names);
  const changed = hashActions(actions) !== plan.hash;
  const themes = new ThemeNames(facts.themes);
  const taken = names.find((name) => themes.isTaken(name));
  if (!changed && taken === undefined) return;
  throw new AppError('conflict', {
    message: changed ? 'The network has changed since this plan was made.' : `There is now a playlist named “${taken}”.`,
    remedy: changed ? 'Create a new plan and review it.' : 'Create a new plan, or rename the new playlist.',
  });
}

async function executeActions(tx: Db, deps: ApplyDeps, actions: readonly ScalingAction[]): Promise<ScalingReceipt> {
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
  const placements = of('place_replica');
  const replaced = placements.flatMap((action) => (action.replaces ? [replicaId.parse(action.replaces.replicaId)] : []));
  await markReplicasLeaving(tx, replaced, at);
  for (const action of placements) {
    const placement = { playlistId: playlistId.parse(action.playlistId), accountId: accountId.parse(action.accountId) };
    if (await reviveReplica(tx, placement)) continue;
    const id = replicaId.parse(deps.newId());
    await insertReplica(tx, { id, ...placement, marker: markerFor(id) });
  }
  return { playlistsAdded: added, playlistsRetired: retirements.length, replicasPlaced: placements.length, replicasRetired: leaving.length };
}
