import { playlistAccountMap } from '#drizzle/schema/index.ts';
import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import type { PlaylistId, PolicyId, ReplicaId, SpotifyTrackId, SyncPlanId } from '#shared/ids.ts';
import { inArray, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import type { Replica } from './replicas.ts';

const uuids = (ids: readonly string[]) => sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`;

export async function listReplicas(db: Db, ids: readonly ReplicaId[]): Promise<Replica[]> {
  return db
    .select()
    .from(playlistAccountMap)
    .where(inArray(playlistAccountMap.id, [...ids]));
}

export interface DayList {
  readonly playlistId: PlaylistId;
  readonly policyId: PolicyId;
  readonly shows: string | null;
  readonly trackIds: readonly SpotifyTrackId[];
}

/** The lists that several playlists show on a day. */
export async function listDayLists(db: Db, playlistIds: readonly PlaylistId[], day: string): Promise<DayList[]> {
  const found = await db.execute<DayList & Record<string, unknown>>(sql`
    select s.playlist_id as "playlistId", s.policy_id as "policyId", o.shows_batch_tag::text as shows,
      coalesce((select array_agg(h.track_id order by h.position) from playlist_entries_history h
        where h.playlist_id = s.playlist_id and h.batch_tag = coalesce(o.shows_batch_tag, s.batch_tag)), '{}') as "trackIds"
    from snapshots s left join list_overrides o on o.playlist_id = s.playlist_id and o.batch_tag = s.batch_tag
    where s.batch_tag = ${day}::date and s.status = 'published' and s.playlist_id in ${uuids(playlistIds)}`);
  return found.rows;
}

/** The newest receipt of each replica: the details it left, and whether it includes manual edits. */
export async function listReceiptDetails(db: Db, ids: readonly ReplicaId[]): Promise<Map<ReplicaId, { face: PlaylistDetails; wasEdited: boolean }>> {
  const found = await db.execute<{ id: ReplicaId; face: PlaylistDetails; wasEdited: boolean }>(sql`
    select distinct on (p.replica_id) p.replica_id as id, p.body->'wantedFace' as face, jsonb_exists(p.body, 'hand') as "wasEdited"
    from sync_plans p where p.replica_id in ${uuids(ids)} and p.status = 'applied' and not jsonb_exists(p.body, 'unfollow')
    order by p.replica_id, p.applied_at desc`);
  return new Map(found.rows.map(({ id, ...rest }) => [id, rest]));
}

/** Replicas with a plan being applied or a create with unknown outcome. */
export async function listUnsettledReplicas(db: Db, ids: readonly ReplicaId[]): Promise<Set<ReplicaId>> {
  const found = await db.execute<{ id: ReplicaId }>(sql`
    select distinct p.replica_id as id from sync_plans p where p.replica_id in ${uuids(ids)} and (p.status = 'applying'
      or exists (select 1 from sync_operations o where o.plan_id = p.id and o.kind = 'create' and o.state = 'intended'))`);
  return new Set(found.rows.map((row) => row.id));
}

export interface OpenPlan {
  readonly id: SyncPlanId;
  readonly replicaId: ReplicaId;
  readonly hash: string;
}

/** Open plans: waiting to be applied or approved. */
export async function listOpenPlans(db: Db, ids: readonly ReplicaId[]): Promise<OpenPlan[]> {
  const found = await db.execute<OpenPlan & Record<string, unknown>>(sql`
    select p.id, p.replica_id as "replicaId", p.hash from sync_plans p
    where p.replica_id in ${uuids(ids)} and p.status in ('planned', 'waiting') and not jsonb_exists(p.body, 'unfollow')`);
  return found.rows;
}

/** Marks the open plans of replicas as stale, except those to keep, and abandons their remaining operations. */
export async function markOpenPlansEnded(
  db: Db,
  ids: readonly ReplicaId[],
  end: { keep: readonly SyncPlanId[]; reason: string; at: Date },
): Promise<void> {
  await db.execute(sql`
    with ended as (
      update sync_plans set status = 'stale', status_reason = ${end.reason}
      where replica_id in ${uuids(ids)} and status in ('planned', 'waiting') and not jsonb_exists(body, 'unfollow') and id not in ${uuids(end.keep)}
      returning id)
    update sync_operations o set state = 'abandoned', finished_at = ${end.at.toISOString()}::timestamptz from ended e where o.plan_id = e.id and o.state = 'planned'`);
}

/** Records that replicas already match the day's list. */
export async function markManySynced(
  db: Db,
  seen: readonly { readonly id: ReplicaId; readonly snapshotId: string }[],
  as: { day: string; at: Date },
): Promise<void> {
  await db.execute(sql`
    update playlist_account_map m set remote_snapshot_id = s."snapshotId", synced_day = ${as.day}::date, synced_at = ${as.at.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as s(id uuid, "snapshotId" text) where m.id = s.id`);
}
