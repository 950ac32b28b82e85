import type { Deps } from '#server/deps.ts';
import { abandonOpenOperations, insertOperations } from '#server/repos/sync/sync-operations.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { findSyncPlan, findWaitingPlan, insertSyncPlan, markOpenPlansStale } from '#server/repos/sync/sync-plans.ts';
import type { SyncPlanBody, SyncStep } from '#shared/contracts/sync/sync.ts';
import { syncPlanId } from '#shared/ids.ts';
import type { ReplicaId, SyncPlanId } from '#shared/ids.ts';
import type { ReplicaSession } from '../apply/with-replica-lock.ts';
import { coverEffect } from '../covers/cover-effect.ts';
import { hashPlan } from './plan-hash.ts';

interface NewPlan {
  readonly body: SyncPlanBody;
  readonly plannedBy: string;
  readonly note: string | null;
}

/** Stores a plan with its operations, or returns the identical open one. Any other open plan of this replica becomes stale. */
export async function storePlan(writer: ReplicaSession, plan: NewPlan): Promise<SyncPlanRow> {
  const hash = hashPlan(plan.body);
  return writer.db.transaction(async (tx) => {
    const waiting = await findWaitingPlan(tx, writer.replica.id, hash);
    const reason = 'A newer plan replaced this one.';
    await markOpenPlansStale(tx, writer.replica.id, waiting ? { reason, keep: waiting.id } : { reason });
    await abandonOpenOperations(tx, writer.replica.id, writer.deps.now());
    if (waiting) return waiting;
    const id = syncPlanId.parse(writer.deps.newId());
    await insertSyncPlan(tx, {
      id,
      replicaId: writer.replica.id,
      batchTag: plan.body.batchTag,
      hash,
      statusReason: plan.note,
      body: plan.body,
      requestCost: plan.body.cost.reads + plan.body.cost.writes,
      plannedBy: plan.plannedBy,
      plannedAt: writer.deps.now(),
    });
    await insertOperations(tx, operationsOf(writer.deps, { planId: id, replicaId: writer.replica.id }, plan.body));
    const stored = await findSyncPlan(tx, id);
    if (!stored) throw new Error('A stored plan was not found again.');
    return stored;
  });
}

/** One operation for each request of a plan. A create and a cover have the same key however often they are planned. */
export function operationsOf(deps: Pick<Deps, 'newId'>, { planId, replicaId }: { planId: SyncPlanId; replicaId: ReplicaId }, body: SyncPlanBody) {
  const effectKeyOf = (step: SyncStep): string | undefined => {
    if (step.kind === 'create') return `create:${replicaId}`;
    return step.kind === 'cover' ? coverEffect(replicaId, step.sha256) : undefined;
  };
  return body.steps.map((step, index) => ({
    id: deps.newId(),
    planId,
    sequence: index + 1,
    kind: step.kind,
    effectKey: effectKeyOf(step) ?? `${step.kind}:${planId}:${index + 1}`,
  }));
}
