import type { PlaylistTrendsView } from '#shared/contracts/playlists/history.ts';
import type { PlaylistId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** Counts for each of a playlist's last days, oldest first, from its reports and entries. */
export async function listDayCounts(db: Db, playlistId: PlaylistId, limit: number): Promise<PlaylistTrendsView['days']> {
  const found = await db.execute<PlaylistTrendsView['days'][number] & Record<string, unknown>>(sql`
    select s.batch_tag::text as day, (s.report->>'pool')::int as pool, (s.report->>'candidates')::int as free, s.size,
      case when s.status = 'published' then nullif(spread.artists, 0) end as artists, case when s.status = 'published' then spread.most end as "mostByOne"
    from (select * from snapshots where playlist_id = ${playlistId} order by batch_tag desc limit ${limit}) s
    left join lateral (select count(*)::int as artists, max(n)::int as most from (
      select count(*) as n from playlist_entries_history h join track_artists ta on ta.track_id = h.track_id and ta.position = 1
      where h.playlist_id = s.playlist_id and h.batch_tag = s.batch_tag group by ta.artist_id) by_artist) spread on true
    order by s.batch_tag`);
  return found.rows;
}

/** How many recordings repeated after how many days, as recorded when they were chosen; null is a first use. Continued placements are not repeats. */
export async function countRepeatDistances(db: Db, playlistId: PlaylistId, since: string): Promise<{ days: number | null; recordings: number }[]> {
  const found = await db.execute<{ days: number | null; recordings: number }>(sql`
    select h.batch_tag - (h.reasons->>'lastUsedOn')::date as days, count(*)::int as recordings
    from playlist_entries_history h
    where h.playlist_id = ${playlistId} and h.batch_tag >= ${since}::date and not h.reasons ? 'staysSince' and not h.reasons ? 'pinnedBy'
    group by 1 order by 1`);
  return found.rows;
}
