import type { HistoryDay } from '#shared/contracts/playlists/history.ts';
import type { PlaylistId, SpotifyTrackId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { RECORDING_FAMILY } from '#server/repos/catalog/recording-merges.ts';
import type { Db } from '#server/repos/database.ts';

/** Days shown in the history strip: more than a year. */
const DAYS_MAX = 400;

/** The days of a playlist, newest first, with how many tracks each list changed. */
export async function listHistoryDays(db: Db, playlistId: PlaylistId): Promise<Omit<HistoryDay, 'shows' | 'onSpotify'>[]> {
  const found = await db.execute<Omit<HistoryDay, 'shows' | 'onSpotify'> & Record<string, unknown>>(sql`
    with lists as (
      select batch_tag as day, lag(batch_tag) over (order by batch_tag) as before from snapshots
      where playlist_id = ${playlistId}::uuid and status = 'published')
    select s.batch_tag::text as day, s.status, s.size,
      case when l.before is not null then (select count(*)::int from playlist_entries_history h
        where h.playlist_id = s.playlist_id and h.batch_tag = s.batch_tag and not exists (select 1 from playlist_entries_history b
          where b.playlist_id = s.playlist_id and b.batch_tag = l.before and b.recording_id = h.recording_id)) end as changed
    from snapshots s left join lists l on l.day = s.batch_tag
    where s.playlist_id = ${playlistId}::uuid order by s.batch_tag desc limit ${DAYS_MAX}`);
  return found.rows;
}

export interface DayDetails {
  readonly name: string | null;
  readonly description: string | null;
}

/** Title and description stored with a day's list; undefined when the day has none. */
export async function findDayDetails(db: Db, playlistId: PlaylistId, day: string): Promise<DayDetails | undefined> {
  const found = await db.execute<DayDetails & Record<string, unknown>>(sql`
    select name, description from snapshots where playlist_id = ${playlistId}::uuid and batch_tag = ${day}::date and status = 'published'`);
  return found.rows[0];
}

export interface WrittenDetails {
  readonly accountId: string;
  readonly name: string;
  readonly description: string;
}

/** Title and description that the last receipt of a day left on each account. */
export async function listWrittenDetails(db: Db, playlistId: PlaylistId, day: string): Promise<WrittenDetails[]> {
  const found = await db.execute<WrittenDetails & Record<string, unknown>>(sql`
    select distinct on (p.replica_id) m.account_id as "accountId", p.body->'wantedFace'->>'name' as name, p.body->'wantedFace'->>'description' as description
    from sync_plans p join playlist_account_map m on m.id = p.replica_id
    where m.playlist_id = ${playlistId}::uuid and p.batch_tag = ${day}::date and p.status = 'applied' and not jsonb_exists(p.body, 'unfollow')
    order by p.replica_id, p.applied_at desc`);
  return found.rows;
}

/** Tracks of an earlier list that are inside their repeat window on a day because of placements other than that day's own in this playlist. */
export async function listInRepeatWindow(
  db: Db,
  playlistId: PlaylistId,
  { showsDay, day }: { showsDay: string; day: string },
): Promise<{ trackId: SpotifyTrackId; restsUntil: string | null }[]> {
  const found = await db.execute<{ trackId: SpotifyTrackId; restsUntil: string | null }>(sql`
    select h.track_id as "trackId", case when bool_or(p.last_day is null) then null else max(upper(p.rest))::text end as "restsUntil"
    from playlist_entries_history h join placements own on own.id = h.placement_id
    join ${RECORDING_FAMILY} f on f.member = own.recording_id
    join placements p on p.recording_id = f.id and p.rest_scope = own.rest_scope and p.rest @> ${day}::date and p.first_day <= ${day}::date
    where h.playlist_id = ${playlistId}::uuid and h.batch_tag = ${showsDay}::date
      and not exists (select 1 from playlist_entries_history t where t.playlist_id = h.playlist_id and t.batch_tag = ${day}::date and t.recording_id = f.id)
    group by h.track_id, h.position order by h.position`);
  return found.rows;
}
