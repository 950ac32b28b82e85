import { dislikes } from '#drizzle/schema/index.ts';
import type { DislikeInput } from '#shared/contracts/discovery/dislikes.ts';
import type { RecordingId, SpotifyArtistId, UserId } from '#shared/ids.ts';
import { and, count, eq, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

interface DislikeRow extends Record<string, unknown> {
  readonly recordingId: RecordingId | null;
  readonly artistId: SpotifyArtistId | null;
  readonly name: string;
  readonly dislikedAt: Date;
}

/** A listener's dislikes with names, the latest first. */
export async function listDislikes(db: Db, userId: UserId): Promise<DislikeRow[]> {
  const found = await db.execute<DislikeRow>(sql`
    select d.recording_id as "recordingId", d.artist_id as "artistId", coalesce(r.title, a.name, '') as name, d.disliked_at as "dislikedAt"
    from dislikes d left join recordings r on r.id = d.recording_id left join artists a on a.id = d.artist_id
    where d.user_id = ${userId} order by d.disliked_at desc, d.recording_id, d.artist_id`);
  return found.rows.map((row) => ({ ...row, dislikedAt: new Date(row.dislikedAt) }));
}

/** The number of a listener's dislikes. */
export async function countDislikes(db: Db, userId: UserId): Promise<number> {
  const found = await db.select({ value: count() }).from(dislikes).where(eq(dislikes.userId, userId));
  return found[0]?.value ?? 0;
}

/** Stores a dislike if its subject is in the catalog; false when it is not. Storing it twice changes nothing. */
export async function insertDislike(db: Db, userId: UserId, { subject, at }: { subject: DislikeInput; at: Date }): Promise<boolean> {
  const found =
    subject.kind === 'recording'
      ? await db.execute(sql`select 1 from recordings where id = ${subject.recordingId}`)
      : await db.execute(sql`select 1 from artists where id = ${subject.artistId}`);
  if (found.rows.length === 0) return false;
  const row = subject.kind === 'recording' ? { recordingId: subject.recordingId } : { artistId: subject.artistId };
  await db
    .insert(dislikes)
    .values({ userId, dislikedAt: at, ...row })
    .onConflictDoNothing();
  return true;
}

/** Deletes a dislike if there is one. */
export async function deleteDislike(db: Db, userId: UserId, subject: DislikeInput): Promise<void> {
  const matches = subject.kind === 'recording' ? eq(dislikes.recordingId, subject.recordingId) : eq(dislikes.artistId, subject.artistId);
  await db.delete(dislikes).where(and(eq(dislikes.userId, userId), matches));
}
