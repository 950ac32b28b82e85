import type { IdentityCandidate, RecordingMerge } from '#shared/domain/catalog/recording-identity.ts';
import { confidenceOf } from '#shared/domain/catalog/recording-identity.ts';
import type { RecordingId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** A recording whose match key and search text are to be computed again, with what they are computed from. */
export interface UnreadRecording extends Record<string, unknown> {
  readonly id: RecordingId;
  readonly matchKey: string;
  readonly title: string;
  readonly artists: string[];
}

/** How many recordings are to be read again. Stops counting at `atMost`. */
export async function countUnread(db: Db, atMost: number): Promise<number> {
  const found = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from (select 1 from recordings where search_text is null limit ${atMost}) u`);
  return found.rows[0]?.count ?? 0;
}

/** Recordings to be read again, by id. */
export async function listUnread(db: Db, after: number, limit: number): Promise<UnreadRecording[]> {
  const found = await db.execute<UnreadRecording>(sql`
    select r.id, r.match_key as "matchKey", r.title,
      array(select a.name from track_artists ta join artists a on a.id = ta.artist_id where ta.track_id = r.track_id order by ta.position) as artists
    from recordings r where r.search_text is null and r.id > ${after} order by r.id limit ${limit}`);
  return found.rows;
}

/** Stores match keys. */
export async function saveMatchKeys(db: Db, keys: readonly { readonly id: RecordingId; readonly matchKey: string }[]): Promise<void> {
  if (keys.length === 0) return;
  await db.execute(sql`update recordings r set match_key = k."matchKey"
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(id int, "matchKey" text) where r.id = k.id`);
}

/** Stores search texts: these recordings are read. */
export async function saveSearchTexts(db: Db, texts: readonly { readonly id: RecordingId; readonly searchText: string }[]): Promise<void> {
  if (texts.length === 0) return;
  await db.execute(sql`update recordings r set search_text = k."searchText"
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as k(id int, "searchText" text) where r.id = k.id`);
}

/** Recordings that share their match key with another one, whole keys at a time, by key. */
export async function listSharingKey(
  db: Db,
  afterKey: string,
  keys: number,
): Promise<{ readonly recordings: IdentityCandidate[]; readonly lastKey: string | undefined }> {
  const found = await db.execute<IdentityCandidate & Record<string, unknown>>(sql`
    with shared as materialized (select match_key from recordings where merged_into is null and match_key > ${afterKey}
      group by match_key having count(*) > 1 order by match_key limit ${keys})
    select r.id as "recordingId", r.isrc, r.match_key as "matchKey", r.duration_ms as "durationMs"
    from shared s join recordings r on r.match_key = s.match_key where r.merged_into is null order by r.match_key, r.id`);
  return { recordings: found.rows, lastKey: found.rows.at(-1)?.matchKey };
}

/** Pairs of recordings that a person separated, as `one:other` in both directions. */
export async function listSeparated(db: Db): Promise<Set<string>> {
  const found = await db.execute<{ one: number; other: number }>(sql`
    select from_recording as one, into_recording as other from recording_merges where undone_at is not null`);
  return new Set(found.rows.flatMap(({ one, other }) => [`${one}:${other}`, `${other}:${one}`]));
}

/** ISRCs in the catalog that are not written as `CCXXXYYNNNNN`. */
export async function listOddIsrcs(db: Db): Promise<string[]> {
  const odd = sql`!~ '^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$'`;
  const found = await db.execute<{ isrc: string }>(sql`
    select isrc from tracks where isrc ${odd} union select isrc from recordings where isrc ${odd}`);
  return found.rows.map((row) => row.isrc);
}

/** Replaces ISRCs by their normal form, or by unknown. Where two recordings would have the same one, the older keeps it. */
export async function replaceIsrcs(db: Db, forms: readonly { readonly given: string; readonly isrc: string | null }[]): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(forms)}::jsonb) as f(given text, isrc text)`;
  await db.execute(sql`update tracks t set isrc = f.isrc from ${given} where t.isrc = f.given`);
  await db.execute(sql`
    with wanted as (select distinct on (f.isrc) r.id, f.isrc from ${given} join recordings r on r.isrc = f.given where f.isrc is not null
      and not exists (select 1 from recordings o where o.isrc = f.isrc) order by f.isrc, r.id)
    update recordings r set isrc = w.isrc, isrc_source = case when w.isrc is not null then r.isrc_source end
    from ${given} join recordings x on x.isrc = f.given left join wanted w on w.id = x.id where r.id = x.id`);
}

/** Recordings whose tracks have one ISRC: each younger one with the oldest. */
export async function listSharingIsrc(db: Db): Promise<RecordingMerge[]> {
  const found = await db.execute<{ from: RecordingId; into: RecordingId }>(sql`
    select distinct t.recording_id as "from", s.oldest as "into"
    from (select isrc, min(recording_id) as oldest from tracks where isrc is not null group by isrc having min(recording_id) <> max(recording_id)) s
    join tracks t on t.isrc = s.isrc where t.recording_id <> s.oldest order by 1, 2`);
  return found.rows.map(({ from, into }) => ({ from, into, basis: 'isrc', confidence: confidenceOf('isrc') }));
}
