import type { Deps } from '#server/deps.ts';
import { abandonOpenOperations, insertOperations } from '#server/repos/sync/sync-operations.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { findSyncPlan, findWaitingPlan, insertSyncPlan, markOpenPlansStale } from '#server/repos/sync/sync-plans.ts';
import type { SyncPlanBody, SyncStep } from '#shared/contracts/sync/sync.ts';
import { syncPlanId } from '#shared/ids.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import type { PlaylistSession } from '../apply/playlist-session.ts';
import type { PlanOwner } from '#server/repos/sync/plan-owner.ts';
import { coverEffect } from '../covers/cover-effect.ts';
import { hashPlan } from './plan-hash.ts';

interface NewPlan {
  readonly body: SyncPlanBody;
  readonly plannedBy: string;
  readonly note: string | null;
}

/** Stores a plan with its operations, or returns the identical open one. Any other open plan of the same playlist becomes stale. */
export async function storePlan(writer: PlaylistSession, plan: NewPlan): Promise<SyncPlanRow> {
  const hash = hashPlan(plan.body);
  return writer.db.transaction(async (tx) => {
    const waiting = await findWaitingPlan(tx, writer.owner, hash);
    const reason = 'A newer plan replaced this one.';
    await markOpenPlansStale(tx, writer.owner, waiting ? { reason, keep: waiting.id } : { reason });
    await abandonOpenOperations(tx, writer.owner, writer.deps.now());
    if (waiting) return waiting;
    const id = syncPlanId.parse(writer.deps.newId());
    await insertSyncPlan(tx, {
      id,
      ...writer.owner,
      batchTag: plan.body.batchTag,
      hash,
      statusReason: plan.note,
      body: plan.body,
      requestCost: plan.body.cost.reads + plan.body.cost.writes,
      plannedBy: plan.plannedBy,
      plannedAt: writer.deps.now(),
    });
    await insertOperations(tx, operationsOf(writer.deps, { planId: id, of: writer.owner }, plan.body));
    const stored = await findSyncPlan(tx, id);
    if (!stored) throw new Error('A stored plan was not found again.');
    return stored;
  });
}

/** One operation for each request of a plan. A create and a cover have the same key however often they are planned. */
export function operationsOf(deps: Pick<Deps, 'newId'>, { planId, of }: { planId: SyncPlanId; of: PlanOwner }, body: SyncPlanBody) {
  const effectKeyOf = (step: SyncStep): string | undefined => {
    if (step.kind === 'create') return `create:${'replicaId' in of ? of.replicaId : of.ownPlaylistId}`;
    return step.kind === 'cover' && 'replicaId' in of ? coverEffect(of.replicaId, step.sha256) : undefined;
  };
  return body.steps.map((step, index) => ({
    id: deps.newId(),
    planId,
    sequence: index + 1,
    kind: step.kind,
    effectKey: effectKeyOf(step) ?? `${step.kind}:${planId}:${index + 1}`,
  }));
}
