import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import type { AccountId, PlaylistId } from '#shared/ids.ts';
import type { ReplicaStatus, SnapshotStatus } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface LatestSnapshot {
  readonly playlistId: PlaylistId;
  readonly day: string;
  readonly size: number;
  readonly report: SnapshotReport;
  readonly restDays: number;
  readonly artists: string[];
  readonly changed: number;
}

/** The newest published list of every playlist (or one) up to a day, with its three most frequent artists and its number of new entries. */
export async function listLatestSnapshots(db: Db, day: string, only?: PlaylistId): Promise<LatestSnapshot[]> {
  const which = only ? sql`playlist_id = ${only}` : sql`true`;
  const newest = sql`select distinct on (playlist_id) * from snapshots where status = 'published' and batch_tag <= ${day}::date and ${which} order by playlist_id, batch_tag desc`;
  return (await db.execute<LatestSnapshot & Record<string, unknown>>(describeSnapshots(newest))).rows;
}

/** The same of chosen lists: those that Spotify shows where it does not show the newest. */
export async function listSnapshotsOfDays(
  db: Db,
  lists: readonly { readonly playlistId: PlaylistId; readonly day: string }[],
): Promise<LatestSnapshot[]> {
  if (lists.length === 0) return [];
  const chosen = sql`select s.* from jsonb_to_recordset(${JSON.stringify(lists)}::jsonb) as k("playlistId" uuid, day date)
    join snapshots s on s.playlist_id = k."playlistId" and s.batch_tag = k.day and s.status = 'published'`;
  return (await db.execute<LatestSnapshot & Record<string, unknown>>(describeSnapshots(chosen))).rows;
}

function describeSnapshots(which: SQL): SQL {
  return sql`
    select s.playlist_id as "playlistId", s.batch_tag::text as day, s.size, s.report, coalesce((c.body->'rest'->>'days')::int, 0) as "restDays",
      array(select ar.name from playlist_entries_history h join track_artists ta on ta.track_id = h.track_id and ta.position = 1 join artists ar on ar.id = ta.artist_id
        where h.playlist_id = s.playlist_id and h.batch_tag = s.batch_tag group by ar.name order by count(*) desc, min(h.position) limit 3) as artists,
      (select count(*)::int from placements p join playlist_entries_history h on h.placement_id = p.id and h.playlist_id = p.playlist_id and h.batch_tag = p.first_day
        where p.playlist_id = s.playlist_id and p.first_day = s.batch_tag) as changed
    from (${which}) s join curation_policies c on c.id = s.policy_id`;
}

export interface LedgerCheck {
  readonly playlistId: PlaylistId;
  readonly checked: number;
  readonly repeats: number;
}

/**
 * Counts repeats independently of the constraint: compares each placement with the previous one of the same recording in the same scope. Covers
 * placements that started in the `days` before `day`, for every playlist.
 */
export async function checkLedger(db: Db, day: string, days: number): Promise<LedgerCheck[]> {
  const found = await db.execute<LedgerCheck & Record<string, unknown>>(sql`
    select playlist_id as "playlistId", count(*)::int as checked, count(*) filter (where first_day < previous_until)::int as repeats from (
      select playlist_id, first_day, lag(last_day + rest_days) over (partition by rest_scope, recording_id order by first_day) as previous_until
      from placements where first_day > ${day}::date - 2 * ${days}::int and first_day <= ${day}::date) stays
    where first_day > ${day}::date - ${days}::int group by playlist_id`);
  return found.rows;
}

/** The first day in the ledger of each repeat scope. */
export async function listScopeBeginnings(db: Db): Promise<Map<string, string>> {
  const found = await db.execute<{ scope: string; since: string }>(
    sql`select rest_scope as scope, min(first_day)::text as since from placements group by rest_scope`,
  );
  return new Map(found.rows.map(({ scope, since }) => [scope, since]));
}

/** The same count for one playlist's placements of the `days` before `day`: few enough to look up one by one, however large the network is. */
export async function countRepeats(db: Db, playlistId: PlaylistId, { day, days }: { day: string; days: number }): Promise<number> {
  const found = await db.execute<{ repeats: number }>(sql`
    select count(*)::int as repeats from placements p where p.playlist_id = ${playlistId} and p.first_day > ${day}::date - ${days}::int and p.first_day <= ${day}::date
      and exists (select 1 from placements q where q.recording_id = p.recording_id and q.rest_scope = p.rest_scope and q.id <> p.id and q.first_day <= p.first_day
        and coalesce(q.last_day + q.rest_days, 'infinity'::date) > p.first_day)`);
  return found.rows[0]?.repeats ?? 0;
}

/** Snapshots of a playlist, newest first. */
export async function listSnapshotDays(
  db: Db,
  playlistId: PlaylistId,
  limit: number,
): Promise<{ day: string; status: SnapshotStatus; report: SnapshotReport }[]> {
  const found = await db.execute<{ day: string; status: SnapshotStatus; report: SnapshotReport }>(sql`
    select batch_tag::text as day, status, report from snapshots where playlist_id = ${playlistId} order by batch_tag desc limit ${limit}`);
  return found.rows;
}

export interface EntryRow {
  readonly position: number;
  readonly recordingId: number;
  readonly trackId: string;
  readonly title: string;
  readonly artists: string[];
  readonly album: string;
  readonly releasedOn: string | null;
  readonly durationMs: number;
  readonly explicit: boolean | null;
  readonly isNew: boolean;
  readonly reasons: EntryReasons;
  readonly energy: number | null;
  readonly tempo: number | null;
  readonly placementId: number;
  readonly firstDay: string;
  readonly restsUntil: string | null;
}

/** The entries of one snapshot in order, from the ledger. */
export async function listEntries(db: Db, playlistId: PlaylistId, day: string): Promise<EntryRow[]> {
  const found = await db.execute<EntryRow & Record<string, unknown>>(sql`
    select h.position, h.recording_id as "recordingId", h.track_id as "trackId", t.name as title, coalesce(a.name, '') as album, r.first_released_on::text as "releasedOn",
      t.duration_ms as "durationMs", t.explicit, p.first_day = h.batch_tag as "isNew", h.reasons, f.energy, f.tempo, p.id::int as "placementId", p.first_day::text as "firstDay",
      (p.last_day + p.rest_days)::text as "restsUntil",
      array(select ar.name from track_artists ta join artists ar on ar.id = ta.artist_id where ta.track_id = h.track_id order by ta.position) as artists
    from playlist_entries_history h join tracks t on t.id = h.track_id join recordings r on r.id = h.recording_id join placements p on p.id = h.placement_id
    left join albums a on a.id = r.album_id left join track_features f on f.recording_id = h.recording_id
    where h.playlist_id = ${playlistId} and h.batch_tag = ${day}::date order by h.position`);
  return found.rows;
}

export interface ReplicaRow {
  readonly accountId: AccountId;
  readonly account: string;
  readonly spotifyPlaylistId: string | null;
  readonly syncedDay: string | null;
  readonly status: ReplicaStatus;
}

/** The replicas of a playlist on Spotify, without retired ones. */
export async function listReplicaRows(db: Db, playlistId: PlaylistId): Promise<ReplicaRow[]> {
  const found = await db.execute<ReplicaRow & Record<string, unknown>>(sql`
    select a.id as "accountId", a.display_name as account, m.spotify_playlist_id as "spotifyPlaylistId", m.synced_day::text as "syncedDay", m.status
    from playlist_account_map m join accounts a on a.id = m.account_id where m.playlist_id = ${playlistId} and m.status <> 'retired' order by a.display_name`);
  return found.rows;
}

/** The first day of a repeat-window scope in the ledger, and its number of placements up to a day. */
export async function measureLedger(db: Db, restScope: string, day: string): Promise<{ firstDay: string | null; placements: number }> {
  const found = await db.execute<{ firstDay: string | null; placements: number }>(sql`
    select min(first_day)::text as "firstDay", count(*)::int as placements from placements where rest_scope = ${restScope} and first_day <= ${day}::date`);
  return found.rows[0] ?? { firstDay: null, placements: 0 };
}

/** At most this many hits by title, and artists by name, are read before the best-known are chosen: a common word has a hundred thousand. */
const HITS_MAX = 400;
/** Trigrams match parts of words from three letters on; shorter queries match word beginnings. */
const PART_CHARS_MIN = 3;

/** Recordings by title or artist, best known first; for a very common word, the best known of the first hits. */
export async function findRecordings(db: Db, query: string, limit: number): Promise<{ recordingId: number; title: string; artists: string[] }[]> {
  const escaped = query.replaceAll(/[\\%_]/g, (c) => `\\${c}`);
  const like = query.length < PART_CHARS_MIN ? `${escaped}%` : `%${escaped}%`;
  const found = await db.execute<{ recordingId: number; title: string; artists: string[] }>(sql`
    with by_title as materialized (select id, 0 as place from recordings where title ilike ${like} and merged_into is null limit ${HITS_MAX}),
      who as materialized (select id from artists where name ilike ${like} limit ${HITS_MAX}),
      by_artist as materialized (select r.id, 1 as place from who join track_artists ta on ta.artist_id = who.id join tracks t on t.id = ta.track_id
        join recordings r on r.id = t.recording_id where r.track_id = ta.track_id and r.merged_into is null limit ${HITS_MAX}),
      hits as (select id, min(place) as place from (select * from by_title union all select * from by_artist) h group by id)
    select r.id as "recordingId", r.title, array(select ar.name from track_artists ta join artists ar on ar.id = ta.artist_id where ta.track_id = r.track_id order by ta.position) as artists
    from hits join recordings r on r.id = hits.id order by hits.place, r.popularity desc nulls last, r.id limit ${limit}`);
  return found.rows;
}
