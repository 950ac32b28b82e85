import type { Db } from '#server/repos/database.ts';
import { sql } from 'drizzle-orm';

/** What a person sees of a recording in a list; null is unknown. */
export interface SavedTrackFacts {
  /** As asked for; `recordingId` is what it is now, after a merge. */
  readonly given: number;
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
  readonly artistIds: readonly string[];
  readonly album: string;
  readonly durationMs: number;
  readonly year: number | null;
  readonly explicit: boolean | null;
  /** The track used for the recording, to which `explicit` belongs, and one that is clean where it is explicit or the other way around. */
  readonly trackId: string | null;
  readonly twinTrackId: string | null;
}

/** Facts by the id asked for; recordings that the catalog does not have are absent. */
export async function listSavedTrackFacts(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, SavedTrackFacts>> {
  if (ids.length === 0) return new Map();
  const found = await db.execute<SavedTrackFacts & Record<string, unknown>>(sql`
    select g.id as given, r.id as "recordingId", r.title, coalesce(a.name, '') as album, r.duration_ms as "durationMs", r.explicit,
      nullif(r.track_id, '') as "trackId", r.twin_track_id as "twinTrackId", extract(year from coalesce(r.first_released_on, a.released_on))::int as year,
      array(select ar.name from track_artists ta join artists ar on ar.id = ta.artist_id where ta.track_id = r.track_id order by ta.position) as artists,
      array(select ta.artist_id from track_artists ta where ta.track_id = r.track_id order by ta.position) as "artistIds"
    from recordings g join recordings r on r.id = coalesce(g.merged_into, g.id) left join albums a on a.id = r.album_id
    where g.id = any(${sql.param([...ids])}::int[])`);
  return new Map(found.rows.map((row) => [row.given, row]));
}
