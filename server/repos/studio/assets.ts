import { assets } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { AssetId, UserId } from '#shared/ids.ts';
import { and, eq, isNull } from 'drizzle-orm';

export type NewAsset = typeof assets.$inferInsert;

/** Adds a row for a stored file. Many rows may name the same file. */
export async function insertAsset(db: Db, asset: NewAsset): Promise<void> {
  await db.insert(assets).values(asset);
}

/** An asset of a person; `null` is the operator with the admin key. Undefined when it is somebody else's. */
export async function findOwnAsset(
  db: Db,
  { id, userId }: { id: AssetId; userId: UserId | null },
): Promise<{ readonly sha256: string; readonly mediaType: string } | undefined> {
  const isOwn = userId === null ? isNull(assets.userId) : eq(assets.userId, userId);
  const found = await db
    .select({ sha256: assets.sha256, mediaType: assets.mediaType })
    .from(assets)
    .where(and(eq(assets.id, id), isOwn));
  return found[0];
}
