import { managerPlans, playlistAccountMap, playlists } from '#drizzle/schema/index.ts';
import type { ScalingPlanBody } from '#shared/contracts/scaling/scaling.ts';
import type { PlaylistId, ReplicaId } from '#shared/ids.ts';
import type { ManagerPlanStatus } from '#shared/vocabulary.ts';
import { desc, eq, inArray } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type ManagerPlanRow = typeof managerPlans.$inferSelect;

interface NewManagerPlan {
  readonly id: string;
  readonly hash: string;
  readonly status: ManagerPlanStatus;
  readonly statusReason: string | null;
  readonly body: ScalingPlanBody;
  readonly plannedBy: string;
  readonly plannedAt: Date;
}

/**
 * Stores a plan and supersedes the waiting one, so that at most one plan waits.
 *
 * Plan states: planned → approved → applied; planned → superseded (a newer plan replaced it); impossible (no plan can meet the settings).
 */
export async function insertManagerPlan(db: Db, plan: NewManagerPlan): Promise<void> {
  await db
    .update(managerPlans)
    .set({ status: 'superseded', statusReason: 'A newer plan replaced this one.' })
    .where(eq(managerPlans.status, 'planned'));
  await db.insert(managerPlans).values({ ...plan, day: plan.body.day });
}

/** Reads a plan and locks it until the transaction ends. */
export async function lockManagerPlan(db: Db, id: string): Promise<ManagerPlanRow | undefined> {
  return (await db.select().from(managerPlans).where(eq(managerPlans.id, id)).for('update'))[0];
}

/** Newest first. */
export async function listManagerPlans(db: Db, limit: number): Promise<ManagerPlanRow[]> {
  return db.select().from(managerPlans).orderBy(desc(managerPlans.plannedAt)).limit(limit);
}

export async function markManagerPlan(
  db: Db,
  id: string,
  change: Partial<Pick<ManagerPlanRow, 'status' | 'statusReason' | 'decidedBy' | 'decidedAt' | 'appliedAt'>>,
): Promise<void> {
  await db.update(managerPlans).set(change).where(eq(managerPlans.id, id));
}

/** Replaces the body and hash of a waiting plan. */
export async function rewriteManagerPlan(db: Db, id: string, change: Pick<ManagerPlanRow, 'hash' | 'body'>): Promise<void> {
  await db.update(managerPlans).set(change).where(eq(managerPlans.id, id));
}

/** Retires playlists with all their replicas: they are no longer curated or synced; the ledger and Spotify keep what they have. */
export async function retirePlaylists(db: Db, ids: readonly PlaylistId[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await db.update(playlists).set({ status: 'retired', retiredAt: at }).where(inArray(playlists.id, ids));
  await db
    .update(playlistAccountMap)
    .set({ status: 'retired', retiredAt: at, leavingSince: null })
    .where(inArray(playlistAccountMap.playlistId, ids));
}

/** Retires replicas: they are no longer synced. */
export async function retireReplicas(db: Db, ids: readonly ReplicaId[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await db.update(playlistAccountMap).set({ status: 'retired', retiredAt: at, leavingSince: null }).where(inArray(playlistAccountMap.id, ids));
}

/** Marks replicas that have a successor: they stay synced until it is live. */
export async function markReplicasLeaving(db: Db, ids: readonly ReplicaId[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await db.update(playlistAccountMap).set({ leavingSince: at }).where(inArray(playlistAccountMap.id, ids));
}
