import { assetMasks, assets } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import { isOwnAsset } from '#server/repos/studio/assets.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import type { AssetId, UserId } from '#shared/ids.ts';
import { and, eq } from 'drizzle-orm';

type MaskRow = typeof assetMasks.$inferSelect;

export async function insertMask(db: Db, row: MaskRow): Promise<void> {
  await db.insert(assetMasks).values(row);
}

/** A mask of a person's own with its file; `null` is the operator with the admin key. Undefined when it is somebody else's. */
export async function findOwnMask(
  db: Db,
  { id, userId }: { id: AssetId; userId: UserId | null },
): Promise<{ readonly mask: MaskRow; readonly asset: AssetRow } | undefined> {
  const found = await db
    .select({ mask: assetMasks, asset: assets })
    .from(assetMasks)
    .innerJoin(assets, eq(assets.id, assetMasks.assetId))
    .where(and(eq(assets.id, id), isOwnAsset(userId)));
  return found[0];
}
