import { confidenceOf } from '#shared/domain/catalog/recording-identity.ts';
import type { RecordingId } from '#shared/ids.ts';
import type { Provenance } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { mergeRecordings } from './recording-merges.ts';

export interface IsrcReading {
  readonly recordingId: RecordingId;
  readonly isrc: string | null;
  readonly popularity: number | null;
}

/**
 * Stores ISRCs and popularity read later, in the caller's transaction. Recordings that turn out to have the same ISRC are merged, the younger into the
 * older. Returns how many were merged.
 */
export async function saveIsrcs(db: Db, learned: readonly IsrcReading[], { source, at }: { source: Provenance; at: Date }): Promise<number> {
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
  const twins = await db.execute<{ one: RecordingId; other: RecordingId }>(sql`
    select distinct l."recordingId" as one, o.id as other from ${learnedRows} join recordings r on r.id = l."recordingId"
    cross join lateral (select coalesce(h.merged_into, h.id) as id from recordings h where h.isrc = l.isrc
      union select coalesce(h.merged_into, h.id) from tracks t join recordings h on h.id = t.recording_id where t.isrc = l.isrc) o
    where o.id <> l."recordingId" and r.isrc is null and r.merged_into is null`);
  const merges = twins.rows.map(({ one, other }) => ({
    from: one > other ? one : other,
    into: one > other ? other : one,
    basis: 'isrc' as const,
    confidence: confidenceOf('isrc'),
  }));
  return mergeRecordings(db, merges, at);
}
