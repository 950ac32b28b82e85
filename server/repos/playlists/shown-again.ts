import type { PlaylistId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** Rollbacks that reached Spotify, from their receipts: `playlist_id`, `day`, `list_day`. A rollback that was ended afterwards was shown too. */
const SHOWN_AGAIN: SQL = sql`(select distinct m.playlist_id, p.batch_tag as day, (p.body->>'shows')::date as list_day from sync_plans p
  join playlist_account_map m on m.id = p.replica_id where p.status = 'applied' and jsonb_exists(p.body, 'shows'))`;

/**
 * The entries of a list shown again on a day (rows `a` of the above) that came back inside their repeat window: shown earlier in the same scope, in a
 * day's list or by another rollback, and not in the day's own list, which had them already.
 */
const REPEATS: SQL = sql`
  select h.position, h.recording_id, max(s.day) as last_day, max(s.day + q.rest_days) as rests_until
  from playlist_entries_history h join placements own on own.id = h.placement_id
  join placements q on q.recording_id = h.recording_id and q.rest_scope = own.rest_scope
  cross join lateral (
    select e.batch_tag as day from playlist_entries_history e where e.recording_id = h.recording_id and e.placement_id = q.id and e.batch_tag < a.day
      and e.batch_tag + q.rest_days > a.day
    union all
    select b.day from ${SHOWN_AGAIN} b join playlist_entries_history e on e.playlist_id = b.playlist_id and e.batch_tag = b.list_day
      where e.recording_id = h.recording_id and e.placement_id = q.id and b.day < a.day and b.day + q.rest_days > a.day) s
  where h.playlist_id = a.playlist_id and h.batch_tag = a.list_day and not exists (select 1 from playlist_entries_history t
    where t.playlist_id = a.playlist_id and t.batch_tag = a.day and t.recording_id = h.recording_id)
  group by h.position, h.recording_id`;

export interface RepeatedEntry {
  readonly position: number;
  readonly recordingId: number;
  /** The last day before on which it was shown in its repeat scope. */
  readonly lastShownOn: string;
  /** The first day on which it could have played again. */
  readonly restsUntil: string;
}

/** The tracks that repeat too soon when a playlist shows an earlier day's list again on a day, in playing order. */
export async function listRepeatsShownAgain(
  db: Db,
  { playlistId, day, listDay }: { playlistId: PlaylistId; day: string; listDay: string },
): Promise<RepeatedEntry[]> {
  const found = await db.execute<RepeatedEntry & Record<string, unknown>>(sql`
    select r.position, r.recording_id as "recordingId", r.last_day::text as "lastShownOn", r.rests_until::text as "restsUntil"
    from (select ${playlistId}::uuid as playlist_id, ${day}::date as day, ${listDay}::date as list_day) a cross join lateral (${REPEATS}) r order by r.position`);
  return found.rows;
}

export interface ShownAgainCount {
  readonly playlistId: PlaylistId;
  readonly day: string;
  readonly listDay: string;
  readonly repeats: number;
}

/** Every rollback that reached Spotify on a day after `after`, up to `upTo`, with the number of its repeats; oldest first. */
export async function countRepeatsShownAgain(db: Db, { after, upTo }: { after: string; upTo: string }): Promise<ShownAgainCount[]> {
  const found = await db.execute<ShownAgainCount & Record<string, unknown>>(sql`
    select a.playlist_id as "playlistId", a.day::text as day, a.list_day::text as "listDay", (select count(*)::int from (${REPEATS}) r) as repeats
    from ${SHOWN_AGAIN} a where a.day > ${after}::date and a.day <= ${upTo}::date order by a.day, a.playlist_id`);
  return found.rows;
}
