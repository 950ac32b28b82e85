import type { SearchPatterns } from '#shared/domain/catalog/search-text.ts';
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

export interface SnapshotVersion {
  readonly playlistId: PlaylistId;
  readonly day: string;
  /** Changes with every write to the row. */
  readonly rowVersion: string;
}

/** Which list is the newest published one of every playlist up to a day. */
export async function listLatestVersions(db: Db, day: string): Promise<SnapshotVersion[]> {
  const found = await db.execute<SnapshotVersion & Record<string, unknown>>(sql`
    select distinct on (playlist_id) playlist_id as "playlistId", batch_tag::text as day, xmin::text as "rowVersion" from snapshots
    where status = 'published' and batch_tag <= ${day}::date order by playlist_id, batch_tag desc`);
  return found.rows;
}

/** Chosen published lists, with their three most frequent artists and their number of new entries. */
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
 * placements that started in the `days` before `day`, for every playlist. The hash of the scope decides most comparisons of the sort: texts are slow.
 */
export async function checkLedger(db: Db, day: string, days: number): Promise<LedgerCheck[]> {
  const found = await db.execute<LedgerCheck & Record<string, unknown>>(sql`
    select playlist_id as "playlistId", count(*)::int as checked, count(*) filter (where first_day < previous_until)::int as repeats from (
      select playlist_id, first_day, lag(last_day + rest_days) over (partition by hashtext(rest_scope), rest_scope, recording_id order by first_day) as previous_until
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

/** At most this many hits are read before the best-known are chosen: a common word has a hundred thousand. */
const HITS_MAX = 400;

/**
 * Recordings in whose title or artists every word is found: the words together and in the title first, then best known; for very common words, the best
 * known of the first hits. A recording whose search text is being computed is found by its title.
 */
export async function findRecordings(
  db: Db,
  { words, phrase }: SearchPatterns,
  limit: number,
): Promise<{ recordingId: number; title: string; artists: string[] }[]> {
  const all = (text: SQL) =>
    sql.join(
      words.map((pattern) => sql`${text} like ${pattern}`),
      sql` and `,
    );
  const title = sql`split_part(search_text, e'\\n', 1)`;
  const found = await db.execute<{ recordingId: number; title: string; artists: string[] }>(sql`
    with together as materialized (select id from recordings where merged_into is null and search_text like ${phrase} limit ${HITS_MAX}),
      titled as materialized (select id from recordings where merged_into is null and ${all(sql`search_text`)} and ${all(title)} limit ${HITS_MAX}),
      anywhere as materialized (select id from recordings where merged_into is null and ${all(sql`search_text`)} limit ${HITS_MAX}),
      unread as materialized (select id from recordings where merged_into is null and search_text is null and ${all(sql`' ' || lower(title)`)} limit ${HITS_MAX}),
      hits as (table together union table titled union table anywhere union table unread)
    select r.id as "recordingId", r.title, array(select ar.name from track_artists ta join artists ar on ar.id = ta.artist_id where ta.track_id = r.track_id order by ta.position) as artists
    from hits join recordings r on r.id = hits.id
    order by case when ${title} like ${phrase} then 0 when ${all(title)} then 1 when search_text like ${phrase} then 2 else 3 end, r.popularity desc nulls last, r.id limit ${limit}`);
  return found.rows;
}
