import type { Deps } from '#server/deps.ts';
import type { Database } from '#server/repos/database.ts';
import { markOpenPlansEnded, listOpenPlans, markManySynced } from '#server/repos/sync/unedited-replicas.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import { insertOperations } from '#server/repos/sync/sync-operations.ts';
import { insertSyncPlans } from '#server/repos/sync/sync-plans.ts';
import type { SyncPlanBody } from '#shared/contracts/sync/sync.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import { syncPlanId } from '#shared/ids.ts';
import { hashPlan } from './plan-hash.ts';
import { operationsOf } from './store-plan.ts';

/** A plan for an unedited replica. */
export interface UneditedPlan {
  readonly target: SyncTarget;
  readonly body: SyncPlanBody;
  /** Null where the playlist does not exist yet. */
  readonly snapshotId: string | null;
}

/** `unchanged`, or the stored plan. */
export type PlanningOutcome = 'unchanged' | { readonly id: SyncPlanId; readonly hash: string; readonly body: SyncPlanBody };

interface Batch {
  readonly plans: readonly UneditedPlan[];
  readonly day: string;
  readonly plannedBy: string;
}

/** Stores plans together. An identical open plan is reused; any other open plan of the same replica becomes stale. */
export async function storePlans(deps: Pick<Deps, 'now' | 'newId'>, db: Database, batch: Batch): Promise<ReadonlyMap<SyncTarget, PlanningOutcome>> {
  const at = deps.now();
  const outcomes = new Map<SyncTarget, PlanningOutcome>();
  if (batch.plans.length === 0) return outcomes;
  await db.transaction(async (tx) => {
    const ids = batch.plans.map(({ target }) => target.replica.id);
    const open = await listOpenPlans(tx, ids);
    const known = new Map(open.map((plan) => [`${plan.replicaId} ${plan.hash}`, plan.id]));
    const changing = batch.plans.filter(({ body }) => body.steps.length > 0).map((plan) => ({ ...plan, hash: hashPlan(plan.body) }));
    const plansWithIds = changing.map((plan) => ({
      ...plan,
      keptId: known.get(`${plan.target.replica.id} ${plan.hash}`),
      id: syncPlanId.parse(deps.newId()),
    }));
    await markOpenPlansEnded(tx, ids, { keep: plansWithIds.flatMap(({ keptId }) => keptId ?? []), reason: 'A newer plan replaced this one.', at });
    const added = plansWithIds.filter(({ keptId }) => keptId === undefined);
    await insertSyncPlans(
      tx,
      added.map(({ id, hash, body, target }) => ({
        id,
        hash,
        body,
        replicaId: target.replica.id,
        batchTag: batch.day,
        requestCost: body.cost.reads + body.cost.writes,
        plannedBy: batch.plannedBy,
        plannedAt: at,
      })),
    );
    await insertOperations(
      tx,
      added.flatMap(({ id, body, target }) => operationsOf(deps, { planId: id, of: { replicaId: target.replica.id } }, body)),
    );
    const unchanged = batch.plans.filter(({ body }) => body.steps.length === 0);
    await markManySynced(
      tx,
      unchanged.flatMap(({ target, snapshotId }) => (snapshotId === null ? [] : [{ id: target.replica.id, snapshotId }])),
      { day: batch.day, at },
    );
    for (const { target } of unchanged) outcomes.set(target, 'unchanged');
    for (const { target, id, keptId, hash, body } of plansWithIds) outcomes.set(target, { id: keptId ?? id, hash, body });
  });
  return outcomes;
}
