import type { FeatureColumns } from '#drizzle/schema/index.ts';
import type { RecordingId, SpotifyTrackId } from '#shared/ids.ts';
import type { Provenance, TagKind } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface UnenrichedRecording {
  readonly recordingId: RecordingId;
  readonly trackId: SpotifyTrackId;
}

/** Recordings whose audio features were never requested, with an id above `after`. */
export async function listWithoutFeatures(db: Db, after: number, limit: number): Promise<UnenrichedRecording[]> {
  const found = await db.execute<UnenrichedRecording & Record<string, unknown>>(sql`
    select id as "recordingId", track_id as "trackId" from recordings
    where features_asked_at is null and merged_into is null and id > ${after} order by id limit ${limit}`);
  return found.rows;
}

export async function countUnenriched(db: Db): Promise<{ features: number; genres: number; details: number }> {
  const found = await db.execute<{ features: number; genres: number; details: number }>(sql`
    select count(*) filter (where features_asked_at is null)::int as features,
      (select count(*)::int from (${artistsToAsk()}) a) as genres, count(*) filter (where isrc is null)::int as details
    from recordings where merged_into is null`);
  return found.rows[0] ?? { features: 0, genres: 0, details: 0 };
}

/** Stores a source's features and marks all requested recordings, known or not, so that they are not requested again at once. */
export async function saveFeatures(
  db: Db,
  answer: { source: Provenance; at: Date; asked: readonly RecordingId[]; features: readonly FeatureColumns[] },
): Promise<void> {
  const at = sql`${answer.at.toISOString()}::timestamptz`;
  if (answer.features.length > 0) {
    await db.execute(sql`
      insert into track_features (recording_id, danceability, energy, key, loudness, mode, speechiness, acousticness, instrumentalness, liveness, valence, tempo, time_signature, source, fetched_at)
      select f."recordingId", f.danceability, f.energy, f.key, f.loudness, f.mode, f.speechiness, f.acousticness, f.instrumentalness, f.liveness, f.valence, f.tempo, f.time_signature, ${answer.source}::provenance, ${at}
      from jsonb_to_recordset(${JSON.stringify(answer.features)}::jsonb) as f("recordingId" int, danceability real, energy real, key smallint, loudness real, mode smallint, speechiness real,
        acousticness real, instrumentalness real, liveness real, valence real, tempo real, time_signature smallint)
      on conflict (recording_id) do nothing`);
  }
  await db.execute(sql`update recordings set features_asked_at = ${at} where id = any(${sql.param([...answer.asked])}::int[])`);
}

/** One recording to request per first-credited artist: the best-known one with an ISRC, if no recording of the artist was requested yet. */
function artistsToAsk() {
  return sql`select distinct on (ta.artist_id) ta.artist_id as "artistId", r.isrc, r.id as "recordingId" from recordings r
    join track_artists ta on ta.track_id = r.track_id and ta.position = 1
    where r.isrc is not null and r.tags_asked_at is null and r.merged_into is null
    order by ta.artist_id, r.popularity desc nulls last, r.id`;
}

export interface ArtistWithoutGenres {
  readonly artistId: string;
  readonly isrc: string;
  readonly recordingId: RecordingId;
}

export async function listArtistsWithoutGenres(db: Db, limit: number): Promise<ArtistWithoutGenres[]> {
  const found = await db.execute<ArtistWithoutGenres & Record<string, unknown>>(
    sql`select * from (${artistsToAsk()}) a order by "recordingId" limit ${limit}`,
  );
  return found.rows;
}

interface SaidTags {
  readonly artistId: string;
  readonly recordingId: RecordingId;
  readonly kind: TagKind;
  readonly tags: readonly string[];
  readonly source: Provenance;
  readonly at: Date;
}

/**
 * Tags the requested recording with the source's provenance, and the artist's other recordings with the same tags as `derived`. All of them count as
 * requested; a later direct answer is stored beside the derived one.
 */
export async function saveArtistTags(db: Db, answer: SaidTags): Promise<void> {
  const at = sql`${answer.at.toISOString()}::timestamptz`;
  // Through tracks, which have an index on both sides: recordings have none on theirs, and this runs once for each artist.
  const ofArtist = sql`select r.id from track_artists ta join tracks t on t.id = ta.track_id join recordings r on r.id = t.recording_id and r.track_id = t.id
    where ta.artist_id = ${answer.artistId} and ta.position = 1`;
  if (answer.tags.length > 0) {
    await db.execute(sql`
      insert into track_tags (recording_id, kind, tag, source, fetched_at)
      select o.id, ${answer.kind}::tag_kind, t.tag, case when o.id = ${answer.recordingId} then ${answer.source}::provenance else 'derived'::provenance end, ${at}
      from (${ofArtist}) o cross join unnest(${sql.param([...answer.tags])}::text[]) as t(tag) on conflict do nothing`);
  }
  await db.execute(sql`update recordings set tags_asked_at = ${at} where id in (${ofArtist})`);
}

/** Recordings without an ISRC; used where one request can read fifty tracks. */
export async function listWithoutIsrc(db: Db, after: number, limit: number): Promise<UnenrichedRecording[]> {
  const found = await db.execute<UnenrichedRecording & Record<string, unknown>>(sql`
    select id as "recordingId", track_id as "trackId" from recordings where isrc is null and merged_into is null and id > ${after} order by id limit ${limit}`);
  return found.rows;
}
