import type { EntryReasons, SnapshotReport } from '#shared/contracts/snapshot.ts';
import type { PlaylistId, PolicyId } from '#shared/ids.ts';
import type { PlaylistMarkKind, SnapshotStatus } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from './database.ts';

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
}

/** The list's own record of the day, with the policy version it was made under. */
export async function findSnapshotOfDay(db: Db, playlistId: PlaylistId, day: string): Promise<SnapshotOfDay | undefined> {
  const found = await db.execute<SnapshotOfDay & Record<string, unknown>>(sql`
    select s.status, s.report, s.policy_id as "policyId", c.family_id as "policyFamilyId", c.body as "policyBody"
    from snapshots s join curation_policies c on c.id = s.policy_id where s.playlist_id = ${playlistId} and s.batch_tag = ${day}::date`);
  return found.rows[0];
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

/** Another list of the groups that showed it on the day. */
export async function findGroupClaim(
  db: Db,
  asked: WhyQuestion,
  groups: readonly string[],
): Promise<{ group: string; themeTag: string } | undefined> {
  if (groups.length === 0) return undefined;
  const found = await db.execute<{ group: string; themeTag: string }>(sql`
    select e.group_name as "group", l.theme_tag as "themeTag" from exclusive_stays e join placements p on p.id = e.placement_id join playlists l on l.id = p.playlist_id
    where e.group_name in (select value from jsonb_array_elements_text(${JSON.stringify(groups)}::jsonb)) and e.recording_id = any(${ids(asked)})
      and e.stay @> ${asked.day}::date and p.playlist_id <> ${asked.playlistId} limit 1`);
  return found.rows[0];
}

/** How the list of the day stands to the recording: the lowest score that got in newly, and how much of its artists and its album is there. */
export interface ListComparison {
  readonly lowestScore: number | null;
  readonly byArtist: { readonly name: string; readonly tracks: number } | null;
  readonly fromAlbum: number;
}

/** Compares with the fifty or so entries of the list, no more. */
export async function compareWithList(db: Db, asked: WhyQuestion): Promise<ListComparison> {
  const entries = sql`select h.recording_id, h.track_id, h.score, h.reasons from playlist_entries_history h where h.playlist_id = ${asked.playlistId} and h.batch_tag = ${asked.day}::date`;
  const found = await db.execute<{ lowestScore: number | null; artist: string | null; byArtist: number | null; fromAlbum: number }>(sql`
    with entries as materialized (${entries}), mine as (select track_id, album_id from recordings where id = any(${ids(asked)}) and merged_into is null),
      artist as (select ta.artist_id, count(*)::int as n from entries e join track_artists ta on ta.track_id = e.track_id
        where ta.artist_id in (select artist_id from track_artists where track_id = (select track_id from mine)) group by 1 order by 2 desc limit 1)
    select (select min(score) from entries where not reasons ? 'staysSince' and not reasons ? 'pinnedBy') as "lowestScore",
      (select name from artists where id = (select artist_id from artist)) as artist, (select n from artist) as "byArtist",
      (select count(*)::int from entries e join recordings r on r.id = e.recording_id where r.album_id = (select album_id from mine)) as "fromAlbum"`);
  const row = found.rows[0];
  const byArtist = row?.artist != null && row.byArtist !== null ? { name: row.artist, tracks: row.byArtist } : null;
  return { lowestScore: row?.lowestScore ?? null, byArtist, fromAlbum: row?.fromAlbum ?? 0 };
}

function ids({ recordingIds }: WhyQuestion) {
  return sql`${sql.param([...recordingIds])}::int[]`;
}

/** What a recording became when it was merged, else itself; undefined when there is none. */
export async function findStandingRecording(db: Db, recordingId: number): Promise<number | undefined> {
  const found = await db.execute<{ id: number }>(sql`select coalesce(merged_into, id) as id from recordings where id = ${recordingId}`);
  return found.rows[0]?.id;
}
