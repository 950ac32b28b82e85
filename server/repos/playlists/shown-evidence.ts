import type { DiffLine } from '#shared/contracts/sync/sync.ts';
import type { CopyEvidence, PlanEvidence } from '#shared/domain/playlists/copy-state.ts';
import type { AccountId, PlaylistId, ReplicaId, SpotifyTrackId, SyncPlanId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface CopyRow extends CopyEvidence {
  readonly replicaId: ReplicaId;
  readonly playlistId: PlaylistId;
  readonly accountId: AccountId;
  readonly account: string;
  readonly isReadable: boolean;
}

type Raw = Record<string, unknown>;

/** Every copy of the playlists (all when omitted) on an account, by account name; retired ones too, since they were shown once. */
export async function listCopies(db: Db, only?: PlaylistId): Promise<CopyRow[]> {
  const found = await db.execute<
    Omit<CopyRow, 'lastRead'> & { readAt: string | null; day: string; shows: string | null; fingerprint: string | null } & Raw
  >(sql`
    select m.id as "replicaId", m.playlist_id as "playlistId", a.id as "accountId", a.display_name as account, a.status in ('active', 'limited') as "isReadable",
      m.spotify_playlist_id as "spotifyPlaylistId", m.synced_at as "readAt", m.synced_day::text as day, o.shows_batch_tag::text as shows, m.fingerprint,
      m.missing_since as "missingSince", m.retired_at as "retiredAt"
    from playlist_account_map m join accounts a on a.id = m.account_id
    left join list_overrides o on o.playlist_id = m.playlist_id and o.batch_tag = m.synced_day
    where ${only ? sql`m.playlist_id = ${only}` : sql`true`} order by a.display_name, m.id`);
  return found.rows.map(({ readAt, day, shows, fingerprint, missingSince, retiredAt, ...copy }) => ({
    ...copy,
    lastRead: readAt === null || day === null ? null : { at: iso(readAt), day, shows, fingerprint },
    missingSince: isoOrNull(missingSince),
    retiredAt: isoOrNull(retiredAt),
  }));
}

export interface PlanRow extends PlanEvidence {
  readonly replicaId: ReplicaId;
}

/**
 * The plans of these copies up to an instant, in the order in which they were made: all, or only the last applied one and what followed it. Reads
 * no list of tracks.
 */
export async function listPlanEvidence(
  db: Db,
  { until, isAll, playlistId }: { until: Date; isAll: boolean; playlistId?: PlaylistId },
): Promise<PlanRow[]> {
  const at = until.toISOString();
  const since = isAll
    ? sql`select '-infinity'::timestamptz as at`
    : sql`select coalesce((select r.planned_at from sync_plans r where r.replica_id = m.id and r.status = 'applied' and r.applied_at <= ${at}::timestamptz
        order by r.planned_at desc limit 1), '-infinity') as at`;
  const found = await db.execute<PlanRow & Raw>(sql`
    select p.id, p.replica_id as "replicaId", p.batch_tag::text as day, x.shows, p.planned_by as "plannedBy", p.planned_at as "plannedAt",
      case when p.status = 'applied' then p.applied_at end as "appliedAt", o."wroteAt", x."seenFingerprint" as seen, x."wantedFingerprint" as wanted, o."readBack",
      coalesce(jsonb_array_length(merged.edits->'outside'), 0) + coalesce(jsonb_array_length(merged.edits->'away'), 0) as edits
    from playlist_account_map m cross join lateral (${since}) last
    join sync_plans p on p.replica_id = m.id and p.planned_at >= last.at and p.planned_at <= ${at}::timestamptz
    cross join lateral jsonb_to_record(p.body) as x(shows text, unfollow text, "seenFingerprint" text, "wantedFingerprint" text)
    cross join lateral (select p.body->'hand' as edits offset 0) merged
    left join lateral (select min(s.intended_at) as "wroteAt", max(s.receipt->>'fingerprint') as "readBack" from sync_operations s where s.plan_id = p.id) o on true
    where x.unfollow is null and ${playlistId ? sql`m.playlist_id = ${playlistId}` : sql`true`} order by p.planned_at, p.id`);
  return found.rows.map(({ plannedAt, appliedAt, wroteAt, ...plan }) => ({
    ...plan,
    plannedAt: iso(plannedAt),
    appliedAt: isoOrNull(appliedAt),
    wroteAt: isoOrNull(wroteAt),
  }));
}

/** The tracks on both sides of plans: what was wanted, and the diff that leads there from what Spotify showed. */
export async function listPlanTracks(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { readonly wanted: readonly string[]; readonly diff: readonly DiffLine[] }>> {
  if (ids.length === 0) return new Map();
  const found = await db.execute<{ id: SyncPlanId; wanted: string[]; diff: DiffLine[] }>(sql`
    select p.id, x."wantedUris" as wanted, x.diff from sync_plans p cross join lateral jsonb_to_record(p.body) as x("wantedUris" jsonb, diff jsonb)
    where p.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`);
  return new Map(found.rows.map(({ id, ...tracks }) => [id, tracks]));
}

export interface PublishedDay {
  readonly playlistId: PlaylistId;
  readonly day: string;
}

/** The tracks of several lists in order; empty for a day without a published list. */
export async function listTracksOfDays(
  db: Db,
  lists: readonly PublishedDay[],
): Promise<(PublishedDay & { readonly trackIds: readonly SpotifyTrackId[] })[]> {
  if (lists.length === 0) return [];
  const found = await db.execute<PublishedDay & { trackIds: SpotifyTrackId[] } & Raw>(sql`
    select k."playlistId", k.day::text as day, array(select h.track_id from playlist_entries_history h
      where h.playlist_id = k."playlistId" and h.batch_tag = k.day order by h.position) as "trackIds"
    from jsonb_to_recordset(${JSON.stringify(lists)}::jsonb) as k("playlistId" uuid, day date)`);
  return found.rows;
}

export interface StoredRollback extends PublishedDay {
  readonly shows: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
}

/** The rollbacks of playlists (all when omitted), planned or applied, with who created them. */
export async function listRollbacks(db: Db, only?: PlaylistId): Promise<StoredRollback[]> {
  const found = await db.execute<StoredRollback & Raw>(sql`
    select playlist_id as "playlistId", batch_tag::text as day, shows_batch_tag::text as shows, created_by as by, created_at as at, reason
    from list_overrides where ${only ? sql`playlist_id = ${only}` : sql`true`}`);
  return found.rows.map((row) => ({ ...row, at: iso(row.at) }));
}

const iso = (at: string): string => new Date(at).toISOString();
const isoOrNull = (at: string | null): string | null => (at === null ? null : iso(at));
