import { coverUploads, playlistAccountMap } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { AccountId, CoverId, CoverUploadId, PlaylistId, ReplicaId, SpotifyPlaylistId, UserId } from '#shared/ids.ts';
import { and, desc, eq, gt, inArray, isNotNull, isNull, ne } from 'drizzle-orm';

export type CoverUpload = typeof coverUploads.$inferSelect;
type NewUpload = typeof coverUploads.$inferInsert;

export async function insertUpload(db: Db, upload: NewUpload): Promise<void> {
  await db.insert(coverUploads).values(upload);
}

export async function findUpload(db: Db, id: CoverUploadId): Promise<CoverUpload | undefined> {
  return (await db.select().from(coverUploads).where(eq(coverUploads.id, id)))[0];
}

/** An upload of a person; null is the operator with the admin key. Undefined when it is somebody else's. */
export async function findOwnUpload(db: Db, { id, userId }: { id: CoverUploadId; userId: UserId | null }): Promise<CoverUpload | undefined> {
  const own = userId === null ? isNull(coverUploads.userId) : eq(coverUploads.userId, userId);
  return (
    await db
      .select()
      .from(coverUploads)
      .where(and(eq(coverUploads.id, id), own))
  )[0];
}

/** The newest plan or receipt of a cover. */
export async function findLastUpload(db: Db, coverId: CoverId): Promise<CoverUpload | undefined> {
  return (await listUploadsOf(db, coverId, 1))[0];
}

/** The uploads of a cover, newest first. */
export function listUploadsOf(db: Db, coverId: CoverId, limit: number): Promise<CoverUpload[]> {
  return db.select().from(coverUploads).where(eq(coverUploads.coverId, coverId)).orderBy(desc(coverUploads.plannedAt)).limit(limit);
}

/** Uploads that Spotify took for a playlist, newest first. */
export function listSentUploads(db: Db, spotifyPlaylistId: SpotifyPlaylistId, limit: number): Promise<CoverUpload[]> {
  return db
    .select()
    .from(coverUploads)
    .where(and(eq(coverUploads.spotifyPlaylistId, spotifyPlaylistId), isNotNull(coverUploads.sentAt)))
    .orderBy(desc(coverUploads.sentAt))
    .limit(limit);
}

/** An upload of another plan to the same playlist, begun since an instant. */
export async function findRivalUpload(
  db: Db,
  { spotifyPlaylistId, id, since }: { spotifyPlaylistId: SpotifyPlaylistId; id: CoverUploadId; since: Date },
): Promise<CoverUpload | undefined> {
  const rival = and(eq(coverUploads.spotifyPlaylistId, spotifyPlaylistId), ne(coverUploads.id, id), gt(coverUploads.intendedAt, since));
  return (
    await db
      .select()
      .from(coverUploads)
      .where(and(rival, ne(coverUploads.state, 'failed')))
      .limit(1)
  )[0];
}

/** Changes an upload that is in one of these states; false when it is not any more. */
export async function markUpload(
  db: Db,
  { id, from, ...change }: { id: CoverUploadId; from: readonly CoverUpload['state'][] } & Partial<NewUpload> & { changedAt: Date },
): Promise<boolean> {
  const changed = await db
    .update(coverUploads)
    .set(change)
    .where(and(eq(coverUploads.id, id), inArray(coverUploads.state, [...from])));
  return changed.rowCount === 1;
}

/** A copy of a playlist of the network on Spotify. */
export interface NetworkCopy {
  readonly id: ReplicaId;
  readonly playlistId: PlaylistId;
  readonly accountId: AccountId;
  readonly spotifyPlaylistId: SpotifyPlaylistId | null;
  readonly coverSha256: string | null;
  readonly coverKey: string | null;
}

const copy = {
  id: playlistAccountMap.id,
  playlistId: playlistAccountMap.playlistId,
  accountId: playlistAccountMap.accountId,
  spotifyPlaylistId: playlistAccountMap.spotifyPlaylistId,
  coverSha256: playlistAccountMap.coverSha256,
  coverKey: playlistAccountMap.coverKey,
};

export async function findNetworkCopy(db: Db, spotifyPlaylistId: SpotifyPlaylistId): Promise<NetworkCopy | undefined> {
  return (await db.select(copy).from(playlistAccountMap).where(eq(playlistAccountMap.spotifyPlaylistId, spotifyPlaylistId)))[0];
}

/** The first live copy of a playlist of the network. */
export async function findFirstCopy(db: Db, playlistId: PlaylistId): Promise<NetworkCopy | undefined> {
  const isLive = and(
    eq(playlistAccountMap.playlistId, playlistId),
    eq(playlistAccountMap.status, 'live'),
    isNotNull(playlistAccountMap.spotifyPlaylistId),
  );
  return (await db.select(copy).from(playlistAccountMap).where(isLive).orderBy(playlistAccountMap.id).limit(1))[0];
}
