import type { Db } from '#server/repos/database.ts';
import type { UserId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';

/** A playlist of the network with its newest list. */
interface HomePickRow extends Record<string, unknown> {
  readonly index: number;
  readonly themeTag: string;
  readonly tracks: number;
  readonly spotifyPlaylistId: string | null;
  /** Tracks by artists that the person's playlists have. */
  readonly shared: number;
  /** Tracks that came on the list's day. */
  readonly fresh: number;
}

/**
 * The network's playlists whose newest list up to a day has the most tracks by artists of the playlists that a person changed since an instant; then those
 * with the most new tracks.
 */
export async function listHomePicks(
  db: Db,
  { userId, since, day, limit }: { userId: UserId; since: Date; day: string; limit: number },
): Promise<HomePickRow[]> {
  const found = await db.execute<HomePickRow>(sql`
    with mine as (select distinct (t->>'recordingId')::int as id from saved_playlists s
      join saved_playlist_versions v on v.saved_id = s.id and v.version = s.version cross join lateral jsonb_array_elements(v.tracks) t
      where s.user_id = ${userId} and s.removed_at is null and s.changed_at > ${since.toISOString()}::timestamptz),
    liked as (select distinct ta.artist_id from mine join recordings r on r.id = mine.id join track_artists ta on ta.track_id = r.track_id),
    newest as (select distinct on (s.playlist_id) s.playlist_id, s.batch_tag, s.size from snapshots s
      where s.status = 'published' and s.batch_tag <= ${day}::date order by s.playlist_id, s.batch_tag desc),
    by_artists as (select n.playlist_id, count(distinct h.position)::int as shared from newest n
      join playlist_entries_history h on h.playlist_id = n.playlist_id and h.batch_tag = n.batch_tag
      join track_artists ta on ta.track_id = h.track_id join liked l on l.artist_id = ta.artist_id group by 1),
    fresh as (select n.playlist_id, count(*)::int as fresh from newest n
      join placements p on p.playlist_id = n.playlist_id and p.first_day = n.batch_tag group by 1)
    select p.global_index as index, p.theme_tag as "themeTag", n.size as tracks, coalesce(b.shared, 0) as shared, coalesce(f.fresh, 0) as fresh,
      (select m.spotify_playlist_id from playlist_account_map m where m.playlist_id = p.id and m.status = 'live' order by m.id limit 1) as "spotifyPlaylistId"
    from newest n join playlists p on p.id = n.playlist_id and p.status = 'active'
    left join by_artists b on b.playlist_id = n.playlist_id left join fresh f on f.playlist_id = n.playlist_id
    order by shared desc, fresh desc, p.global_index limit ${limit}`);
  return found.rows;
}
