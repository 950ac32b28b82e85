import { playlistAccountMap, playlistCovers } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { AccountId, PlaylistId, ReplicaId, SpotifyPlaylistId } from '#shared/ids.ts';
import { and, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';

export type PlaylistCoverRow = typeof playlistCovers.$inferSelect;
type NewPlaylistCover = Omit<typeof playlistCovers.$inferInsert, 'previousSha256' | 'renderId'> & { readonly sha256: string };

/**
 * Makes a cover the one that a playlist shall show, and keeps the digest of the one before. False, and unchanged, when the network would replace a cover
 * that a person chose.
 */
export async function upsertPlaylistCover(db: Db, cover: NewPlaylistCover): Promise<boolean> {
  const isAllowed = cover.source === 'manual' ? undefined : ne(playlistCovers.source, 'manual');
  const written = await db
    .insert(playlistCovers)
    .values(cover)
    .onConflictDoUpdate({
      target: playlistCovers.playlistId,
      set: {
        ...cover,
        previousSha256: sql`case when ${playlistCovers.sha256} = excluded.sha256 then ${playlistCovers.previousSha256} else ${playlistCovers.sha256} end`,
      },
      ...(isAllowed ? { setWhere: isAllowed } : {}),
    });
  return written.rowCount === 1;
}

export async function findPlaylistCover(db: Db, playlistId: PlaylistId): Promise<PlaylistCoverRow | undefined> {
  return (await db.select().from(playlistCovers).where(eq(playlistCovers.playlistId, playlistId)))[0];
}

/** The covers of playlists, those that have one. */
export async function listPlaylistCovers(db: Db, ids?: readonly PlaylistId[]): Promise<PlaylistCoverRow[]> {
  if (ids?.length === 0) return [];
  return db
    .select()
    .from(playlistCovers)
    .where(and(isNotNull(playlistCovers.sha256), ids && inArray(playlistCovers.playlistId, [...ids])));
}

/** The digest of a smaller picture of a cover that a playlist shows or showed, by the cover's digest; undefined for any other file. */
export async function findCoverFile(db: Db, { sha256, side }: { sha256: string; side: string }): Promise<string | undefined> {
  const isIt = or(eq(playlistCovers.sha256, sha256), eq(playlistCovers.previousSha256, sha256));
  const [row] = await db.select().from(playlistCovers).where(isIt).limit(1);
  if (!row) return undefined;
  return row.sha256 === sha256 ? (row.previews?.[side] ?? sha256) : sha256;
}

/** Records on a copy of a playlist that its cover was uploaded; `key` is Spotify's name for it, once it was seen there. */
export async function markCoverSent(
  db: Db,
  { spotifyPlaylistId, sha256, key, at }: { spotifyPlaylistId: SpotifyPlaylistId; sha256: string; key: string | null; at: Date },
): Promise<void> {
  await db
    .update(playlistAccountMap)
    .set({ coverSha256: sha256, coverSentAt: at, coverKey: key, coverKeptKey: null })
    .where(eq(playlistAccountMap.spotifyPlaylistId, spotifyPlaylistId));
}

/** Records that a copy shows a picture that Segue did not upload, which is therefore kept. */
export async function markCoverKept(db: Db, id: ReplicaId, key: string): Promise<void> {
  await db.update(playlistAccountMap).set({ coverKeptKey: key }).where(eq(playlistAccountMap.id, id));
}

/** Lets the next sync replace the pictures that were kept on the copies of a playlist; how many there were. */
export async function releaseKeptCovers(db: Db, playlistId: PlaylistId): Promise<number> {
  const isKept = and(eq(playlistAccountMap.playlistId, playlistId), isNotNull(playlistAccountMap.coverKeptKey));
  const released = await db.update(playlistAccountMap).set({ coverKey: playlistAccountMap.coverKeptKey, coverKeptKey: null }).where(isKept);
  return released.rowCount ?? 0;
}

/** Lets the network replace a cover that a person chose. */
export async function releaseManualCover(db: Db, playlistId: PlaylistId): Promise<void> {
  await db.update(playlistCovers).set({ source: 'network', facts: null }).where(eq(playlistCovers.playlistId, playlistId));
}

/** Copies whose cover Spotify took and that was not seen there yet. */
export async function listUnseenCovers(
  db: Db,
  limit: number,
): Promise<{ readonly accountId: AccountId; readonly spotifyPlaylistId: SpotifyPlaylistId; readonly sha256: string; readonly sentAt: Date }[]> {
  const { accountId, spotifyPlaylistId, coverSha256, coverSentAt, coverKey, status } = playlistAccountMap;
  const rows = await db
    .select({ accountId, spotifyPlaylistId, sha256: coverSha256, sentAt: coverSentAt })
    .from(playlistAccountMap)
    .where(and(eq(status, 'live'), isNotNull(coverSha256), isNull(coverKey)))
    .orderBy(coverSentAt)
    .limit(limit);
  return rows.flatMap(({ spotifyPlaylistId: id, sha256, sentAt, ...row }) =>
    id === null || sha256 === null || sentAt === null ? [] : [{ ...row, spotifyPlaylistId: id, sha256, sentAt }],
  );
}
