import type { RecordingId } from '#shared/ids.ts';
import type { Provenance } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface IsrcReading {
  readonly recordingId: RecordingId;
  readonly isrc: string | null;
  readonly popularity: number | null;
}

/**
 * Stores ISRCs and popularity read later. If another recording already has the ISRC, they are the same: the younger row is merged into the older, its
 * tracks move, and its placements move where the ledger's repeat windows allow. Returns how many were merged.
 */
export async function saveIsrcs(db: Db, learned: readonly IsrcReading[], source: Provenance): Promise<number> {
  const learnedRows = sql`jsonb_to_recordset(${JSON.stringify(learned)}::jsonb) as l("recordingId" int, isrc text, popularity smallint)`;
  await db.execute(sql`update recordings r set popularity = l.popularity, popularity_source = ${source}::provenance
    from ${learnedRows} where r.id = l."recordingId" and l.popularity is not null and r.popularity is distinct from l.popularity`);
  await db.execute(sql`
    update recordings r set isrc = f.isrc, isrc_source = ${source}::provenance, basis = 'isrc', confidence = 1
    from (select distinct on (l.isrc) l.isrc, l."recordingId" from ${learnedRows} where l.isrc is not null order by l.isrc, l."recordingId") f
    where r.id = f."recordingId" and r.isrc is null and not exists (select 1 from recordings o where o.isrc = f.isrc)`);
  await db.execute(
    sql`update tracks t set isrc = l.isrc from ${learnedRows} join recordings r on r.id = l."recordingId" where t.id = r.track_id and l.isrc is not null and t.isrc is null`,
  );
  const twins = await db.execute<{ younger: RecordingId; older: RecordingId }>(sql`
    select l."recordingId" as younger, o.id as older from ${learnedRows} join recordings o on o.isrc = l.isrc join recordings r on r.id = l."recordingId"
    where o.id <> l."recordingId" and r.isrc is null and r.merged_into is null and o.merged_into is null`);
  for (const { younger, older } of twins.rows) await mergeRecording(db, younger, older);
  return twins.rows.length;
}

/** If both have placements within one repeat window, the ledger keeps the younger's placement unchanged: history is not rewritten. */
async function mergeRecording(db: Db, younger: RecordingId, older: RecordingId): Promise<void> {
  await db.execute(sql`update placements p set recording_id = ${older} where p.recording_id = ${younger} and not exists (
    select 1 from placements q where q.recording_id = ${older} and q.rest_scope = p.rest_scope and q.rest && p.rest)`);
  await db.execute(sql`update tracks set recording_id = ${older} where recording_id = ${younger}`);
  await db.execute(sql`insert into track_features select ${older}, danceability, energy, key, loudness, mode, speechiness, acousticness, instrumentalness, liveness, valence, tempo,
    time_signature, source, fetched_at from track_features where recording_id = ${younger} on conflict do nothing`);
  await db.execute(
    sql`insert into track_tags select ${older}, kind, tag, source, fetched_at from track_tags where recording_id = ${younger} on conflict do nothing`,
  );
  await db.execute(
    sql`update recordings o set first_released_on = least(o.first_released_on, y.first_released_on) from recordings y where o.id = ${older} and y.id = ${younger}`,
  );
  await db.execute(sql`update recordings set merged_into = ${older} where id = ${younger}`);
  await db.execute(sql`update recordings set merged_into = ${older} where merged_into = ${younger}`);
}
