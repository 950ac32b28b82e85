import { assets, renders } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { AssetId, UserId } from '#shared/ids.ts';
import { and, eq, inArray, isNull } from 'drizzle-orm';

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

/** Those of the assets that are a person's own. */
export async function listOwnAssets(
  db: Db,
  { ids, userId }: { ids: readonly AssetId[]; userId: UserId | null },
): Promise<{ readonly id: AssetId; readonly sha256: string; readonly mediaType: string }[]> {
  return db
    .select({ id: assets.id, sha256: assets.sha256, mediaType: assets.mediaType })
    .from(assets)
    .where(and(inArray(assets.id, [...ids]), userId === null ? isNull(assets.userId) : eq(assets.userId, userId)));
}

/** The render that made an asset; undefined for an upload. */
export async function findAssetRecipe(
  db: Db,
  id: AssetId,
): Promise<{ readonly render: typeof renders.$inferSelect; readonly seed: string | null; readonly position: number } | undefined> {
  const found = await db
    .select({ render: renders, seed: assets.seed, position: assets.position })
    .from(assets)
    .innerJoin(renders, eq(renders.id, assets.renderId))
    .where(eq(assets.id, id));
  return found[0];
}
