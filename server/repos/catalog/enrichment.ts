import type { FeatureColumns } from '#drizzle/schema/index.ts';
import type { RecordingId, SpotifyTrackId } from '#shared/ids.ts';
import type { Provenance, TagKind } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface UnenrichedRecording {
  readonly recordingId: RecordingId;
  readonly trackId: SpotifyTrackId;
}

/** Recordings whose audio features nobody was asked for yet, after a given number. */
export async function listUnfeatured(db: Db, after: number, limit: number): Promise<UnenrichedRecording[]> {
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

/** Writes what a source said of recordings and marks all that were asked, known or not, so that nobody asks again at once. */
export async function saveFeatures(
  db: Db,
  said: { source: Provenance; at: Date; asked: readonly RecordingId[]; features: readonly FeatureColumns[] },
): Promise<void> {
  const at = sql`${said.at.toISOString()}::timestamptz`;
  if (said.features.length > 0) {
    await db.execute(sql`
      insert into track_features (recording_id, danceability, energy, key, loudness, mode, speechiness, acousticness, instrumentalness, liveness, valence, tempo, time_signature, source, fetched_at)
      select f."recordingId", f.danceability, f.energy, f.key, f.loudness, f.mode, f.speechiness, f.acousticness, f.instrumentalness, f.liveness, f.valence, f.tempo, f.time_signature, ${said.source}::provenance, ${at}
      from jsonb_to_recordset(${JSON.stringify(said.features)}::jsonb) as f("recordingId" int, danceability real, energy real, key smallint, loudness real, mode smallint, speechiness real,
        acousticness real, instrumentalness real, liveness real, valence real, tempo real, time_signature smallint)
      on conflict (recording_id) do nothing`);
  }
  await db.execute(sql`update recordings set features_asked_at = ${at} where id = any(${sql.param([...said.asked])}::int[])`);
}

/** One recording to ask per first-credited artist: the best known one that carries an ISRC, where no recording of the artist was asked yet. */
function artistsToAsk() {
  return sql`select distinct on (ta.artist_id) ta.artist_id as "artistId", r.isrc, r.id as "recordingId" from recordings r
    join track_artists ta on ta.track_id = r.track_id and ta.position = 1
    where r.isrc is not null and r.tags_asked_at is null and r.merged_into is null
    order by ta.artist_id, r.popularity desc nulls last, r.id`;
}

export interface ArtistToAsk {
  readonly artistId: string;
  readonly isrc: string;
  readonly recordingId: RecordingId;
}

export async function listArtistsToAsk(db: Db, limit: number): Promise<ArtistToAsk[]> {
  const found = await db.execute<ArtistToAsk & Record<string, unknown>>(
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
 * Tags the recording that was asked with the source's own word, and the artist's other recordings with the same as `derived`.
 * All of them count as asked; a later direct answer stands beside the derived one.
 */
export async function saveArtistTags(db: Db, said: SaidTags): Promise<void> {
  const at = sql`${said.at.toISOString()}::timestamptz`;
  const ofArtist = sql`select r.id from recordings r join track_artists ta on ta.track_id = r.track_id and ta.position = 1 where ta.artist_id = ${said.artistId}`;
  if (said.tags.length > 0) {
    await db.execute(sql`
      insert into track_tags (recording_id, kind, tag, source, fetched_at)
      select o.id, ${said.kind}::tag_kind, t.tag, case when o.id = ${said.recordingId} then ${said.source}::provenance else 'derived'::provenance end, ${at}
      from (${ofArtist}) o cross join unnest(${sql.param([...said.tags])}::text[]) as t(tag) on conflict do nothing`);
  }
  await db.execute(sql`update recordings set tags_asked_at = ${at} where id in (${ofArtist})`);
}

/** Tracks whose ISRC nobody has said, by recording; used where one request can carry fifty. */
export async function listWithoutIsrc(db: Db, after: number, limit: number): Promise<UnenrichedRecording[]> {
  const found = await db.execute<UnenrichedRecording & Record<string, unknown>>(sql`
    select id as "recordingId", track_id as "trackId" from recordings where isrc is null and merged_into is null and id > ${after} order by id limit ${limit}`);
  return found.rows;
}
