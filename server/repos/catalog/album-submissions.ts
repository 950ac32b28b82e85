import { albumSubmissions } from '#drizzle/schema/index.ts';
import type { SpotifyAlbumId, SubmissionId, UserId } from '#shared/ids.ts';
import type { SourceFailure, SourceStatus, SubmissionDecision } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/**
 * A submission with the state of its album's import line.
 *
 * States of a submission: waiting → accepted | refused | withdrawn. One of a known album starts as accepted.
 */
export interface SubmissionRow extends Record<string, unknown> {
  readonly id: string;
  readonly userId: string;
  readonly by: string;
  readonly link: string;
  readonly albumId: string;
  readonly decision: SubmissionDecision;
  readonly reason: string | null;
  readonly isDuplicate: boolean;
  readonly submittedAt: string;
  readonly changedAt: string;
  readonly sourceStatus: SourceStatus | null;
  readonly sourceFailure: SourceFailure | null;
  readonly albumName: string | null;
  readonly artistNames: string[] | null;
}

/** Keeps other submissions out until the transaction ends, so that caps and duplicates are counted exactly. */
export async function lockSubmissions(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('segue.album_submissions'))`);
}

export async function insertSubmission(db: Db, submission: typeof albumSubmissions.$inferInsert): Promise<void> {
  await db.insert(albumSubmissions).values(submission);
}

/** New albums that a person submitted since an instant. */
export async function countOwnSubmissions(db: Db, { userId, since }: { readonly userId: UserId; readonly since: Date }): Promise<number> {
  const found = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from album_submissions where user_id = ${userId} and submitted_at >= ${since.toISOString()}::timestamptz and not is_duplicate`);
  return found.rows[0]?.n ?? 0;
}

/** What is known of an album: the state of its import line, and whether somebody's submission of it waits. */
export async function findKnownAlbum(db: Db, albumId: SpotifyAlbumId): Promise<{ source: SourceStatus | null; isWaiting: boolean }> {
  const found = await db.execute<{ source: SourceStatus | null; isWaiting: boolean }>(sql`
    select (select status from album_sources where album_id = ${albumId} and status <> 'duplicate') as source,
      exists (select 1 from album_submissions where album_id = ${albumId} and decision = 'waiting') as "isWaiting"`);
  return found.rows[0] ?? { source: null, isWaiting: false };
}

/** The person's submission of an album that waits or was accepted. */
export async function findOpenSubmission(db: Db, userId: UserId, albumId: SpotifyAlbumId): Promise<SubmissionRow | undefined> {
  return (await select(db, sql`s.user_id = ${userId} and s.album_id = ${albumId} and s.decision in ('waiting', 'accepted')`, { limit: 1 }))[0];
}

export async function findOwnSubmission(
  db: Db,
  { id, userId }: { readonly id: SubmissionId; readonly userId: UserId },
): Promise<SubmissionRow | undefined> {
  return (await select(db, sql`s.id = ${id} and s.user_id = ${userId}`, { limit: 1 }))[0];
}

/** A person's submissions, newest first. */
export async function listOwnSubmissions(db: Db, userId: UserId, limit: number): Promise<SubmissionRow[]> {
  return select(db, sql`s.user_id = ${userId}`, { limit });
}

interface SubmissionPage {
  readonly status: 'waiting' | 'decided' | undefined;
  readonly cursor: number;
  readonly limit: number;
}

/** Everybody's submissions: those that wait in their order, others newest first. */
export async function listSubmissionRows(db: Db, { status, cursor, limit }: SubmissionPage): Promise<{ rows: SubmissionRow[]; total: number }> {
  const condition = conditionOf(status);
  const count = await db.execute<{ n: number }>(sql`select count(*)::int as n from album_submissions s where ${condition}`);
  const order = status === 'waiting' ? sql`s.submitted_at, s.id` : sql`s.submitted_at desc, s.id`;
  return { rows: await select(db, condition, { limit, offset: cursor, order }), total: count.rows[0]?.n ?? 0 };
}

/** Ends waiting submissions; those of the same albums by other people too when they are accepted. Returns the ones that changed. */
export async function decideSubmissions(
  db: Db,
  { ids, decision, reason, by, at }: { ids: readonly SubmissionId[]; decision: 'accepted' | 'refused'; reason: string | null; by: string; at: Date },
): Promise<{ id: string; userId: UserId; albumId: SpotifyAlbumId; link: string }[]> {
  const named = sql`(select id from album_submissions where id = any(${sql.param([...ids])}::uuid[]) and decision = 'waiting')`;
  const same = decision === 'accepted' ? sql`album_id in (select album_id from album_submissions where id in ${named})` : sql`id in ${named}`;
  const decided = await db.execute<{ id: string; userId: UserId; albumId: SpotifyAlbumId; link: string }>(sql`
    update album_submissions set decision = ${decision}, reason = ${reason}, decided_by = ${by}, changed_at = ${at.toISOString()}::timestamptz
    where decision = 'waiting' and ${same} returning id, user_id as "userId", album_id as "albumId", link`);
  return decided.rows;
}

/** Takes a waiting submission back. False when it does not wait any more. */
export async function withdrawOwnSubmission(db: Db, { id, userId, at }: { id: SubmissionId; userId: UserId; at: Date }): Promise<boolean> {
  const changed = await db.execute(sql`
    update album_submissions set decision = 'withdrawn', changed_at = ${at.toISOString()}::timestamptz
    where id = ${id} and user_id = ${userId} and decision = 'waiting'`);
  return (changed.rowCount ?? 0) > 0;
}

function conditionOf(status: SubmissionPage['status']): SQL {
  if (status === undefined) return sql`true`;
  return status === 'waiting' ? sql`s.decision = 'waiting'` : sql`s.decision <> 'waiting'`;
}

interface Selection {
  readonly limit: number;
  readonly offset?: number;
  readonly order?: SQL;
}

async function select(db: Db, condition: SQL, { limit, offset = 0, order = sql`s.submitted_at desc, s.id` }: Selection): Promise<SubmissionRow[]> {
  const found = await db.execute<SubmissionRow>(sql`
    select s.id, s.user_id as "userId", u.display_name as by, s.link, s.album_id as "albumId", s.decision, s.reason, s.is_duplicate as "isDuplicate",
      to_json(s.submitted_at) #>> '{}' as "submittedAt", to_json(greatest(s.changed_at, l.changed_at)) #>> '{}' as "changedAt",
      l.status as "sourceStatus", l.failure as "sourceFailure", a.name as "albumName", a.artist_names as "artistNames"
    from album_submissions s join users u on u.id = s.user_id
    left join album_sources l on s.decision = 'accepted' and l.album_id = s.album_id and l.status <> 'duplicate'
    left join albums a on a.id = s.album_id where ${condition} order by ${order} limit ${limit} offset ${offset}`);
  return found.rows;
}
