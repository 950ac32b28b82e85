import { dryRuns, syncPlans } from '#drizzle/schema/index.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type DryRunRow = typeof dryRuns.$inferSelect;

/**
 * Stores a dry run and supersedes every other undecided one, of any day.
 *
 * States: within | waiting → approved | superseded (a newer dry run, or raised limits).
 */
export async function insertDryRun(db: Db, row: typeof dryRuns.$inferInsert): Promise<void> {
  await db.insert(dryRuns).values(row);
  await db
    .update(dryRuns)
    .set({ status: 'superseded' })
    .where(and(inArray(dryRuns.status, ['within', 'waiting']), ne(dryRuns.id, row.id)));
}

export async function findDryRun(db: Db, id: string): Promise<DryRunRow | undefined> {
  const found = await db.select().from(dryRuns).where(eq(dryRuns.id, id));
  return found[0];
}

/** The newest dry run of a day that is not superseded. */
export async function findDryRunOf(db: Db, day: string): Promise<DryRunRow | undefined> {
  const found = await db
    .select()
    .from(dryRuns)
    .where(and(eq(dryRuns.day, day), ne(dryRuns.status, 'superseded')))
    .orderBy(desc(dryRuns.plannedAt))
    .limit(1);
  return found[0];
}

/** Dry runs that wait for approval, without their lines. */
export async function listWaitingDryRuns(db: Db): Promise<{ id: string; day: string; exceeds: string[] }[]> {
  const exceeds = sql<string[]>`array(select jsonb_array_elements_text(${dryRuns.body}->'exceeds'))`;
  return db.select({ id: dryRuns.id, day: dryRuns.day, exceeds }).from(dryRuns).where(eq(dryRuns.status, 'waiting')).orderBy(dryRuns.plannedAt);
}

/** Approves an open dry run by its hash; false when it was already decided or superseded. */
export async function claimDryRun(db: Db, approval: { id: string; hash: string; by: string; at: Date }): Promise<boolean> {
  const claimed = await db
    .update(dryRuns)
    .set({ status: 'approved', approvedBy: approval.by, approvedAt: approval.at })
    .where(and(eq(dryRuns.id, approval.id), eq(dryRuns.hash, approval.hash), inArray(dryRuns.status, ['within', 'waiting'])));
  return claimed.rowCount === 1;
}

/** Supersedes a dry run that is now within the auto-apply limits. */
export async function supersedeDryRun(db: Db, id: string): Promise<void> {
  await db
    .update(dryRuns)
    .set({ status: 'superseded' })
    .where(and(eq(dryRuns.id, id), eq(dryRuns.status, 'waiting')));
}

/** Marks waiting plans as planned: they may be applied automatically. */
export async function markPlansPlanned(db: Db, ids: readonly SyncPlanId[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(syncPlans)
    .set({ status: 'planned' })
    .where(and(inArray(syncPlans.id, [...ids]), eq(syncPlans.status, 'waiting')));
}

/** Marks waiting plans as approved: they may be applied now. */
export async function markPlansApproved(db: Db, ids: readonly SyncPlanId[], approval: { by: string; at: Date }): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(syncPlans)
    .set({ status: 'planned', approvedBy: approval.by, approvedAt: approval.at })
    .where(and(inArray(syncPlans.id, [...ids]), inArray(syncPlans.status, ['planned', 'waiting'])));
}

/** Marks plans as waiting for approval: they may not be applied automatically. */
export async function markPlansWaiting(db: Db, ids: readonly SyncPlanId[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(syncPlans)
    .set({ status: 'waiting' })
    .where(and(inArray(syncPlans.id, [...ids]), eq(syncPlans.status, 'planned')));
}
