import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** What a person needs to recognize a recording, and how it sounds; null is unknown. */
export interface RecordingCaption {
  readonly recordingId: number;
  readonly title: string;
  readonly artists: string[];
  readonly album: string;
  readonly energy: number | null;
  readonly tempo: number | null;
  readonly key: number | null;
  readonly mode: number | null;
}

/** Captions by recording id; missing recordings are absent. */
export async function listCaptions(db: Db, recordingIds: readonly number[]): Promise<Map<number, RecordingCaption>> {
  if (recordingIds.length === 0) return new Map();
  const found = await db.execute<RecordingCaption & Record<string, unknown>>(sql`
    select r.id as "recordingId", r.title, coalesce(a.name, '') as album, f.energy, f.tempo, f.key, f.mode,
      array(select ar.name from track_artists ta join artists ar on ar.id = ta.artist_id where ta.track_id = r.track_id order by ta.position) as artists
    from recordings r left join albums a on a.id = r.album_id left join track_features f on f.recording_id = r.id
    where r.id = any(${sql.param([...recordingIds])}::int[])`);
  return new Map(found.rows.map((row) => [row.recordingId, row]));
}
