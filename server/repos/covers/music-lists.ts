import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import type { PlaylistId, SpotifyTrackId } from '#shared/ids.ts';

/** A playlist of the network and the last day for which it has a list. */
export interface NetworkList {
  readonly id: PlaylistId;
  readonly index: number;
  readonly themeTag: string;
  /** Null when no list was published yet. */
  readonly day: string | null;
}

/** A playlist of the network by its number, or by the id of one of its copies on Spotify. */
export async function findNetworkList(
  db: Db,
  by: { readonly index: number } | { readonly spotifyPlaylistId: string },
): Promise<NetworkList | undefined> {
  const isIt =
    'index' in by
      ? sql`p.global_index = ${by.index}`
      : sql`exists (select 1 from playlist_account_map c where c.playlist_id = p.id and c.spotify_playlist_id = ${by.spotifyPlaylistId})`;
  const found = await db.execute<NetworkList & Record<string, unknown>>(sql`
    select p.id, p.global_index as index, p.theme_tag as "themeTag",
      (select max(s.batch_tag)::text from snapshots s where s.playlist_id = p.id and s.status = 'published') as day
    from playlists p where ${isIt}`);
  return found.rows[0];
}

/** An imported album and its tracks in order; undefined when it is not in the catalog. */
export async function findAlbumTracks(db: Db, albumId: string): Promise<{ name: string; trackIds: SpotifyTrackId[] } | undefined> {
  const found = await db.execute<{ name: string; trackIds: SpotifyTrackId[] }>(sql`
    select a.name, array(select m.track_id from album_track_map m where m.album_id = a.id order by m.disc_number, m.track_number) as "trackIds"
    from albums a where a.id = ${albumId}`);
  return found.rows[0];
}

/** The themes of the network's playlists, which are their titles. */
export async function listTakenTitles(db: Db): Promise<string[]> {
  const found = await db.execute<{ title: string }>(sql`select distinct theme_tag as title from playlists`);
  return found.rows.map(({ title }) => title);
}

/** The numbers and themes of playlists. */
export async function listPlaylistNames(
  db: Db,
  ids: readonly PlaylistId[],
): Promise<{ readonly id: PlaylistId; readonly index: number; readonly themeTag: string }[]> {
  if (ids.length === 0) return [];
  const found = await db.execute<{ id: PlaylistId; index: number; themeTag: string }>(
    sql`select id, global_index as index, theme_tag as "themeTag" from playlists where id = any(${sql.param([...ids])}::uuid[])`,
  );
  return found.rows;
}

/** An active playlist with a list. */
export interface NetworkTheme {
  readonly id: PlaylistId;
  readonly index: number;
  readonly themeTag: string;
  /** The day of its newest list. */
  readonly day: string;
}

/** The active playlists that have a list, by number. */
export async function listNetworkThemes(db: Db): Promise<NetworkTheme[]> {
  const found = await db.execute<NetworkTheme & Record<string, unknown>>(sql`
    select p.id, p.global_index as index, p.theme_tag as "themeTag", s.day::text as day from playlists p
    join lateral (select max(batch_tag) as day from snapshots where playlist_id = p.id and status = 'published') s on s.day is not null
    where p.status = 'active' order by p.global_index`);
  return found.rows;
}
