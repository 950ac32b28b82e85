import type { SpotifyAlbumId } from '#shared/ids.ts';
import type { SourceFailure, SourceStatus } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface NewSource {
  readonly lineNumber: number;
  readonly given: string;
  readonly albumId: SpotifyAlbumId | null;
  readonly failure: SourceFailure | null;
}

interface ImportBatch {
  readonly id: string;
  readonly submittedBy: string;
  readonly at: Date;
}

/**
 * Stores all lines of an import at once: rejected lines as failed, repeats as duplicates of the first line of their album, the rest as queued. An
 * album that failed before is queued again. Takes a lock, so that two concurrent imports agree on which line was first.
 *
 * Line states: queued → reading → ingested | failed (with its reason; may be queued again); duplicate is final.
 */
export async function insertSources(db: Db, batch: ImportBatch, lines: readonly NewSource[]): Promise<void> {
  // Several links can be on one line, so a link is known by its place among all.
  const numbered = lines.map((line, at) => ({ at, ...line }));
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('segue.album_sources'))`);
  await db.execute(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb) as l(at int, "lineNumber" int, given text, "albumId" text, failure source_failure)
    ), firsts as (
      select distinct on ("albumId") at from given
      where "albumId" is not null and not exists (select 1 from album_sources s where s.album_id = given."albumId" and s.status <> 'duplicate')
      order by "albumId", at
    ), retried as (
      update album_sources s set status = 'queued', failure = null, attempts = 0, changed_at = ${batch.at.toISOString()}::timestamptz
      from given g where s.album_id = g."albumId" and s.status = 'failed'
    )
    insert into album_sources (intake_id, line_number, given, album_id, status, failure, submitted_by, created_at, changed_at)
    select ${batch.id}::uuid, g."lineNumber", g.given, g."albumId",
      case when g.failure is null then 'queued'::source_status else 'failed'::source_status end,
      g.failure, ${batch.submittedBy}, ${batch.at.toISOString()}::timestamptz, ${batch.at.toISOString()}::timestamptz
    from given g left join firsts f on f.at = g.at
    where g.failure is not null or f.at is not null
    order by g.at`);
  await db.execute(sql`
    insert into album_sources (intake_id, line_number, given, album_id, status, duplicate_of, submitted_by, created_at, changed_at)
    select ${batch.id}::uuid, g."lineNumber", g.given, g."albumId", 'duplicate', s.id, ${batch.submittedBy},
      ${batch.at.toISOString()}::timestamptz, ${batch.at.toISOString()}::timestamptz
    from (
      select *, row_number() over (partition by "albumId" order by at) = 1 as "isFirst"
      from jsonb_to_recordset(${JSON.stringify(numbered.filter((line) => line.albumId !== null))}::jsonb) as l(at int, "lineNumber" int, given text, "albumId" text)
    ) g
    join album_sources s on s.album_id = g."albumId" and s.status <> 'duplicate'
    where not (s.intake_id = ${batch.id}::uuid and g."isFirst")
    order by g.at`);
}

export interface ClaimedSource {
  readonly id: number;
  readonly albumId: SpotifyAlbumId;
  /** How often it was claimed, this time included. */
  readonly attempts: number;
}

/** Claims up to `limit` queued lines for reading: those that failed least often first, then oldest first. Skips lines locked by another reader. */
export async function claimSources(db: Db, limit: number, now: Date): Promise<ClaimedSource[]> {
  const claimed = await db.execute<{ id: string; album_id: SpotifyAlbumId; attempts: number }>(sql`
    update album_sources set status = 'reading', claimed_at = ${now.toISOString()}::timestamptz, changed_at = ${now.toISOString()}::timestamptz, attempts = attempts + 1
    where id in (select id from album_sources where status = 'queued' order by attempts, id limit ${limit} for update skip locked)
    returning id, album_id, attempts`);
  return claimed.rows
    .map((row) => ({ id: Number(row.id), albumId: row.album_id, attempts: row.attempts }))
    .toSorted((a, b) => a.attempts - b.attempts || a.id - b.id);
}

/** Queues lines again; without ids, every line being read (then no one else may be reading). */
export async function requeueSources(db: Db, now: Date, ids?: readonly number[]): Promise<void> {
  if (ids && ids.length === 0) return;
  const which = ids ? sql`id = any(${sql.param([...ids])}::bigint[])` : sql`true`;
  await db.execute(sql`update album_sources set status = 'queued', claimed_at = null, changed_at = ${now.toISOString()}::timestamptz
    where status = 'reading' and ${which}`);
}

/** Queues claimed lines again that were not read: the claim does not count as an attempt. */
export async function releaseSources(db: Db, now: Date, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db.execute(sql`update album_sources set status = 'queued', claimed_at = null, attempts = greatest(0, attempts - 1), changed_at = ${now.toISOString()}::timestamptz
    where status = 'reading' and id = any(${sql.param([...ids])}::bigint[])`);
}

/** Marks lines that cannot become albums as failed, each with its reason. */
export async function markSourcesFailed(db: Db, now: Date, failures: readonly { id: number; failure: SourceFailure }[]): Promise<void> {
  if (failures.length === 0) return;
  await db.execute(sql`update album_sources s set status = 'failed', failure = f.failure, changed_at = ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(failures)}::jsonb) as f(id bigint, failure source_failure) where s.id = f.id and s.status <> 'duplicate'`);
}

/** Queues failed lines again and returns how many: the given ones, or all of an import or of all imports. Lines that were not an album link stay failed. */
export async function retrySources(
  db: Db,
  now: Date,
  which: { ids?: readonly number[] | undefined; intakeId?: string | undefined },
): Promise<number> {
  const chosen = which.ids
    ? sql`id = any(${sql.param([...which.ids])}::bigint[])`
    : which.intakeId
      ? sql`intake_id = ${which.intakeId}::uuid`
      : sql`true`;
  const retried =
    await db.execute(sql`update album_sources set status = 'queued', failure = null, attempts = 0, changed_at = ${now.toISOString()}::timestamptz
    where ${chosen} and status = 'failed' and album_id is not null`);
  return retried.rowCount ?? 0;
}

export async function countSourcesByStatus(db: Db): Promise<Record<SourceStatus, number>> {
  const counts: Record<SourceStatus, number> = { queued: 0, reading: 0, ingested: 0, failed: 0, duplicate: 0 };
  const found = await db.execute<{ status: SourceStatus; n: number }>(sql`select status, count(*)::int as n from album_sources group by status`);
  for (const row of found.rows) counts[row.status] = row.n;
  return counts;
}

export interface SourceRow {
  readonly id: number;
  readonly intakeId: string;
  readonly lineNumber: number;
  readonly given: string;
  readonly albumId: string | null;
  readonly status: SourceStatus;
  readonly failure: SourceFailure | null;
  readonly duplicateId: number | null;
  readonly duplicateLine: number | null;
  readonly duplicateIntake: string | null;
  readonly albumName: string | null;
  readonly artistNames: string[] | null;
}

interface SourceFilter {
  readonly intakeId?: string | undefined;
  readonly status?: SourceStatus | undefined;
  /** Only failed lines that have an album, so that reading them again may succeed. */
  readonly retryable?: boolean | undefined;
  readonly after?: number | undefined;
  readonly limit: number;
}

/** Lines of one import in order, or of all imports newest first. */
export async function listSources(db: Db, filter: SourceFilter): Promise<SourceRow[]> {
  const offset = filter.after ?? 0;
  const order = filter.intakeId ? sql`s.line_number, s.id` : sql`s.id desc`;
  const found = await db.execute<SourceRow & Record<string, unknown>>(sql`
    select s.id::int as id, s.intake_id as "intakeId", s.line_number as "lineNumber", s.given, s.album_id as "albumId", s.status, s.failure,
      d.id::int as "duplicateId", d.line_number as "duplicateLine", d.intake_id as "duplicateIntake", a.name as "albumName", a.artist_names as "artistNames"
    from album_sources s left join album_sources d on d.id = s.duplicate_of left join albums a on a.id = s.album_id
    where ${sourceCondition(filter)} order by ${order} limit ${filter.limit} offset ${offset}`);
  return found.rows;
}

export async function countSources(db: Db, filter: Pick<SourceFilter, 'intakeId' | 'status' | 'retryable'>): Promise<number> {
  const found = await db.execute<{ n: number }>(sql`select count(*)::int as n from album_sources s where ${sourceCondition(filter)}`);
  return found.rows[0]?.n ?? 0;
}

function sourceCondition(filter: Pick<SourceFilter, 'intakeId' | 'status' | 'retryable'>) {
  const ofImport = filter.intakeId ? sql`s.intake_id = ${filter.intakeId}::uuid` : sql`true`;
  const status = filter.status ? sql`s.status = ${filter.status}` : sql`true`;
  const retryable = filter.retryable ? sql`s.status = 'failed' and s.album_id is not null` : sql`true`;
  return sql`${ofImport} and ${status} and ${retryable}`;
}
