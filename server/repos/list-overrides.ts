import { listOverrides } from '#drizzle/schema/index.ts';
import type { PlaylistId } from '#shared/ids.ts';
import { and, eq } from 'drizzle-orm';
import type { Db } from './database.ts';

export type ListOverride = typeof listOverrides.$inferSelect;

/** Which earlier day's list a playlist shows on a day; undefined when it shows its own. */
export async function findListOverride(db: Db, playlistId: PlaylistId, day: string): Promise<ListOverride | undefined> {
  const found = await db
    .select()
    .from(listOverrides)
    .where(and(eq(listOverrides.playlistId, playlistId), eq(listOverrides.batchTag, day)));
  return found[0];
}

/** Shows another earlier day instead, where the day was rolled back already. */
export async function insertListOverride(db: Db, override: ListOverride): Promise<void> {
  const { showsBatchTag, reason, createdBy, createdAt } = override;
  const target = [listOverrides.playlistId, listOverrides.batchTag];
  await db.insert(listOverrides).values(override).onConflictDoUpdate({ target, set: { showsBatchTag, reason, createdBy, createdAt } });
}

/** Lets the day show its own list again; false when it did already. */
export async function deleteListOverride(db: Db, playlistId: PlaylistId, day: string): Promise<boolean> {
  const gone = await db.delete(listOverrides).where(and(eq(listOverrides.playlistId, playlistId), eq(listOverrides.batchTag, day)));
  return gone.rowCount === 1;
}
