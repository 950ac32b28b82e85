import { syncOperations, syncPlans } from '#drizzle/schema/index.ts';
import type { SyncReceipt } from '#shared/contracts/sync/sync.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import { and, asc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { isPlanOf } from './plan-owner.ts';
import type { PlanOwner } from './plan-owner.ts';

export type SyncOperationRow = typeof syncOperations.$inferSelect;

export async function insertOperations(db: Db, operations: readonly (typeof syncOperations.$inferInsert)[]): Promise<void> {
  if (operations.length > 0) await db.insert(syncOperations).values([...operations]);
}

export async function listOperations(db: Db, planId: SyncPlanId): Promise<SyncOperationRow[]> {
  return db.select().from(syncOperations).where(eq(syncOperations.planId, planId)).orderBy(asc(syncOperations.sequence));
}

/**
 * Records, before sending, that a request is about to be sent; afterwards the row shows that it may have been.
 *
 * Operation states: planned → intended → applied (with receipt) | abandoned (known not to have happened, or superseded).
 */
export async function markIntended(db: Db, id: string, intent: { at: Date; knownIdsBefore?: readonly string[] }): Promise<void> {
  await db
    .update(syncOperations)
    .set({
      state: 'intended',
      attempts: sql`${syncOperations.attempts} + 1`,
      intendedAt: intent.at,
      ...(intent.knownIdsBefore ? { knownIdsBefore: [...intent.knownIdsBefore] } : {}),
    })
    .where(eq(syncOperations.id, id));
}

export async function markApplied(db: Db, id: string, done: { receipt: SyncReceipt; at: Date }): Promise<void> {
  await db.update(syncOperations).set({ state: 'applied', receipt: done.receipt, finishedAt: done.at }).where(eq(syncOperations.id, id));
}

/** Marks an operation as abandoned: it is known not to have happened. */
export async function abandonOperation(db: Db, id: string, at: Date): Promise<void> {
  await db.update(syncOperations).set({ state: 'abandoned', finishedAt: at }).where(eq(syncOperations.id, id));
}

/**
 * Abandons open operations of a playlist's closed plans: a later plan starts from what Spotify shows, so none is sent again. A create that may have
 * been sent stays open until its outcome is known.
 */
export async function abandonOpenOperations(db: Db, owner: PlanOwner, at: Date): Promise<void> {
  await db.execute(sql`
    update sync_operations o set state = 'abandoned', finished_at = ${at.toISOString()}::timestamptz
    from sync_plans p where p.id = o.plan_id and ${'replicaId' in owner ? sql`p.replica_id = ${owner.replicaId}::uuid` : sql`p.own_playlist_id = ${owner.ownPlaylistId}::uuid`} and p.status in ('stale', 'failed')
      and (o.state = 'planned' or (o.state = 'intended' and o.kind <> 'create'))`);
}

/** Creates of a playlist with unknown outcome, the latest intent first. */
export async function listUnresolvedCreates(db: Db, owner: PlanOwner): Promise<SyncOperationRow[]> {
  const found = await db
    .select({ operation: syncOperations })
    .from(syncOperations)
    .innerJoin(syncPlans, eq(syncPlans.id, syncOperations.planId))
    .where(and(isPlanOf(owner), eq(syncOperations.kind, 'create'), eq(syncOperations.state, 'intended')))
    .orderBy(sql`${syncOperations.intendedAt} desc`);
  return found.map((row) => row.operation);
}

/** The last sent create of a playlist, whatever its outcome. */
export async function findLatestCreate(db: Db, owner: PlanOwner): Promise<SyncOperationRow | undefined> {
  const found = await db
    .select({ operation: syncOperations })
    .from(syncOperations)
    .innerJoin(syncPlans, eq(syncPlans.id, syncOperations.planId))
    .where(and(isPlanOf(owner), eq(syncOperations.kind, 'create'), isNotNull(syncOperations.intendedAt)))
    .orderBy(sql`${syncOperations.intendedAt} desc`)
    .limit(1);
  return found[0]?.operation;
}

/** How often a create was sent under this key since a moment: limits how often a failing create is repeated. */
export async function countCreatesSent(db: Db, effectKey: string, since: Date): Promise<number> {
  const found = await db
    .select({ sent: sql<number>`coalesce(sum(${syncOperations.attempts}), 0)::int` })
    .from(syncOperations)
    .where(and(eq(syncOperations.effectKey, effectKey), gt(syncOperations.intendedAt, since)));
  return found[0]?.sent ?? 0;
}

/** Abandons the covers of a plan whose outcome is not known. */
export async function abandonCovers(db: Db, planId: SyncPlanId, at: Date): Promise<void> {
  const isOpen = and(eq(syncOperations.planId, planId), eq(syncOperations.kind, 'cover'), inArray(syncOperations.state, ['planned', 'intended']));
  await db.update(syncOperations).set({ state: 'abandoned', finishedAt: at }).where(isOpen);
}

/** Whether a request with this effect was sent since a moment, whatever its outcome. */
export async function wasSentSince(db: Db, effectKey: string, since: Date): Promise<boolean> {
  const sent = and(eq(syncOperations.effectKey, effectKey), gt(syncOperations.intendedAt, since));
  return (await db.select({ id: syncOperations.id }).from(syncOperations).where(sent).limit(1)).length > 0;
}
