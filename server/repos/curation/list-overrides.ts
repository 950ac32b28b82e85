import { listOverrides } from '#drizzle/schema/index.ts';
import type { PlaylistId } from '#shared/ids.ts';
import { and, eq, sql } from 'drizzle-orm';
import { RECORDING_FAMILY } from '#server/repos/catalog/recording-merges.ts';
import type { Db } from '#server/repos/database.ts';

export type ListOverride = typeof listOverrides.$inferSelect;

/** The rollback of a playlist's day: which earlier day's list it shows; undefined when it shows its own. */
export async function findListOverride(db: Db, playlistId: PlaylistId, day: string): Promise<ListOverride | undefined> {
  const found = await db
    .select()
    .from(listOverrides)
    .where(and(eq(listOverrides.playlistId, playlistId), eq(listOverrides.batchTag, day)));
  return found[0];
}

/** Rolls a day back to an earlier one; replaces an existing rollback of that day. */
export async function insertListOverride(db: Db, override: ListOverride): Promise<void> {
  const { showsBatchTag, reason, createdBy, createdAt } = override;
  const target = [listOverrides.playlistId, listOverrides.batchTag];
  await db.insert(listOverrides).values(override).onConflictDoUpdate({ target, set: { showsBatchTag, reason, createdBy, createdAt } });
}

/**
 * A rolled-back day plays its recordings on that day: extends the last placement of each to it, so that their repeat window starts from then. Returns
 * how many were extended; open placements need no extension.
 */
export async function extendPlacementsShownAgain(db: Db, playlistId: PlaylistId, { shows, day }: { shows: string; day: string }): Promise<number> {
  const moved = await db.execute(sql`
    update placements p set last_day = ${day}::date from (
      select distinct on (f.root, q.rest_scope) q.id from playlist_entries_history h join placements own on own.id = h.placement_id
      join ${RECORDING_FAMILY} f on f.member = own.recording_id
      join placements q on q.recording_id = f.id and q.rest_scope = own.rest_scope and q.first_day <= ${day}::date
      where h.playlist_id = ${playlistId}::uuid and h.batch_tag = ${shows}::date order by f.root, q.rest_scope, q.first_day desc) l
    where p.id = l.id and p.last_day < ${day}::date`);
  return moved.rowCount ?? 0;
}

/** Removes the rollback of a day; false when there was none. */
export async function deleteListOverride(db: Db, playlistId: PlaylistId, day: string): Promise<boolean> {
  const deleted = await db.delete(listOverrides).where(and(eq(listOverrides.playlistId, playlistId), eq(listOverrides.batchTag, day)));
  return deleted.rowCount === 1;
}
