import type { PlaylistId } from '#shared/ids.ts';
import type { PlaylistMarkKind } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { MERGED_RECORDINGS } from '#server/repos/catalog/recording-merges.ts';
import { SHOWN_AGAIN } from './group-claims.ts';

/** The last day of an open placement, in columns of day numbers. */
const OPEN = 2_147_483_647;
const EPOCH = sql`date '1970-01-01'`;

/** The latest placement of each recording in a scope that started by a day, as columns of equal length; days count from 1970-01-01. */
export interface PlacementColumns {
  readonly recordingIds: readonly number[];
  /** 2147483647 for a pin. */
  readonly lastDays: readonly number[];
  readonly restsUntil: readonly number[];
}

/** The latest placements of a scope on a day. */
export async function listLatestPlacements(db: Db, restScope: string, day: string): Promise<PlacementColumns> {
  const found = await db.execute<{ ids: number[] | null; last: number[] | null; until: number[] | null }>(sql`
    select array_agg(recording_id) as ids, array_agg(last) as last, array_agg(until) as until from (
      select coalesce(m.merged_into, p.recording_id) as recording_id, max(coalesce(p.last_day - ${EPOCH}, ${OPEN})) as last,
        max(coalesce(p.last_day + p.rest_days - ${EPOCH}, ${OPEN})) as until
      from placements p left join ${MERGED_RECORDINGS} m on m.id = p.recording_id where p.rest_scope = ${restScope} and p.first_day <= ${day}::date group by 1) s`);
  const [row] = found.rows;
  return { recordingIds: row?.ids ?? [], lastDays: row?.last ?? [], restsUntil: row?.until ?? [] };
}

/** Recordings whose next placement starts after the day; these exist only when a day is caught up. */
export async function listLaterUses(db: Db, day: string): Promise<{ restScope: string; recordingId: number; firstDay: number }[]> {
  const found = await db.execute<{ restScope: string; recordingId: number; firstDay: number }>(sql`
    select p.rest_scope as "restScope", coalesce(m.merged_into, p.recording_id) as "recordingId", min(p.first_day) - ${EPOCH} as "firstDay"
    from placements p left join ${MERGED_RECORDINGS} m on m.id = p.recording_id where p.first_day > ${day}::date group by 1, 2`);
  return found.rows;
}

export interface PreviousEntryRow extends Record<string, unknown> {
  readonly playlistId: PlaylistId;
  readonly policyId: string;
  readonly day: number;
  /** As it was placed. */
  readonly recordingId: number;
  /** The recording that it counts as since a merge; else the same. */
  readonly countsAs: number;
  readonly restScope: string;
  readonly firstDay: number;
  readonly restDays: number;
  readonly isOpen: boolean;
}

/** The newest published list of every active playlist before a day, in playing order, each entry with its placement. */
export async function listPreviousEntries(db: Db, day: string): Promise<PreviousEntryRow[]> {
  const found = await db.execute<PreviousEntryRow>(sql`
    select h.playlist_id as "playlistId", s.policy_id as "policyId", s.batch_tag - ${EPOCH} as day, p.recording_id as "recordingId", coalesce(m.merged_into, p.recording_id) as "countsAs",
      p.rest_scope as "restScope", p.first_day - ${EPOCH} as "firstDay", p.rest_days as "restDays", p.last_day is null as "isOpen"
    from playlists l join lateral (
      select playlist_id, batch_tag, policy_id from snapshots where playlist_id = l.id and status = 'published' and batch_tag < ${day}::date order by batch_tag desc limit 1) s on true
    join playlist_entries_history h on h.playlist_id = s.playlist_id and h.batch_tag = s.batch_tag
    join placements p on p.id = h.placement_id left join ${MERGED_RECORDINGS} m on m.id = p.recording_id
    where l.status <> 'retired' order by l.global_index, h.position`);
  return found.rows;
}

/** The recordings of the published lists of the last days before a day, one row per playlist and day, oldest first; merged ones as what they became. */
export async function listEarlierRecordings(
  db: Db,
  { day, days }: { day: string; days: number },
): Promise<{ playlistId: PlaylistId; day: number; recordingIds: number[] }[]> {
  const found = await db.execute<{ playlistId: PlaylistId; day: number; recordingIds: number[] }>(sql`
    select h.playlist_id as "playlistId", h.batch_tag - ${EPOCH} as day, array_agg(coalesce(m.merged_into, h.recording_id)) as "recordingIds"
    from playlist_entries_history h left join ${MERGED_RECORDINGS} m on m.id = h.recording_id
    where h.batch_tag < ${day}::date and h.batch_tag >= ${day}::date - ${days}::int group by 1, 2 order by 2, 1`);
  return found.rows;
}

export interface ClaimRow extends Record<string, unknown> {
  readonly groupName: string;
  readonly recordingId: number;
  readonly playlistId: PlaylistId;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** Claims in exclusivity groups that extend to or beyond a day, in order of their start; a rolled-back day claims what it shows. */
export async function listClaimsSince(db: Db, day: string): Promise<ClaimRow[]> {
  const found = await db.execute<ClaimRow>(sql`
    select c."groupName", coalesce(m.merged_into, c."recordingId") as "recordingId", c."playlistId", c."firstDay", c."lastDay" from (
      select e.group_name as "groupName", e.recording_id as "recordingId", p.playlist_id as "playlistId", e.first_day - ${EPOCH} as "firstDay",
        coalesce(e.last_day - ${EPOCH}, ${OPEN}) as "lastDay", e.placement_id as at
      from exclusive_stays e join placements p on p.id = e.placement_id
      where e.last_day is null or e.last_day >= ${day}::date
      union all select a.group_name, a.recording_id, a.playlist_id, a.day - ${EPOCH}, a.day - ${EPOCH}, 0 from ${SHOWN_AGAIN} a where a.day >= ${day}::date
    ) c left join ${MERGED_RECORDINGS} m on m.id = c."recordingId" order by "firstDay", at`);
  return found.rows;
}

export interface MarkRow extends Record<string, unknown> {
  readonly playlistId: PlaylistId;
  readonly recordingId: number;
  readonly kind: PlaylistMarkKind;
  readonly position: number | null;
  readonly sinceDay: string;
  readonly untilDay: string | null;
}

/** Pins and bans of single playlists in force on or after `from`, oldest first; a merged recording counts as the one it became. */
export async function listMarks(db: Db, from: string): Promise<MarkRow[]> {
  const found = await db.execute<MarkRow>(sql`
    select m.playlist_id as "playlistId", coalesce(r.merged_into, r.id) as "recordingId", m.kind, m.position, m.since_day::text as "sinceDay", m.until_day::text as "untilDay"
    from playlist_marks m join recordings r on r.id = m.recording_id where m.until_day is null or m.until_day > ${from}::date order by m.id`);
  return found.rows;
}
