import { accounts, playlistAccountMap, playlists, syncPlans } from '#drizzle/schema/index.ts';
import type { ReplicaId, SyncPlanId } from '#shared/ids.ts';
import type { SyncPlanStatus } from '#shared/vocabulary.ts';
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type SyncPlanRow = typeof syncPlans.$inferSelect;

/** A plan with the names of what it is for. */
export interface NamedPlan {
  readonly plan: SyncPlanRow;
  readonly playlistIndex: number;
  readonly themeTag: string;
  readonly account: string;
}

const OPEN: readonly SyncPlanStatus[] = ['planned', 'waiting', 'applying'];
/** A plan that takes a playlist off the account stands beside the plan that edits one. */
const IS_EDIT = sql`not jsonb_exists(${syncPlans.body}, 'unfollow')`;

const named = { plan: syncPlans, playlistIndex: playlists.globalIndex, themeTag: playlists.themeTag, account: accounts.displayName };

export async function insertSyncPlan(db: Db, plan: typeof syncPlans.$inferInsert): Promise<void> {
  await db.insert(syncPlans).values(plan);
}

export async function insertSyncPlans(db: Db, plans: readonly (typeof syncPlans.$inferInsert)[]): Promise<void> {
  if (plans.length > 0) await db.insert(syncPlans).values([...plans]);
}

export async function findSyncPlan(db: Db, id: SyncPlanId): Promise<SyncPlanRow | undefined> {
  const found = await db.select().from(syncPlans).where(eq(syncPlans.id, id));
  return found[0];
}

export async function findNamedPlan(db: Db, id: SyncPlanId): Promise<NamedPlan | undefined> {
  const found = await namedPlans(db).where(eq(syncPlans.id, id));
  return found[0];
}

/** The plan of that replica that waits to be applied or approved and is exactly this one. */
export async function findWaitingPlan(db: Db, replicaId: ReplicaId, hash: string): Promise<SyncPlanRow | undefined> {
  const found = await db
    .select()
    .from(syncPlans)
    .where(and(eq(syncPlans.replicaId, replicaId), inArray(syncPlans.status, ['planned', 'waiting']), eq(syncPlans.hash, hash)));
  return found[0];
}

/** The plan that somebody was applying to that replica; under its writer lock that is one that was interrupted. */
export async function findApplyingPlan(db: Db, replicaId: ReplicaId): Promise<SyncPlanRow | undefined> {
  const found = await db
    .select()
    .from(syncPlans)
    .where(and(eq(syncPlans.replicaId, replicaId), eq(syncPlans.status, 'applying'), IS_EDIT))
    .orderBy(desc(syncPlans.plannedAt));
  return found[0];
}

/** Plans that edit playlists on a day, the newest of each replica only, in the order of the playlists' numbers. */
export async function listSyncPlans(db: Db, day: string): Promise<NamedPlan[]> {
  const newest = sql`${syncPlans.id} in (select distinct on (p.replica_id) p.id from sync_plans p where p.batch_tag = ${day}::date
    and not jsonb_exists(p.body, 'unfollow') order by p.replica_id, (p.status = 'stale'), p.planned_at desc, p.id)`;
  return namedPlans(db).where(newest).orderBy(asc(playlists.globalIndex), asc(accounts.displayName), desc(syncPlans.plannedAt));
}

/** Ends every open plan that edits a replica as stale, except the one to keep; returns their ids. */
export async function markOpenPlansStale(db: Db, replicaId: ReplicaId, stale: { reason: string; keep?: SyncPlanId }): Promise<SyncPlanId[]> {
  const changed = await db
    .update(syncPlans)
    .set({ status: 'stale', statusReason: stale.reason })
    .where(
      and(
        eq(syncPlans.replicaId, replicaId),
        inArray(syncPlans.status, [...OPEN]),
        IS_EDIT,
        stale.keep ? sql`${syncPlans.id} <> ${stale.keep}` : undefined,
      ),
    )
    .returning({ id: syncPlans.id });
  return changed.map((row) => row.id);
}

/** Takes an open plan into application; false when it is no longer open. */
export async function claimSyncPlan(db: Db, id: SyncPlanId): Promise<boolean> {
  const claimed = await db
    .update(syncPlans)
    .set({ status: 'applying' })
    .where(and(eq(syncPlans.id, id), inArray(syncPlans.status, ['planned', 'waiting'])));
  return claimed.rowCount === 1;
}

/** Ends a plan that is being applied, with the reason where there is one to tell. */
export async function markSyncPlan(db: Db, id: SyncPlanId, end: { status: SyncPlanStatus; reason: string | null; appliedAt?: Date }): Promise<void> {
  await db
    .update(syncPlans)
    .set({ status: end.status, statusReason: end.reason, appliedAt: end.appliedAt ?? null })
    .where(eq(syncPlans.id, id));
}

function namedPlans(db: Db) {
  return db
    .select(named)
    .from(syncPlans)
    .innerJoin(playlistAccountMap, eq(playlistAccountMap.id, syncPlans.replicaId))
    .innerJoin(playlists, eq(playlists.id, playlistAccountMap.playlistId))
    .innerJoin(accounts, eq(accounts.id, playlistAccountMap.accountId));
}
