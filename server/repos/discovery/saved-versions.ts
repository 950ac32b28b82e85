import { savedPlaylistVersions } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { SavedPlaylistId } from '#shared/ids.ts';
import { and, desc, eq, lte, sql } from 'drizzle-orm';

export type SavedVersionRow = typeof savedPlaylistVersions.$inferSelect;

export async function findSavedVersion(db: Db, savedId: SavedPlaylistId, version: number): Promise<SavedVersionRow | undefined> {
  const found = await db
    .select()
    .from(savedPlaylistVersions)
    .where(and(eq(savedPlaylistVersions.savedId, savedId), eq(savedPlaylistVersions.version, version)));
  return found[0];
}

/** The versions without their tracks, the newest first. */
export async function listSavedVersions(
  db: Db,
  savedId: SavedPlaylistId,
): Promise<(Pick<SavedVersionRow, 'version' | 'how' | 'says' | 'seed' | 'createdAt'> & { tracks: number })[]> {
  const { version, how, says, seed, createdAt, tracks } = savedPlaylistVersions;
  return db
    .select({ version, how, says, seed, createdAt, tracks: sql<number>`jsonb_array_length(${tracks})` })
    .from(savedPlaylistVersions)
    .where(eq(savedPlaylistVersions.savedId, savedId))
    .orderBy(desc(version));
}

/** Stores a version; one with the same number is replaced, as that of a draft. */
export async function putSavedVersion(db: Db, row: SavedVersionRow): Promise<void> {
  const { savedId: _id, version: _version, ...content } = row;
  await db
    .insert(savedPlaylistVersions)
    .values(row)
    .onConflictDoUpdate({ target: [savedPlaylistVersions.savedId, savedPlaylistVersions.version], set: content });
}

/** Deletes the versions up to a number. */
export async function deleteVersionsUpTo(db: Db, savedId: SavedPlaylistId, version: number): Promise<void> {
  await db.delete(savedPlaylistVersions).where(and(eq(savedPlaylistVersions.savedId, savedId), lte(savedPlaylistVersions.version, version)));
}

/** Recordings that any version had that was shown after an instant. */
export async function listRecordingsShownSince(db: Db, savedId: SavedPlaylistId, since: Date): Promise<number[]> {
  const found = await db.execute<{ id: number }>(sql`
    select distinct (t->>'recordingId')::int as id
    from (select tracks, lead(created_at) over (order by version) as until from saved_playlist_versions where saved_id = ${savedId}) v
    cross join lateral jsonb_array_elements(v.tracks) t where v.until is null or v.until > ${since.toISOString()}::timestamptz`);
  return found.rows.map(({ id }) => id);
}
