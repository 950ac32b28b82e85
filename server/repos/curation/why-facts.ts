import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import type { PlaylistId, PolicyId } from '#shared/ids.ts';
import type { PlaylistMarkKind, SnapshotStatus, TagKind } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { SHOWN_AGAIN } from './group-claims.ts';

/** A question about one recording in one list on one day. Every query here reads by keys, however large the catalogue and the ledger are. */
export interface WhyQuestion {
  readonly playlistId: PlaylistId;
  /** The recording, and what it was called before it was merged: the ledger keeps the number of its day. */
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

/** The list's own record of the day, with the policy version it was made under. */
export async function findSnapshotOfDay(db: Db, playlistId: PlaylistId, day: string): Promise<SnapshotOfDay | undefined> {
  const found = await db.execute<Omit<SnapshotOfDay, 'createdAt'> & { createdAt: string } & Record<string, unknown>>(sql`
    select s.status, s.report, s.policy_id as "policyId", c.family_id as "policyFamilyId", c.body as "policyBody", s.created_at as "createdAt"
    from snapshots s join curation_policies c on c.id = s.policy_id where s.playlist_id = ${playlistId} and s.batch_tag = ${day}::date`);
  const row = found.rows[0];
  return row && { ...row, createdAt: new Date(row.createdAt) };
}

/** The days around one without a list: the playlist's first day, and the rules of the last list before it; null where there is none. */
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

/** The stay that keeps it resting on the day: begun by then, its rest not over. Of two, before a merge, the one that began last. */
export async function findRestingStay(
  db: Db,
  asked: WhyQuestion,
  restScope: string,
): Promise<{ themeTag: string; firstDay: string; restsUntil: string | null } | undefined> {
  const found = await db.execute<{ themeTag: string; firstDay: string; restsUntil: string | null }>(sql`
    select l.theme_tag as "themeTag", p.first_day::text as "firstDay", (p.last_day + p.rest_days)::text as "restsUntil"
    from placements p join playlists l on l.id = p.playlist_id
    where p.rest_scope = ${restScope} and p.recording_id = any(${ids(asked)}) and p.first_day <= ${asked.day}::date and p.rest @> ${asked.day}::date
    order by p.first_day desc, p.id limit 1`);
  return found.rows[0];
}

/** Since when the catalogue knows what it knows of a recording. Enrichment never overwrites a value, so what is older than a moment was known then. */
export interface LearntSince {
  readonly features: Date | null;
  readonly tags: readonly { readonly kind: TagKind; readonly tag: string; readonly at: Date }[];
}

/** When each value of a recording came in; a tag that several sources said counts from the first. */
export async function findLearntSince(db: Db, recordingId: number): Promise<LearntSince> {
  const found = await db.execute<{ kind: TagKind | null; tag: string | null; at: string }>(sql`
    select null as kind, null as tag, fetched_at as at from track_features where recording_id = ${recordingId}
    union all select kind::text, tag, min(fetched_at) from track_tags where recording_id = ${recordingId} group by kind, tag`);
  const features = found.rows.find((row) => row.kind === null);
  return {
    features: features ? new Date(features.at) : null,
    tags: found.rows.flatMap(({ kind, tag, at }) => (kind === null || tag === null ? [] : [{ kind, tag, at: new Date(at) }])),
  };
}

/** Its entry of the day, if it has one. */
export async function findEntryOfDay(db: Db, asked: WhyQuestion): Promise<{ position: number; reasons: EntryReasons } | undefined> {
  const found = await db.execute<{ position: number; reasons: EntryReasons }>(sql`
    select position, reasons from playlist_entries_history
    where playlist_id = ${asked.playlistId} and batch_tag = ${asked.day}::date and recording_id = any(${ids(asked)})`);
  return found.rows[0];
}

/** The last day before on which it was in this list; null when it never was. */
export async function findLastDayHere(db: Db, asked: WhyQuestion): Promise<string | null> {
  const found = await db.execute<{ day: string | null }>(sql`
    select max(batch_tag)::text as day from playlist_entries_history
    where recording_id = any(${ids(asked)}) and playlist_id = ${asked.playlistId} and batch_tag < ${asked.day}::date`);
  return found.rows[0]?.day ?? null;
}

/** The day of the list before this one; null when there was none. */
export async function findListBefore(db: Db, playlistId: PlaylistId, day: string): Promise<string | null> {
  const found = await db.execute<{ day: string | null }>(sql`
    select max(batch_tag)::text as day from snapshots where playlist_id = ${playlistId} and batch_tag < ${day}::date and status = 'published'`);
  return found.rows[0]?.day ?? null;
}

/** What somebody said of it in this list, in force on the day. */
export async function findMarkOfDay(db: Db, asked: WhyQuestion): Promise<{ kind: PlaylistMarkKind; source: string; sinceDay: string } | undefined> {
  const found = await db.execute<{ kind: PlaylistMarkKind; source: string; sinceDay: string }>(sql`
    select m.kind, m.source, m.since_day::text as "sinceDay" from playlist_marks m
    where m.playlist_id = ${asked.playlistId} and m.recording_id = any(${ids(asked)})
      and m.since_day <= ${asked.day}::date and (m.until_day is null or m.until_day > ${asked.day}::date) order by m.id desc limit 1`);
  return found.rows[0];
}

/** Another list of the groups that showed it on the day, as its own or again. */
export async function findGroupClaim(
  db: Db,
  asked: WhyQuestion,
  groups: readonly string[],
): Promise<{ group: string; themeTag: string } | undefined> {
  if (groups.length === 0) return undefined;
  const found = await db.execute<{ group: string; themeTag: string }>(sql`
    select c.group_name as "group", l.theme_tag as "themeTag" from (
      select e.group_name, p.playlist_id from exclusive_stays e join placements p on p.id = e.placement_id
      where e.group_name in (select value from jsonb_array_elements_text(${JSON.stringify(groups)}::jsonb)) and e.recording_id = any(${ids(asked)})
        and e.stay @> ${asked.day}::date
      union all select a.group_name, a.playlist_id from ${SHOWN_AGAIN} a
      where a.group_name in (select value from jsonb_array_elements_text(${JSON.stringify(groups)}::jsonb)) and a.recording_id = any(${ids(asked)})
        and a.day = ${asked.day}::date
    ) c join playlists l on l.id = c.playlist_id where c.playlist_id <> ${asked.playlistId} limit 1`);
  return found.rows[0];
}

/** How the list of the day stands to the recording: the lowest score that got in newly, and how much of its artists and its album is there. */
export interface ListComparison {
  readonly lowestScore: number | null;
  readonly byArtist: { readonly name: string; readonly tracks: number } | null;
  readonly fromAlbum: number;
  /** Places to the nearest other track by one of its artists; null when it is not in the list, or alone of them. */
  readonly nearestByArtist: number | null;
}

/** Compares with the fifty or so entries of the list, no more. */
export async function compareWithList(db: Db, asked: WhyQuestion): Promise<ListComparison> {
  const entries = sql`select h.recording_id, h.track_id, h.position, h.score, h.reasons from playlist_entries_history h where h.playlist_id = ${asked.playlistId} and h.batch_tag = ${asked.day}::date`;
  const found = await db.execute<{
    lowestScore: number | null;
    artist: string | null;
    byArtist: number | null;
    fromAlbum: number;
    nearest: number | null;
  }>(sql`
    with entries as materialized (${entries}), mine as (select track_id, album_id from recordings where id = any(${ids(asked)}) and merged_into is null),
      own as (select position from entries where recording_id = any(${ids(asked)}) limit 1),
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

/** What a recording became when it was merged, else itself; undefined when there is none. */
export async function findStandingRecording(db: Db, recordingId: number): Promise<number | undefined> {
  const found = await db.execute<{ id: number }>(sql`select coalesce(merged_into, id) as id from recordings where id = ${recordingId}`);
  return found.rows[0]?.id;
}
