import type { PlaylistId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface CertifiedRow extends Record<string, unknown> {
  readonly position: number;
  readonly recordingId: number;
  readonly trackId: string;
  readonly title: string;
  readonly artists: string[];
  readonly placementId: number;
  readonly restScope: string;
  readonly firstDay: string;
  readonly lastDay: string | null;
  readonly restDays: number;
  readonly pinnedBy: 'policy' | 'list' | null;
}

/** The entries of one list with their placements, in playing order. */
export async function listCertifiedRows(db: Db, playlistId: PlaylistId, day: string): Promise<CertifiedRow[]> {
  const found = await db.execute<CertifiedRow>(sql`
    select h.position, p.recording_id as "recordingId", h.track_id as "trackId", coalesce(t.name, r.title) as title, p.id::int as "placementId", p.rest_scope as "restScope",
      p.first_day::text as "firstDay", p.last_day::text as "lastDay", p.rest_days as "restDays", h.reasons->>'pinnedBy' as "pinnedBy",
      array(select ar.name from track_artists ta join artists ar on ar.id = ta.artist_id where ta.track_id = h.track_id order by ta.position) as artists
    from playlist_entries_history h join placements p on p.id = h.placement_id join recordings r on r.id = h.recording_id left join tracks t on t.id = h.track_id
    where h.playlist_id = ${playlistId} and h.batch_tag = ${day}::date order by h.position`);
  return found.rows;
}

/** The digest of each of a playlist's lists up to a day (`chainedListText`), as SHA-256 in hex, by day. */
export async function listChainDigests(db: Db, playlistId: PlaylistId, upTo: string): Promise<{ day: string; list: string }[]> {
  const found = await db.execute<{ day: string; list: string }>(sql`
    select h.batch_tag::text as day, encode(sha256(convert_to(string_agg(
      concat_ws(e'\\t', h.position, h.track_id, h.placement_id, to_char(p.first_day, 'YYYY-MM-DD')), e'\\n' order by h.position), 'UTF8')), 'hex') as list
    from playlist_entries_history h join placements p on p.id = h.placement_id
    where h.playlist_id = ${playlistId} and h.batch_tag <= ${upTo}::date group by h.batch_tag order by h.batch_tag`);
  return found.rows;
}

/** The policy and creation time of a list; undefined when the day has none. */
export async function findSnapshotFacts(
  db: Db,
  playlistId: PlaylistId,
  day: string,
): Promise<{ policyId: string; familyId: string; name: string; version: number; body: unknown; createdAt: Date } | undefined> {
  const found = await db.execute<{ policyId: string; familyId: string; name: string; version: number; body: unknown; createdAt: string }>(sql`
    select c.id as "policyId", c.family_id as "familyId", c.name, c.version, c.body, s.created_at as "createdAt"
    from snapshots s join curation_policies c on c.id = s.policy_id
    where s.playlist_id = ${playlistId} and s.batch_tag = ${day}::date and s.status = 'published'`);
  const row = found.rows[0];
  return row && { ...row, createdAt: new Date(row.createdAt) };
}
