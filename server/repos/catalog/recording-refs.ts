import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** Recording ids by reference; absent where the catalog has none. A merged recording resolves to the one it became. */
export interface FoundRecordings {
  readonly byId: ReadonlyMap<number, number>;
  readonly byIsrc: ReadonlyMap<string, number>;
  readonly byTrack: ReadonlyMap<string, number>;
}

/** Finds recordings by id, ISRC and Spotify track, one query each. */
export async function findRecordingRefs(
  db: Db,
  wanted: { ids: readonly number[]; isrcs: readonly string[]; trackIds: readonly string[] },
): Promise<FoundRecordings> {
  const ids = await db.execute<{ given: number; found: number }>(sql`
    select r.id as given, coalesce(r.merged_into, r.id) as found from recordings r
    where r.id in (select value::int from jsonb_array_elements_text(${JSON.stringify(wanted.ids)}::jsonb))`);
  const isrcs = await db.execute<{ given: string; found: number }>(sql`
    select w.isrc as given, coalesce(r.merged_into, r.id) as found from jsonb_array_elements_text(${JSON.stringify(wanted.isrcs)}::jsonb) w(isrc)
    cross join lateral (select id from recordings where isrc = w.isrc union select recording_id from tracks where isrc = w.isrc) f
    join recordings r on r.id = f.id order by 1, 2 desc`);
  const tracks = await db.execute<{ given: string; found: number }>(sql`
    select t.id as given, coalesce(r.merged_into, r.id) as found from tracks t join recordings r on r.id = t.recording_id
    where t.id in (select value from jsonb_array_elements_text(${JSON.stringify(wanted.trackIds)}::jsonb))`);
  return { byId: toMap(ids.rows), byIsrc: toMap(isrcs.rows), byTrack: toMap(tracks.rows) };
}

/** Recordings on the albums in any release; albums not in the catalog are absent. */
export async function listRecordingsOnAlbums(db: Db, albumIds: readonly string[]): Promise<Map<string, number[]>> {
  if (albumIds.length === 0) return new Map();
  const found = await db.execute<{ album: string; ids: number[] }>(sql`
    select m.album_id as album, array_agg(distinct coalesce(r.merged_into, r.id)) as ids from album_track_map m join tracks t on t.id = m.track_id
    join recordings r on r.id = t.recording_id where m.album_id in (select value from jsonb_array_elements_text(${JSON.stringify(albumIds)}::jsonb)) group by 1`);
  return new Map(found.rows.map(({ album, ids }) => [album, ids]));
}

function toMap<K>(rows: readonly { given: K; found: number }[]): Map<K, number> {
  return new Map(rows.map(({ given, found }) => [given, found]));
}
