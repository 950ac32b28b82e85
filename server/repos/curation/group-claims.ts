import type { PlaylistId, SpotifyTrackId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** The exclusivity groups in which a playlist claims what it shows on days with lists; for rows `s` of snapshots. */
const GROUPS_OF_LIST = sql`(
  select c.body#>>'{exclusivity,group}' as name from curation_policies c where c.id = s.policy_id and c.body#>>'{exclusivity,group}' is not null
  union select y.value from curation_policies c cross join jsonb_array_elements_text(coalesce(c.body#>'{exclusivity,yieldsTo}', '[]')) y where c.id = s.policy_id)`;

/**
 * What rolled-back playlists show again, by day, in addition to the claims of these days' own lists: `group_name`, `playlist_id`, `recording_id`,
 * `day`. Those lists keep their claims, so that a rollback can always be removed.
 */
export const SHOWN_AGAIN: SQL = sql`(
  select g.name as group_name, o.playlist_id, h.recording_id, o.batch_tag as day from list_overrides o
  join snapshots s on s.playlist_id = o.playlist_id and s.batch_tag = o.batch_tag
  join playlist_entries_history h on h.playlist_id = o.playlist_id and h.batch_tag = o.shows_batch_tag
  cross join lateral ${GROUPS_OF_LIST} g
  where not exists (select 1 from exclusive_stays e join placements p on p.id = e.placement_id where e.group_name = g.name
    and e.recording_id = h.recording_id and p.playlist_id = o.playlist_id and e.stay @> o.batch_tag))`;

/** Until the transaction ends, no one else can roll a day back or commit a day's lists. */
export async function lockShownDays(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('segue.shown-days', 0))`);
}

/** A track that two playlists of one group would show on the same day. */
export interface SharedInGroup {
  readonly trackId: SpotifyTrackId;
  readonly group: string;
  /** The theme of the other playlist. */
  readonly themeTag: string;
}

/** Tracks of an earlier list that other playlists of its groups show on a day, or would show after removing their rollbacks; one row per track. */
export async function listSharedInGroups(
  db: Db,
  playlistId: PlaylistId,
  { showsDay, day }: { showsDay: string; day: string },
): Promise<SharedInGroup[]> {
  const found = await db.execute<SharedInGroup & Record<string, unknown>>(sql`
    select distinct on (h.position) h.track_id as "trackId", o.group_name as "group", l.theme_tag as "themeTag"
    from snapshots s cross join lateral ${GROUPS_OF_LIST} g
    join playlist_entries_history h on h.playlist_id = s.playlist_id and h.batch_tag = ${showsDay}::date
    join lateral (
      select e.group_name, p.playlist_id from exclusive_stays e join placements p on p.id = e.placement_id
      where e.group_name = g.name and e.recording_id = h.recording_id and e.stay @> ${day}::date
      union all select a.group_name, a.playlist_id from ${SHOWN_AGAIN} a where a.group_name = g.name and a.recording_id = h.recording_id and a.day = ${day}::date
    ) o on o.playlist_id <> s.playlist_id
    join playlists l on l.id = o.playlist_id
    where s.playlist_id = ${playlistId}::uuid and s.batch_tag = ${day}::date
    order by h.position, o.group_name, l.global_index`);
  return found.rows;
}

/** Whether a list of the day has a recording that a rolled-back playlist of its groups shows that day. */
export async function isSharedWithRolledBack(db: Db, day: string): Promise<boolean> {
  const found = await db.execute(sql`
    select 1 from ${SHOWN_AGAIN} a join exclusive_stays e on e.group_name = a.group_name and e.recording_id = a.recording_id and e.stay @> a.day
    join placements p on p.id = e.placement_id where a.day = ${day}::date and p.playlist_id <> a.playlist_id limit 1`);
  return found.rows.length > 0;
}
