import { ownPlaylists, savedPlaylists } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { SavedState } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedPlaylistId, SpotifyPlaylistId, UserId } from '#shared/ids.ts';
import { and, count, desc, eq, getTableColumns, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm';

/** A saved playlist, with the id of its playlist on Spotify. */
export type SavedRow = typeof savedPlaylists.$inferSelect & { readonly spotifyPlaylistId: SpotifyPlaylistId | null };
type NewSaved = typeof savedPlaylists.$inferInsert;

/** A person's saved playlist, also a removed one; undefined when it is somebody else's. */
export async function findSaved(db: Db, { id, userId }: { id: SavedPlaylistId; userId: UserId }): Promise<SavedRow | undefined> {
  const found = await selectSaved(db).where(and(eq(savedPlaylists.id, id), eq(savedPlaylists.userId, userId)));
  return found[0];
}

/** A person's saved playlists that are not removed, the latest changed first. */
export async function listSaved(
  db: Db,
  { userId, state, limit }: { userId: UserId; state?: SavedState | undefined; limit: number },
): Promise<SavedRow[]> {
  const { changedAt, removedAt, id } = savedPlaylists;
  return selectSaved(db)
    .where(and(eq(savedPlaylists.userId, userId), isNull(removedAt), state ? eq(savedPlaylists.state, state) : undefined))
    .orderBy(desc(changedAt), id)
    .limit(limit);
}

function selectSaved(db: Db) {
  return db
    .select({ ...getTableColumns(savedPlaylists), spotifyPlaylistId: ownPlaylists.spotifyPlaylistId })
    .from(savedPlaylists)
    .leftJoin(ownPlaylists, eq(ownPlaylists.id, savedPlaylists.ownPlaylistId));
}

/** A person's playlists that were removed after an instant, the latest first. */
export async function listRemoved(db: Db, userId: UserId, since: Date): Promise<Pick<SavedRow, 'id' | 'name' | 'removedAt'>[]> {
  const { id, name, removedAt } = savedPlaylists;
  return db
    .select({ id, name, removedAt })
    .from(savedPlaylists)
    .where(and(eq(savedPlaylists.userId, userId), isNotNull(removedAt), gt(removedAt, since)))
    .orderBy(desc(removedAt), id)
    .limit(500);
}

/** The number of a person's playlists, removed ones included. */
export async function countSaved(db: Db, userId: UserId): Promise<number> {
  const found = await db.select({ value: count() }).from(savedPlaylists).where(eq(savedPlaylists.userId, userId));
  return found[0]?.value ?? 0;
}

export async function insertSaved(db: Db, row: NewSaved): Promise<void> {
  await db.insert(savedPlaylists).values(row);
}

/** Changes a playlist that still has this revision, and raises it; false when it has another one or was removed. */
export async function updateSaved(
  db: Db,
  { id, revision }: Pick<SavedRow, 'id' | 'revision'>,
  change: Partial<Omit<NewSaved, 'id' | 'userId' | 'revision'>> & { changedAt: Date },
): Promise<boolean> {
  const changed = await db
    .update(savedPlaylists)
    .set({ ...change, revision: sql`${savedPlaylists.revision} + 1` })
    .where(and(eq(savedPlaylists.id, id), eq(savedPlaylists.revision, revision), isNull(savedPlaylists.removedAt)));
  return changed.rowCount === 1;
}

/** Records where a playlist is written to, or which version Spotify shows. Its content stays the same, so the revision does, too. */
export async function markExported(
  db: Db,
  id: SavedPlaylistId,
  exported: Partial<Pick<SavedRow, 'ownPlaylistId' | 'exportedVersion' | 'exportedAt'>>,
): Promise<void> {
  await db.update(savedPlaylists).set(exported).where(eq(savedPlaylists.id, id));
}

/** Removes a playlist, or brings it back with null. The revision is raised, so that an open tab notices. */
export async function markRemoved(db: Db, id: SavedPlaylistId, removedAt: Date | null): Promise<void> {
  await db
    .update(savedPlaylists)
    .set({ removedAt, revision: sql`${savedPlaylists.revision} + 1` })
    .where(eq(savedPlaylists.id, id));
}

/** Deletes playlists that were removed before an instant, with their versions; returns how many. */
export async function deleteRemovedBefore(db: Db, before: Date): Promise<number> {
  const deleted = await db.delete(savedPlaylists).where(lte(savedPlaylists.removedAt, before));
  return deleted.rowCount ?? 0;
}
