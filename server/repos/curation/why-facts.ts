import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import type { PlaylistId, PolicyId } from '#shared/ids.ts';
import type { PlaylistMarkKind, SnapshotStatus, TagKind } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { SHOWN_AGAIN } from './group-claims.ts';

/** A query about one recording in one list on one day. Every query here reads by keys, however large catalog and ledger are. */
export interface WhyQuestion {
  readonly playlistId: PlaylistId;
  /** The recording and the ids that were merged into it: the ledger keeps the id of its day. */
  readonly recordingIds: readonly number[];
  readonly day: string;
}

export interface SnapshotOfDay {
  readonly status: SnapshotStatus;
  readonly report: SnapshotReport;
  readonly policyId: PolicyId;
  readonly policyFamilyId: string;
  readonly policyBody: unknown;
  readonly createdAt: Date;
}

/** The snapshot of the day with its policy version. */
export async function findSnapshotOfDay(db: Db, playlistId: PlaylistId, day: string): Promise<SnapshotOfDay | undefined> {
  const found = await db.execute<Omit<SnapshotOfDay, 'createdAt'> & { createdAt: string } & Record<string, unknown>>(sql`
    select s.status, s.report, s.policy_id as "policyId", c.family_id as "policyFamilyId", c.body as "policyBody", s.created_at as "createdAt"
    from snapshots s join curation_policies c on c.id = s.policy_id where s.playlist_id = ${playlistId} and s.batch_tag = ${day}::date`);
  const row = found.rows[0];
  return row && { ...row, createdAt: new Date(row.createdAt) };
}

/** For a day without a list: the playlist's first day, and the rules of the last list before it; null where there is none. */
export async function findDaysAround(
  db: Db,
  playlistId: PlaylistId,
  day: string,
): Promise<{ firstDay: string | null; rulesBefore: Pick<SnapshotOfDay, 'policyFamilyId' | 'policyBody'> | null }> {
  const found = await db.execute<{ firstDay: string | null; policyFamilyId: string | null; policyBody: unknown }>(sql`
    select (select min(batch_tag)::text from snapshots where playlist_id = ${playlistId}) as "firstDay", c.family_id as "policyFamilyId", c.body as "policyBody"
    from (select 1) one left join lateral (select policy_id from snapshots where playlist_id = ${playlistId} and batch_tag < ${day}::date
      order by batch_tag desc limit 1) s on true left join curation_policies c on c.id = s.policy_id`);
  const { firstDay = null, policyFamilyId = null, policyBody = null } = found.rows[0] ?? {};
  return { firstDay, rulesBefore: policyFamilyId === null ? null : { policyFamilyId, policyBody } };
}

/** The placement whose repeat window covers the day. If a merge left two, the one that started last. */
export async function findBlockingPlacement(
  db: Db,
  question: WhyQuestion,
  restScope: string,
): Promise<{ themeTag: string; firstDay: string; restsUntil: string | null } | undefined> {
  const found = await db.execute<{ themeTag: string; firstDay: string; restsUntil: string | null }>(sql`
    select l.theme_tag as "themeTag", p.first_day::text as "firstDay", (p.last_day + p.rest_days)::text as "restsUntil"
    from placements p join playlists l on l.id = p.playlist_id
    where p.rest_scope = ${restScope} and p.recording_id = any(${ids(question)}) and p.first_day <= ${question.day}::date and p.rest @> ${question.day}::date
    order by p.first_day desc, p.id limit 1`);
  return found.rows[0];
}

/** Since when the values of a recording are known. Enrichment never overwrites a value, so a value older than a moment was known then. */
export interface KnownSince {
  readonly features: Date | null;
  readonly tags: readonly { readonly kind: TagKind; readonly tag: string; readonly at: Date }[];
}

/** When each value of a recording was stored; a tag of several sources counts from the first. */
export async function findKnownSince(db: Db, recordingId: number): Promise<KnownSince> {
  const found = await db.execute<{ kind: TagKind | null; tag: string | null; at: string }>(sql`
    select null as kind, null as tag, fetched_at as at from track_features where recording_id = ${recordingId}
    union all select kind::text, tag, min(fetched_at) from track_tags where recording_id = ${recordingId} group by kind, tag`);
  const features = found.rows.find((row) => row.kind === null);
  return {
    features: features ? new Date(features.at) : null,
    tags: found.rows.flatMap(({ kind, tag, at }) => (kind === null || tag === null ? [] : [{ kind, tag, at: new Date(at) }])),
  };
}

/** The recording's entry of the day; undefined when it has none. */
export async function findEntryOfDay(db: Db, question: WhyQuestion): Promise<{ position: number; reasons: EntryReasons } | undefined> {
  const found = await db.execute<{ position: number; reasons: EntryReasons }>(sql`
    select position, reasons from playlist_entries_history
    where playlist_id = ${question.playlistId} and batch_tag = ${question.day}::date and recording_id = any(${ids(question)})`);
  return found.rows[0];
}

/** The last earlier day on which it was in this list; null when there was none. */
export async function findLastDayInList(db: Db, question: WhyQuestion): Promise<string | null> {
  const found = await db.execute<{ day: string | null }>(sql`
    select max(batch_tag)::text as day from playlist_entries_history
    where recording_id = any(${ids(question)}) and playlist_id = ${question.playlistId} and batch_tag < ${question.day}::date`);
  return found.rows[0]?.day ?? null;
}

/** The day of the previous list; null when there was none. */
export async function findPreviousListDay(db: Db, playlistId: PlaylistId, day: string): Promise<string | null> {
  const found = await db.execute<{ day: string | null }>(sql`
    select max(batch_tag)::text as day from snapshots where playlist_id = ${playlistId} and batch_tag < ${day}::date and status = 'published'`);
  return found.rows[0]?.day ?? null;
}

/** The pin or ban of the recording in this playlist that is in force on the day. */
export async function findMarkOfDay(
  db: Db,
  question: WhyQuestion,
): Promise<{ kind: PlaylistMarkKind; source: string; sinceDay: string } | undefined> {
  const found = await db.execute<{ kind: PlaylistMarkKind; source: string; sinceDay: string }>(sql`
    select m.kind, m.source, m.since_day::text as "sinceDay" from playlist_marks m
    where m.playlist_id = ${question.playlistId} and m.recording_id = any(${ids(question)})
      and m.since_day <= ${question.day}::date and (m.until_day is null or m.until_day > ${question.day}::date) order by m.id desc limit 1`);
  return found.rows[0];
}

/** Another playlist of the groups that showed it on the day, in its own list or a rolled-back one. */
export async function findGroupClaim(
  db: Db,
  question: WhyQuestion,
  groups: readonly string[],
): Promise<{ group: string; themeTag: string } | undefined> {
  if (groups.length === 0) return undefined;
  const found = await db.execute<{ group: string; themeTag: string }>(sql`
    select c.group_name as "group", l.theme_tag as "themeTag" from (
      select e.group_name, p.playlist_id from exclusive_stays e join placements p on p.id = e.placement_id
      where e.group_name in (select value from jsonb_array_elements_text(${JSON.stringify(groups)}::jsonb)) and e.recording_id = any(${ids(question)})
        and e.stay @> ${question.day}::date
      union all select a.group_name, a.playlist_id from ${SHOWN_AGAIN} a
      where a.group_name in (select value from jsonb_array_elements_text(${JSON.stringify(groups)}::jsonb)) and a.recording_id = any(${ids(question)})
        and a.day = ${question.day}::date
    ) c join playlists l on l.id = c.playlist_id where c.playlist_id <> ${question.playlistId} limit 1`);
  return found.rows[0];
}

/**
 * How the day's list compares with the recording: the lowest score of a newly chosen track, and how many tracks by its artists and from its album are
 * in it.
 */
export interface ListComparison {
  readonly lowestScore: number | null;
  readonly byArtist: { readonly name: string; readonly tracks: number } | null;
  readonly fromAlbum: number;
  /** Tracks to the nearest other one by one of its artists; null when it is not in the list or the only one. */
  readonly nearestByArtist: number | null;
}

/** Compares with the list's entries (about fifty) only. */
export async function compareWithList(db: Db, question: WhyQuestion): Promise<ListComparison> {
  const entries = sql`select h.recording_id, h.track_id, h.position, h.score, h.reasons from playlist_entries_history h where h.playlist_id = ${question.playlistId} and h.batch_tag = ${question.day}::date`;
  const found = await db.execute<{
    lowestScore: number | null;
    artist: string | null;
    byArtist: number | null;
    fromAlbum: number;
    nearest: number | null;
  }>(sql`
    with entries as materialized (${entries}), mine as (select track_id, album_id from recordings where id = any(${ids(question)}) and merged_into is null),
      own as (select position from entries where recording_id = any(${ids(question)}) limit 1),
      artist as (select ta.artist_id, count(*)::int as n from entries e join track_artists ta on ta.track_id = e.track_id
        where ta.artist_id in (select artist_id from track_artists where track_id = (select track_id from mine)) group by 1 order by 2 desc limit 1)
    select (select min(score) from entries where not reasons ? 'staysSince' and not reasons ? 'pinnedBy') as "lowestScore",
      (select name from artists where id = (select artist_id from artist)) as artist, (select n from artist) as "byArtist",
      (select count(*)::int from entries e join recordings r on r.id = e.recording_id where r.album_id = (select album_id from mine)) as "fromAlbum",
      (select min(abs(e.position - own.position))::int from own, entries e join track_artists ta on ta.track_id = e.track_id
        where e.position <> own.position and ta.artist_id in (select artist_id from track_artists where track_id = (select track_id from mine))) as nearest`);
  const row = found.rows[0];
  const byArtist = row?.artist != null && row.byArtist !== null ? { name: row.artist, tracks: row.byArtist } : null;
  return { lowestScore: row?.lowestScore ?? null, byArtist, fromAlbum: row?.fromAlbum ?? 0, nearestByArtist: row?.nearest ?? null };
}

function ids({ recordingIds }: WhyQuestion) {
  return sql`${sql.param([...recordingIds])}::int[]`;
}

/** The recording it was merged into, else itself; undefined when it does not exist. */
export async function findMergedRecording(db: Db, recordingId: number): Promise<number | undefined> {
  const found = await db.execute<{ id: number }>(sql`select coalesce(merged_into, id) as id from recordings where id = ${recordingId}`);
  return found.rows[0]?.id;
}

/** The recording and the ids that were merged into it. */
export async function listRecordingFamily(db: Db, recordingId: number): Promise<number[]> {
  const found = await db.execute<{ id: number }>(sql`
    select ${recordingId}::int as id union all select id from recordings where merged_into = ${recordingId}`);
  return found.rows.map((row) => row.id);
}
