import { snapshots } from '#drizzle/schema/index.ts';
import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import type { PlaylistId, PolicyId } from '#shared/ids.ts';
import { and, eq, sql } from 'drizzle-orm';
import { MERGED_RECORDINGS } from '#server/repos/catalog/recording-merges.ts';
import type { Db } from '#server/repos/database.ts';

export interface NewSnapshot {
  readonly playlistId: PlaylistId;
  readonly policyId: PolicyId;
  readonly day: string;
  readonly restScope: string;
  readonly restDays: number;
  readonly at: Date;
  readonly status: 'published' | 'unfilled';
  readonly report: SnapshotReport;
  readonly entries: readonly NewEntry[];
  /** Title and description of that day; unknown when omitted. */
  readonly details?: { readonly name: string; readonly description: string };
  /** Exclusivity groups in which the placements are claimed; none when omitted. */
  readonly groups?: readonly string[];
  /** Pins that ended, with the last day on which they were shown. */
  readonly ended?: readonly { readonly recordingId: number; readonly restScope: string; readonly firstDay: string; readonly lastDay: string }[];
}

export interface NewEntry {
  readonly recordingId: number;
  readonly score: number;
  readonly reasons: EntryReasons;
  /** When its placement started; the snapshot's day when omitted. An earlier day continues a placement. */
  readonly firstDay?: string;
  /** A placement without an end. */
  readonly isPinned?: boolean;
  /** Which version is placed where a recording has both: its explicit or its clean track; null or omitted for the recording's first track. */
  readonly isExplicit?: boolean | null;
}

/**
 * Writes a snapshot with its placements and ledger entries in the caller's transaction: new placements start, running ones continue, ended pins
 * close. The database rejects the whole snapshot when a recording is inside its repeat window (constraint `placements_no_repeat`), another playlist
 * of a group shows it (`exclusive_stays_no_share`) or a position is missing. A running placement of a recording that was merged in the meantime continues
 * under its own id, with its own track.
 */
export async function insertSnapshot(db: Db, snapshot: NewSnapshot): Promise<void> {
  const { playlistId, day, at } = snapshot;
  await db.insert(snapshots).values({
    playlistId,
    batchTag: day,
    policyId: snapshot.policyId,
    status: snapshot.status,
    size: snapshot.entries.length,
    report: snapshot.report,
    createdAt: at,
    ...snapshot.details,
  });
  if (snapshot.ended && snapshot.ended.length > 0) await endStays(db, playlistId, snapshot.ended);
  if (snapshot.entries.length === 0) return;
  const entries = snapshot.entries.map((entry, i) => ({ firstDay: day, isPinned: false, ...entry, position: i + 1 }));
  const running = entries.filter((entry) => entry.firstDay < day).length;
  const found = await db.execute<{ running: number }>(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
        as e("recordingId" int, score real, reasons jsonb, position int, "firstDay" date, "isPinned" boolean, "isExplicit" boolean)
    ), begun as (
      insert into placements (playlist_id, recording_id, rest_scope, first_day, last_day, rest_days)
      select ${playlistId}::uuid, "recordingId", ${snapshot.restScope}, ${day}::date, case when "isPinned" then null else ${day}::date end, ${snapshot.restDays}
      from given where "firstDay" = ${day}::date
      returning id, recording_id, recording_id as counts_as
    ), continued as (
      ${running > 0 ? continueStays(snapshot) : sql`select null::bigint as id, null::int as recording_id, null::int as counts_as where false`}
    ), placed as (select * from begun union all select * from continued), claimed as (
      insert into exclusive_stays (placement_id, group_name, recording_id, first_day, last_day)
      select p.id, c.group_name, p.recording_id, ${day}::date, case when g."isPinned" then null else ${day}::date end
      from placed p join given g on g."recordingId" = p.counts_as cross join jsonb_array_elements_text(${JSON.stringify(snapshot.groups ?? [])}::jsonb) c(group_name)
      on conflict (placement_id, group_name) do update set last_day = excluded.last_day
    ), written as (
      insert into playlist_entries_history (playlist_id, batch_tag, position, recording_id, track_id, placement_id, score, reasons, added_at)
      select ${playlistId}::uuid, ${day}::date, g.position, p.recording_id, ${TRACK_OF_VERSION}, p.id, g.score, g.reasons, ${at.toISOString()}::timestamptz
      from given g join placed p on p.counts_as = g."recordingId" join recordings r on r.id = p.recording_id join recordings o on o.id = g."recordingId"
    )
    select count(*)::int as running from continued`);
  if (found.rows[0]?.running !== running) throw new PlacementMissing('A placement to be continued is not in the ledger.');
}

/** A list continues a placement that the ledger does not have. */
export class PlacementMissing extends Error {}

/** Checks the completeness of the transaction's snapshots now instead of at commit. */
export async function requireCompleteSnapshots(db: Db): Promise<void> {
  await db.execute(sql`set constraints snapshots_whole immediate`);
  await db.execute(sql`set constraints snapshots_whole deferred`);
}

/** The track of the wanted version: the placed recording's own, else one of the recording it counts as. */
const TRACK_OF_VERSION = sql`case when g."isExplicit" is null or r.explicit = g."isExplicit" then r.track_id when r.twin_track_id is not null then r.twin_track_id
  when o.explicit = g."isExplicit" then o.track_id else o.twin_track_id end`;

/** Runs only when a placement continues: most lists of most policies are new every day. Of two that count as one recording, its own continues. */
function continueStays({ playlistId, day, restScope, restDays }: NewSnapshot) {
  return sql`update placements p set last_day = case when g."isPinned" then null else greatest(p.last_day, ${day}::date) end, rest_days = greatest(p.rest_days, ${restDays})
      from (select distinct on (g.position) g.*, q.id from given g
        join placements q on q.playlist_id = ${playlistId} and q.rest_scope = ${restScope} and q.first_day = g."firstDay"
        left join ${MERGED_RECORDINGS} m on m.id = q.recording_id
        where g."firstDay" < ${day}::date and coalesce(m.merged_into, q.recording_id) = g."recordingId"
        order by g.position, m.id nulls first) g
      where p.id = g.id
      returning p.id, p.recording_id, g."recordingId" as counts_as`;
}

/**
 * Ends the pins of retired playlists with the last list that showed them, so that their repeat window starts and they become available. Returns how
 * many ended.
 */
export async function endPlacementsOfRetired(db: Db): Promise<number> {
  const found = await db.execute<{ ended: number }>(sql`
    with closed as (
      update placements p set last_day = greatest(p.first_day, (select max(h.batch_tag) from playlist_entries_history h where h.placement_id = p.id and h.playlist_id = l.id))
      from playlists l where l.id = p.playlist_id and l.status = 'retired' and p.last_day is null returning p.id, p.last_day
    ), unclaimed as (
      update exclusive_stays e set last_day = greatest(e.first_day, c.last_day) from closed c where e.placement_id = c.id and e.last_day is null
    )
    select count(*)::int as ended from closed`);
  return found.rows[0]?.ended ?? 0;
}

/** Sets the last day of open placements and of their claims. */
async function endStays(db: Db, playlistId: PlaylistId, ended: NonNullable<NewSnapshot['ended']>): Promise<void> {
  await db.execute(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as e("recordingId" int, "restScope" text, "firstDay" date, "lastDay" date)
    ), closed as (
      update placements p set last_day = greatest(p.first_day, g."lastDay") from given g
      where p.playlist_id = ${playlistId} and p.recording_id = g."recordingId" and p.rest_scope = g."restScope" and p.first_day = g."firstDay" and p.last_day is null
      returning p.id, p.last_day
    )
    update exclusive_stays e set last_day = greatest(e.first_day, c.last_day) from closed c where e.placement_id = c.id and e.last_day is null`);
}

/** The playlists that have a snapshot for the day, with its status. */
export async function listSnapshotStatuses(db: Db, day: string): Promise<Map<PlaylistId, 'published' | 'unfilled'>> {
  const found = await db.select({ id: snapshots.playlistId, status: snapshots.status }).from(snapshots).where(eq(snapshots.batchTag, day));
  return new Map(found.map((row) => [row.id, row.status]));
}

/** Deletes the record of a day that could not be filled, so that it can be tried again. Published snapshots stay. */
export async function deleteUnfilled(db: Db, playlistId: PlaylistId, day: string): Promise<void> {
  await db.delete(snapshots).where(and(eq(snapshots.playlistId, playlistId), eq(snapshots.batchTag, day), eq(snapshots.status, 'unfilled')));
}
