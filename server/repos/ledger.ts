import { snapshots } from '#drizzle/schema/index.ts';
import type { EntryReasons, SnapshotReport } from '#shared/contracts/snapshot.ts';
import type { PlaylistId, PolicyId } from '#shared/ids.ts';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';

export interface NewSnapshot {
  readonly playlistId: PlaylistId;
  readonly policyId: PolicyId;
  readonly day: string;
  readonly restScope: string;
  readonly restDays: number;
  readonly at: Date;
  readonly status: 'published' | 'unfilled';
  readonly report: SnapshotReport;
  readonly entries: readonly { readonly recordingId: number; readonly score: number; readonly reasons: EntryReasons }[];
}

/**
 * Writes a snapshot with its placements and ledger entries, in the caller's transaction. The database refuses it whole when a recording
 * has not rested (constraint `placements_no_repeat`) or a position is missing.
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
  });
  if (snapshot.entries.length === 0) return;
  const entries = snapshot.entries.map((entry, i) => ({ ...entry, position: i + 1 }));
  await db.execute(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e("recordingId" int, score real, reasons jsonb, position int)
    ), placed as (
      insert into placements (playlist_id, recording_id, rest_scope, first_day, last_day, rest_days)
      select ${playlistId}::uuid, "recordingId", ${snapshot.restScope}, ${day}::date, ${day}::date, ${snapshot.restDays} from given
      returning id, recording_id
    )
    insert into playlist_entries_history (playlist_id, batch_tag, position, recording_id, track_id, placement_id, score, reasons, added_at)
    select ${playlistId}::uuid, ${day}::date, g.position, g."recordingId", r.track_id, p.id, g.score, g.reasons, ${at.toISOString()}::timestamptz
    from given g join placed p on p.recording_id = g."recordingId" join recordings r on r.id = g."recordingId"`);
}

/** Playlists that have a snapshot for the day already, with its status. */
export async function listSnapshotStatuses(db: Db, day: string): Promise<Map<PlaylistId, 'published' | 'unfilled'>> {
  const found = await db.select({ id: snapshots.playlistId, status: snapshots.status }).from(snapshots).where(eq(snapshots.batchTag, day));
  return new Map(found.map((row) => [row.id, row.status]));
}

/** Forgets the note of a day that could not be filled, so that it can be tried again. Published snapshots stay. */
export async function deleteUnfilled(db: Db, playlistId: PlaylistId, day: string): Promise<void> {
  await db.delete(snapshots).where(and(eq(snapshots.playlistId, playlistId), eq(snapshots.batchTag, day), eq(snapshots.status, 'unfilled')));
}

/** Recordings whose rest in the scope overlaps a stay of `restDays` beginning on the day: the ones the constraint would refuse. */
export async function listResting(db: Db, restScope: string, stay: { day: string; restDays: number }): Promise<number[]> {
  const found = await db.execute<{ ids: number[] | null }>(sql`
    select array_agg(distinct recording_id) as ids from placements
    where rest_scope = ${restScope} and rest && daterange(${stay.day}::date, ${stay.day}::date + ${stay.restDays}::int, '[)')`);
  return found.rows[0]?.ids ?? [];
}

/** The last day before `day` on which each recording was used in the scope, as two arrays of one length; days count from 1970-01-01. */
export async function listLastUsed(db: Db, restScope: string, day: string): Promise<{ recordingIds: number[]; dayNumbers: number[] }> {
  const found = await db.execute<{ ids: number[] | null; days: number[] | null }>(sql`
    select array_agg(recording_id) as ids, array_agg(last_day - date '1970-01-01') as days from (
      select recording_id, max(last_day) as last_day from placements where rest_scope = ${restScope} and first_day < ${day}::date group by recording_id) u`);
  return { recordingIds: found.rows[0]?.ids ?? [], dayNumbers: found.rows[0]?.days ?? [] };
}

export interface Stay {
  readonly playlistId: PlaylistId;
  readonly themeTag: string;
  readonly firstDay: string;
  readonly restsUntil: string | null;
}

/** Stays of a recording in a rest scope that a stay beginning on the day would overlap. */
export async function listStaysAround(db: Db, restScope: string, stay: { recordingId: number; day: string; restDays: number }): Promise<Stay[]> {
  const found = await db.execute<Stay & Record<string, unknown>>(sql`
    select p.playlist_id as "playlistId", l.theme_tag as "themeTag", p.first_day::text as "firstDay", (p.last_day + p.rest_days)::text as "restsUntil"
    from placements p join playlists l on l.id = p.playlist_id
    where p.rest_scope = ${restScope} and p.recording_id = ${stay.recordingId}
      and p.rest && daterange(${stay.day}::date, ${stay.day}::date + ${stay.restDays}::int, '[)') order by p.first_day`);
  return found.rows;
}
