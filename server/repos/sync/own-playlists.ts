import { accounts, ownPlaylists, syncPlans } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { AccountId, OwnPlaylistId, SpotifyPlaylistId, SyncPlanId } from '#shared/ids.ts';
import { eq } from 'drizzle-orm';
import type { SyncTarget } from './replicas.ts';

type OwnPlaylist = typeof ownPlaylists.$inferSelect;

/** A person's own playlist with the account that it is on. */
interface OwnTarget {
  readonly own: OwnPlaylist;
  readonly account: SyncTarget['account'];
}

export async function findOwnTarget(db: Db, id: OwnPlaylistId): Promise<OwnTarget | undefined> {
  const { id: accountId, spotifyUserId, displayName, status, requestsPerMinute } = accounts;
  const found = await db
    .select({ own: ownPlaylists, account: { id: accountId, spotifyUserId, displayName, status, requestsPerMinute } })
    .from(ownPlaylists)
    .innerJoin(accounts, eq(accounts.id, ownPlaylists.accountId))
    .where(eq(ownPlaylists.id, id));
  return found[0];
}

/** The own playlist that a plan edits; undefined for a plan of the network. */
export async function findOwnPlaylistOfPlan(db: Db, id: SyncPlanId): Promise<OwnPlaylistId | undefined> {
  const found = await db.select({ id: syncPlans.ownPlaylistId }).from(syncPlans).where(eq(syncPlans.id, id));
  return found[0]?.id ?? undefined;
}

export async function insertOwnPlaylist(db: Db, row: Pick<OwnPlaylist, 'id' | 'userId' | 'accountId' | 'marker'>): Promise<void> {
  await db.insert(ownPlaylists).values(row);
}

/**
 * Records the Spotify playlist of an own playlist: from then on it is not created again. With null it is gone from Spotify, and the next plan creates it.
 *
 * States: not created → on Spotify ⇄ gone.
 */
export async function markOwnPlaylist(db: Db, id: OwnPlaylistId, spotifyPlaylistId: SpotifyPlaylistId | null): Promise<void> {
  const gone = spotifyPlaylistId === null ? { fingerprint: null, remoteSnapshotId: null, syncedAt: null } : {};
  await db
    .update(ownPlaylists)
    .set({ spotifyPlaylistId, ...gone })
    .where(eq(ownPlaylists.id, id));
}

/** Records what was last read back from Spotify. */
export async function markOwnPlaylistSynced(
  db: Db,
  id: OwnPlaylistId,
  seen: { readonly fingerprint: string; readonly remoteSnapshotId: string; readonly syncedAt: Date },
): Promise<void> {
  await db.update(ownPlaylists).set(seen).where(eq(ownPlaylists.id, id));
}

/** The markers of the own playlists on an account: they belong to its owner, not to the network. */
export async function listOwnMarkers(db: Db, accountId: AccountId): Promise<ReadonlySet<string>> {
  const found = await db.select({ marker: ownPlaylists.marker }).from(ownPlaylists).where(eq(ownPlaylists.accountId, accountId));
  return new Set(found.map(({ marker }) => marker));
}
