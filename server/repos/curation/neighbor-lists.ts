import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** Lists read at most: the newest; more add nothing that a person would notice. */
const LISTS_MAX = 2_000;

/**
 * The network's lists made before an instant that hold one of the recordings, as recording ids. A recording that stays in a playlist for days is counted
 * once, by the list of its first day. A merged recording counts as the one it became.
 */
export async function listListsWith(db: Db, { recordingIds, before }: { recordingIds: readonly number[]; before: Date }): Promise<number[][]> {
  if (recordingIds.length === 0) return [];
  const found = await db.execute<{ ids: number[] }>(sql`
    with lists as (select distinct p.playlist_id, p.first_day from placements p
      join snapshots s on s.playlist_id = p.playlist_id and s.batch_tag = p.first_day and s.status = 'published' and s.created_at < ${before.toISOString()}::timestamptz
      where p.recording_id = any(array(${heldIds(recordingIds)}))
      order by p.first_day desc, p.playlist_id limit ${LISTS_MAX})
    select array(select coalesce(r.merged_into, r.id) from playlist_entries_history h join recordings r on r.id = h.recording_id
      where h.playlist_id = l.playlist_id and h.batch_tag = l.first_day order by h.position) as ids
    from lists l order by l.first_day desc, l.playlist_id`);
  return found.rows.map(({ ids }) => ids);
}

/** These recordings and what was merged into them. As an array in the query: a join is repeated for every list when the database's statistics are old. */
const heldIds = (recordingIds: readonly number[]) => sql`
  select unnest(${sql.param([...recordingIds])}::int[]) union select r.id from recordings r where r.merged_into = any(${sql.param([...recordingIds])}::int[])`;

/** The recordings of the last list of each playlist made before an instant, by the playlist's number; empty without a list, absent without a playlist. */
export async function listLastLists(
  db: Db,
  { playlistIndexes, before }: { playlistIndexes: readonly number[]; before: Date },
): Promise<Map<number, number[]>> {
  if (playlistIndexes.length === 0) return new Map();
  const found = await db.execute<{ index: number; ids: number[] }>(sql`
    select p.global_index as index, array(select coalesce(r.merged_into, r.id) from playlist_entries_history h join recordings r on r.id = h.recording_id
      where h.playlist_id = p.id and h.batch_tag = (select max(s.batch_tag) from snapshots s
        where s.playlist_id = p.id and s.status = 'published' and s.created_at < ${before.toISOString()}::timestamptz) order by h.position) as ids
    from playlists p where p.global_index in (select value::int from jsonb_array_elements_text(${JSON.stringify(playlistIndexes)}::jsonb))`);
  return new Map(found.rows.map(({ index, ids }) => [index, ids]));
}
