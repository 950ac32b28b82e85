import type { AlbumHit, ArtistHit, PlaylistHit, TrackHit } from '#shared/contracts/discovery/search.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** Recordings by id, in the order of the ids; a merged one is replaced by the one it became. */
export async function listTrackHits(db: Db, ids: readonly number[]): Promise<TrackHit[]> {
  if (ids.length === 0) return [];
  const found = await db.execute<TrackHit & Record<string, unknown>>(sql`
    select r.id as "recordingId", r.track_id as "trackId", r.title, r.album_id as "albumId", coalesce(a.name, '') as album, a.image_url as "imageUrl",
      r.duration_ms as "durationMs", r.explicit, r.popularity,
      coalesce((select jsonb_agg(jsonb_build_object('id', ar.id, 'name', ar.name) order by ta.position)
        from track_artists ta join artists ar on ar.id = ta.artist_id where ta.track_id = r.track_id), '[]') as artists
    from unnest(${sql.param([...ids])}::int[]) with ordinality as w(id, at) join recordings g on g.id = w.id
    join recordings r on r.id = coalesce(g.merged_into, g.id) left join albums a on a.id = r.album_id order by w.at`);
  return [...new Map(found.rows.map((row) => [row.recordingId, row])).values()];
}

/** Artists by id, in the order of the ids. */
export async function listArtistHits(db: Db, ids: readonly string[]): Promise<ArtistHit[]> {
  if (ids.length === 0) return [];
  const found = await db.execute<ArtistHit & Record<string, unknown>>(sql`
    select a.id as "artistId", a.name, (select count(*)::int from track_artists ta where ta.artist_id = a.id) as tracks
    from unnest(${sql.param([...ids])}::text[]) with ordinality as w(id, at) join artists a on a.id = w.id order by w.at`);
  return found.rows;
}

/** Albums by id, in the order of the ids. */
export async function listAlbumHits(db: Db, ids: readonly string[]): Promise<AlbumHit[]> {
  if (ids.length === 0) return [];
  const found = await db.execute<AlbumHit & Record<string, unknown>>(sql`
    select a.id as "albumId", a.name, a.artist_names as artists, a.release_date as "releaseDate", a.image_url as "imageUrl"
    from unnest(${sql.param([...ids])}::text[]) with ordinality as w(id, at) join albums a on a.id = w.id order by w.at`);
  return found.rows;
}

/** The active playlists of the network. */
export async function listPlaylistHits(db: Db): Promise<PlaylistHit[]> {
  const found = await db.execute<PlaylistHit & Record<string, unknown>>(sql`
    select global_index as index, null as "spotifyId", theme_tag as name, blurb from playlists where status = 'active' order by global_index`);
  return found.rows;
}

/** What a Spotify id, or an ISRC, is of: recordings, and the artist, album or playlist with this id. */
export async function findByReference(
  db: Db,
  { id, isrc }: { readonly id?: string; readonly isrc?: string },
): Promise<{ recordingIds: number[]; artistIds: string[]; albumIds: string[]; playlistIndexes: number[] }> {
  const found = await db.execute<{ kind: 'recording' | 'artist' | 'album' | 'playlist'; ref: string }>(
    isrc === undefined
      ? sql`select 'recording' as kind, recording_id::text as ref from tracks where id = ${id} union all select 'artist', id from artists where id = ${id}
          union all select 'album', id from albums where id = ${id}
          union all select 'playlist', p.global_index::text from playlist_account_map m join playlists p on p.id = m.playlist_id where m.spotify_playlist_id = ${id}`
      : sql`select 'recording' as kind, id::text as ref from recordings where isrc = ${isrc} union select 'recording', recording_id::text from tracks where isrc = ${isrc}`,
  );
  const refs = (kind: string) => found.rows.filter((row) => row.kind === kind).map(({ ref }) => ref);
  return {
    recordingIds: refs('recording').map(Number),
    artistIds: refs('artist'),
    albumIds: refs('album'),
    playlistIndexes: refs('playlist').map(Number),
  };
}

/** Recordings with these match keys, oldest first. */
export async function listByMatchKeys(db: Db, keys: readonly string[]): Promise<{ id: number; matchKey: string; durationMs: number }[]> {
  if (keys.length === 0) return [];
  const found = await db.execute<{ id: number; matchKey: string; durationMs: number }>(sql`
    select id, match_key as "matchKey", duration_ms as "durationMs" from recordings
    where merged_into is null and match_key = any(${sql.param([...keys])}::text[]) order by id`);
  return found.rows;
}
