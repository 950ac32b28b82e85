import { accounts, playlistAccountMap, playlists, syncPlans } from '#drizzle/schema/index.ts';
import type { ReplicaId, SyncPlanId } from '#shared/ids.ts';
import type { SyncPlanStatus } from '#shared/vocabulary.ts';
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { isPlanOf } from './plan-owner.ts';
import type { PlanOwner } from './plan-owner.ts';

export type SyncPlanRow = typeof syncPlans.$inferSelect;

/** A plan with the names of its playlist and account. */
export interface NamedPlan {
  readonly plan: SyncPlanRow;
  readonly playlistIndex: number;
  readonly themeTag: string;
  readonly account: string;
}

const OPEN: readonly SyncPlanStatus[] = ['planned', 'waiting', 'applying'];
/** An unfollow plan exists independently of the plan that edits the replica. */
const IS_EDIT = sql`not jsonb_exists(${syncPlans.body}, 'unfollow')`;

const named = { plan: syncPlans, playlistIndex: playlists.globalIndex, themeTag: playlists.themeTag, account: accounts.displayName };

export async function insertSyncPlan(db: Db, plan: typeof syncPlans.$inferInsert): Promise<void> {
  await db.insert(syncPlans).values(plan);
}

type NewSyncPlan = Omit<typeof syncPlans.$inferInsert, 'status' | 'statusReason' | 'appliedAt' | 'approvedBy' | 'approvedAt'>;

/** Stores plans from one JSON text: a parameter for each column of each plan costs more than the plans. */
export async function insertSyncPlans(db: Db, plans: readonly NewSyncPlan[]): Promise<void> {
  if (plans.length === 0) return;
  await db.execute(sql`
    insert into sync_plans (id, replica_id, batch_tag, hash, body, request_cost, planned_by, planned_at)
    select p.id, p."replicaId", p."batchTag", p.hash, p.body, p."requestCost", p."plannedBy", p."plannedAt"
    from json_to_recordset(${JSON.stringify(plans)}::json) as p(id uuid, "replicaId" uuid, "batchTag" date, hash text, body jsonb, "requestCost" int,
      "plannedBy" text, "plannedAt" timestamptz)`);
}

export async function findSyncPlan(db: Db, id: SyncPlanId): Promise<SyncPlanRow | undefined> {
  const found = await db.select().from(syncPlans).where(eq(syncPlans.id, id));
  return found[0];
}

/** Whether a receipt says that a replica showed an earlier day's list again on a day. */
export async function isShownAgainOnRecord(db: Db, replicaId: ReplicaId, { day, shows }: { day: string; shows: string }): Promise<boolean> {
  const found = await db
    .select({ id: syncPlans.id })
    .from(syncPlans)
    .where(
      and(
        eq(syncPlans.replicaId, replicaId),
        eq(syncPlans.batchTag, day),
        eq(syncPlans.status, 'applied'),
        sql`${syncPlans.body}->>'shows' = ${shows}`,
      ),
    )
    .limit(1);
  return found.length > 0;
}

/** The replica that a plan edits, undefined for a person's own playlist; it never changes, so it may be read before the replica is locked. */
export async function findReplicaOfPlan(db: Db, id: SyncPlanId): Promise<ReplicaId | undefined> {
  const found = await db.select({ replicaId: syncPlans.replicaId }).from(syncPlans).where(eq(syncPlans.id, id));
  return found[0]?.replicaId ?? undefined;
}

export async function findNamedPlan(db: Db, id: SyncPlanId): Promise<NamedPlan | undefined> {
  const found = await namedPlans(db).where(eq(syncPlans.id, id));
  return found[0];
}

/** The open plan of a playlist with exactly this hash. */
export async function findWaitingPlan(db: Db, owner: PlanOwner, hash: string): Promise<SyncPlanRow | undefined> {
  const found = await db
    .select()
    .from(syncPlans)
    .where(and(isPlanOf(owner), inArray(syncPlans.status, ['planned', 'waiting']), eq(syncPlans.hash, hash)));
  return found[0];
}

/** A playlist's plan being applied; under its lock that is an interrupted one. */
export async function findApplyingPlan(db: Db, owner: PlanOwner): Promise<SyncPlanRow | undefined> {
  const found = await db
    .select()
    .from(syncPlans)
    .where(and(isPlanOf(owner), eq(syncPlans.status, 'applying'), IS_EDIT))
    .orderBy(desc(syncPlans.plannedAt));
  return found[0];
}

/** Plans that edit playlists on a day, only the newest of each replica, by playlist number. */
export async function listSyncPlanRows(db: Db, day: string): Promise<NamedPlan[]> {
  const newest = sql`${syncPlans.id} in (select distinct on (p.replica_id) p.id from sync_plans p where p.batch_tag = ${day}::date
    and not jsonb_exists(p.body, 'unfollow') order by p.replica_id, (p.status = 'stale'), p.planned_at desc, p.id)`;
  return namedPlans(db).where(newest).orderBy(asc(playlists.globalIndex), asc(accounts.displayName), desc(syncPlans.plannedAt));
}

/** Marks every open edit plan of a playlist as stale, except the one to keep; returns their ids. */
export async function markOpenPlansStale(db: Db, owner: PlanOwner, stale: { reason: string; keep?: SyncPlanId }): Promise<SyncPlanId[]> {
  const changed = await db
    .update(syncPlans)
    .set({ status: 'stale', statusReason: stale.reason })
    .where(and(isPlanOf(owner), inArray(syncPlans.status, [...OPEN]), IS_EDIT, stale.keep ? sql`${syncPlans.id} <> ${stale.keep}` : undefined))
    .returning({ id: syncPlans.id });
  return changed.map((row) => row.id);
}

/** Claims an open plan for applying; false when it is no longer open. */
export async function claimSyncPlan(db: Db, id: SyncPlanId): Promise<boolean> {
  const claimed = await db
    .update(syncPlans)
    .set({ status: 'applying' })
    .where(and(eq(syncPlans.id, id), inArray(syncPlans.status, ['planned', 'waiting'])));
  return claimed.rowCount === 1;
}

/** Ends a plan that is being applied, with an optional reason. */
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
