import { ownPlaylists, savedExports, savedPlaylists, syncOperations, syncPlans } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { SavedPlaylistId, SpotifyPlaylistId, SyncPlanId, UserId } from '#shared/ids.ts';
import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';

/** An export with its plan and the playlist on Spotify. */
export interface SavedExportRow {
  readonly exported: typeof savedExports.$inferSelect;
  readonly plan: typeof syncPlans.$inferSelect;
  readonly spotifyPlaylistId: SpotifyPlaylistId | null;
}

/** Stores what an export writes. Planning the same again renews the row. */
export async function insertSavedExport(db: Db, row: typeof savedExports.$inferInsert): Promise<void> {
  const { version, facts } = row;
  await db.insert(savedExports).values(row).onConflictDoUpdate({ target: savedExports.planId, set: { version, facts } });
}

/** An export of a person; undefined for somebody else's, and for one of a removed playlist. */
export async function findSavedExport(db: Db, { id, userId }: { id: SyncPlanId; userId: UserId }): Promise<SavedExportRow | undefined> {
  const found = await selectExports(db).where(
    and(eq(savedExports.planId, id), eq(savedPlaylists.userId, userId), sql`${savedPlaylists.removedAt} is null`),
  );
  return found[0];
}

/** The exports of a saved playlist, the newest first. */
export async function listSavedExports(db: Db, savedId: SavedPlaylistId, limit: number): Promise<SavedExportRow[]> {
  return selectExports(db).where(eq(savedExports.savedId, savedId)).orderBy(desc(syncPlans.plannedAt), savedExports.planId).limit(limit);
}

/** How many requests of each plan were written to Spotify and read back. */
export async function countAppliedWrites(db: Db, planIds: readonly SyncPlanId[]): Promise<ReadonlyMap<string, number>> {
  if (planIds.length === 0) return new Map();
  const rows = await db
    .select({ planId: syncOperations.planId, writes: count() })
    .from(syncOperations)
    .where(and(inArray(syncOperations.planId, [...planIds]), eq(syncOperations.state, 'applied')))
    .groupBy(syncOperations.planId);
  return new Map(rows.map(({ planId, writes }) => [planId, writes]));
}

function selectExports(db: Db) {
  return db
    .select({ exported: savedExports, plan: syncPlans, spotifyPlaylistId: ownPlaylists.spotifyPlaylistId })
    .from(savedExports)
    .innerJoin(savedPlaylists, eq(savedPlaylists.id, savedExports.savedId))
    .innerJoin(syncPlans, eq(syncPlans.id, savedExports.planId))
    .innerJoin(ownPlaylists, eq(ownPlaylists.id, syncPlans.ownPlaylistId));
}

/** A track of Spotify by the names that the catalog has. */
interface SpotifyTrackNames extends Record<string, unknown> {
  readonly id: string;
  readonly title: string;
  readonly artists: string[];
}

/** Names by Spotify track id; tracks that the catalog does not have are absent. */
export async function listSpotifyTrackNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, SpotifyTrackNames>> {
  if (ids.length === 0) return new Map();
  const found = await db.execute<SpotifyTrackNames>(sql`
    select t.id, t.name as title,
      array(select ar.name from track_artists ta join artists ar on ar.id = ta.artist_id where ta.track_id = t.id order by ta.position) as artists
    from tracks t where t.id = any(${sql.param([...ids])}::text[])`);
  return new Map(found.rows.map((row) => [row.id, row]));
}
