import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** What the catalog knows of a track, by its Spotify id or its ISRC. Null is unknown. */
export interface KnownTrack {
  readonly trackId: string | null;
  readonly isrc: string | null;
  readonly durationMs: number;
  readonly releaseYear: number | null;
  readonly valence: number | null;
  readonly energy: number | null;
  readonly danceability: number | null;
  readonly acousticness: number | null;
  readonly instrumentalness: number | null;
  readonly liveness: number | null;
  readonly speechiness: number | null;
  readonly tempo: number | null;
  readonly genres: string[];
  readonly artists: string[];
}

/** The catalog's recordings of tracks that are asked for by Spotify id or by ISRC, one row for each known id and each known ISRC. */
export async function listKnownTracks(
  db: Db,
  asked: { readonly trackIds: readonly string[]; readonly isrcs: readonly string[] },
): Promise<KnownTrack[]> {
  const found = await db.execute<KnownTrack & Record<string, unknown>>(sql`
    with asked as (
      select t.id as track_id, null::text as isrc, t.recording_id from tracks t where t.id = any(${sql.param([...asked.trackIds])}::text[])
      union all
      select null, hits.isrc, min(hits.recording_id) from (
        select isrc, id as recording_id from recordings where isrc = any(${sql.param([...asked.isrcs])}::text[])
        union select isrc, recording_id from tracks where isrc = any(${sql.param([...asked.isrcs])}::text[])
      ) hits group by hits.isrc
    )
    select a.track_id as "trackId", a.isrc, r.duration_ms as "durationMs", extract(year from r.first_released_on)::int as "releaseYear",
      f.valence, f.energy, f.danceability, f.acousticness, f.instrumentalness, f.liveness, f.speechiness, f.tempo,
      array(select distinct g.tag from track_tags g where g.recording_id = r.id and g.kind = 'genre' order by 1) as genres,
      array(select n.name from track_artists ta join artists n on n.id = ta.artist_id where ta.track_id = r.track_id order by ta.position) as artists
    from asked a join recordings o on o.id = a.recording_id join recordings r on r.id = coalesce(o.merged_into, o.id)
    left join track_features f on f.recording_id = r.id`);
  return found.rows;
}

/** The most frequent genres of artists, by artist id: at most four of an artist. Unknown artists are absent. */
export async function listArtistGenres(db: Db, artistIds: readonly string[]): Promise<Map<string, string[]>> {
  if (artistIds.length === 0) return new Map();
  const found = await db.execute<{ id: string; genres: string[] }>(sql`
    select artist_id as id, (array_agg(tag order by n desc, tag))[1:4] as genres from (
      select ta.artist_id, g.tag, count(*) as n from track_artists ta
      join tracks t on t.id = ta.track_id join recordings r on r.id = t.recording_id and r.track_id = t.id join track_tags g on g.recording_id = r.id and g.kind = 'genre'
      where ta.artist_id = any(${sql.param([...artistIds])}::text[]) and ta.position = 1 group by 1, 2
    ) counted group by artist_id`);
  return new Map(found.rows.map(({ id, genres }) => [id, genres]));
}
