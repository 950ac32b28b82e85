import type { RecordingId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface RecordingCandidate {
  readonly recordingId: RecordingId;
  readonly isrc: string | null;
  readonly matchKey: string;
  readonly durationMs: number;
}

/**
 * Recordings that a track may belong to, by match key or ISRC; a recording has the ISRCs of all its tracks, one row each. A merged one resolves to the
 * recording it became, with that one's key and duration.
 */
export async function listCandidates(db: Db, isrcs: readonly string[], matchKeys: readonly string[]): Promise<RecordingCandidate[]> {
  const found = await db.execute<RecordingCandidate & Record<string, unknown>>(sql`
    with hits as (
      select coalesce(merged_into, id) as id, isrc from recordings where isrc = any(${sql.param([...isrcs])}::text[]) or match_key = any(${sql.param([...matchKeys])}::text[])
      union select recording_id, isrc from tracks where isrc = any(${sql.param([...isrcs])}::text[])
    )
    select distinct r.id as "recordingId", h.isrc, r.match_key as "matchKey", r.duration_ms as "durationMs" from hits h
    join recordings g on g.id = h.id join recordings r on r.id = coalesce(g.merged_into, g.id) order by r.id, h.isrc`);
  return found.rows;
}

/** The recordings of known tracks, by track id: a track keeps its recording when its album is read again. */
export async function findRecordingsOfTracks(db: Db, trackIds: readonly string[]): Promise<Map<string, RecordingId>> {
  const found = await db.execute<{ id: string; recording_id: RecordingId }>(
    sql`select id, recording_id from tracks where id = any(${sql.param([...trackIds])}::text[])`,
  );
  return new Map(found.rows.map((row) => [row.id, row.recording_id]));
}

/** Reserves ids for new recordings; unused ids are skipped. */
export async function reserveRecordingIds(db: Db, count: number): Promise<RecordingId[]> {
  if (count === 0) return [];
  // One sequence step instead of one per id; concurrent callers get ids after these.
  const found = await db.execute<{ last: string }>(sql`
    select setval(seq, nextval(seq) + ${count}::int - 1) as last from (select pg_get_serial_sequence('recordings', 'id')::regclass as seq, pg_advisory_xact_lock(hashtext('segue.recordings'))) s`);
  const last = Number(found.rows[0]?.last);
  return Array.from({ length: count }, (_, i) => (last - i) as RecordingId);
}
