import type { ExportedTrack } from '#shared/domain/discovery/lists/write-list.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** What is exported of recordings, by the id that was asked for; missing ones are absent, and a merged one is the one it became. */
export async function listExportedTracks(db: Db, recordingIds: readonly number[]): Promise<Map<number, ExportedTrack>> {
  if (recordingIds.length === 0) return new Map();
  const found = await db.execute<ExportedTrack & { given: number } & Record<string, unknown>>(sql`
    select g.id as given, r.track_id as "trackId", r.title, r.album_id as "albumId", coalesce(a.name, '') as album, a.release_date as "releaseDate",
      r.duration_ms as "durationMs", r.explicit, r.popularity, r.isrc,
      coalesce((select jsonb_agg(jsonb_build_object('id', ar.id, 'name', ar.name) order by ta.position)
        from track_artists ta join artists ar on ar.id = ta.artist_id where ta.track_id = r.track_id), '[]') as artists
    from recordings g join recordings r on r.id = coalesce(g.merged_into, g.id) left join albums a on a.id = r.album_id
    where g.id in (select value::int from jsonb_array_elements_text(${JSON.stringify(recordingIds)}::jsonb))`);
  return new Map(found.rows.map(({ given, ...track }) => [given, track]));
}
