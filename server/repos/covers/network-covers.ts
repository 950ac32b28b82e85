import { accounts, assetPreviews, assets, playlistAccountMap } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { AssetId, PlaylistId } from '#shared/ids.ts';
import { eq, sql } from 'drizzle-orm';

interface NewCoverAsset {
  readonly id: AssetId;
  readonly sha256: string;
  /** SHA-256 of the smaller pictures by side. */
  readonly previews: Readonly<Record<string, string>>;
  readonly bytes: number;
  readonly side: number;
  readonly at: Date;
}

/** Adds the rows by which the files of a playlist's cover are known to be in use. */
export async function insertCoverAsset(db: Db, { id, sha256, previews, bytes, side, at }: NewCoverAsset): Promise<void> {
  const file = { mediaType: 'image/jpeg', bytes, width: side, height: side } as const;
  await db.insert(assets).values({ id, sha256, userId: null, origin: 'cover', ...file, seed: null, createdAt: at });
  const rows = Object.entries(previews).map(([width, previewSha256]) => ({ sha256, width: Number(width), previewSha256, createdAt: at }));
  await db.insert(assetPreviews).values(rows).onConflictDoNothing();
}

/** A live copy of a playlist, and what is known of its cover on Spotify. */
export interface CoverCopy {
  readonly playlistId: PlaylistId;
  readonly account: string;
  readonly coverSha256: string | null;
  readonly coverKey: string | null;
  readonly coverKeptKey: string | null;
  /** The account allows image uploads. */
  readonly isAllowed: boolean;
}

/** The live copies of all playlists. */
export function listCoverCopies(db: Db): Promise<CoverCopy[]> {
  const { playlistId, coverSha256, coverKey, coverKeptKey, accountId, status } = playlistAccountMap;
  return db
    .select({
      playlistId,
      account: accounts.displayName,
      coverSha256,
      coverKey,
      coverKeptKey,
      isAllowed: sql<boolean>`'ugc-image-upload' = any(${accounts.scopes})`,
    })
    .from(playlistAccountMap)
    .innerJoin(accounts, eq(accounts.id, accountId))
    .where(eq(status, 'live'))
    .orderBy(accounts.displayName);
}
