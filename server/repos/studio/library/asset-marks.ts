import { assetMasks, assetPreviews, assets } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import { isOwnAsset } from '#server/repos/studio/assets.ts';
import type { AssetId, UserId } from '#shared/ids.ts';
import { and, gt, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';

interface OwnAssets {
  readonly ids: readonly AssetId[];
  readonly userId: UserId | null;
}

const isOneOf = ({ ids, userId }: OwnAssets) => and(inArray(assets.id, [...ids]), isOwnAsset(userId));

/** Stars a person's own assets, or takes their stars away with `null`, and returns those that changed. */
export async function markStarred(db: Db, own: OwnAssets, at: Date | null): Promise<AssetId[]> {
  const isOther = at === null ? isNotNull(assets.starredAt) : isNull(assets.starredAt);
  const changed = await db
    .update(assets)
    .set({ starredAt: at })
    .where(and(isOneOf(own), isNull(assets.deletedAt), isOther))
    .returning({ id: assets.id });
  return changed.map(({ id }) => id);
}

/** Deletes a person's own assets so that they can be restored, and returns those that were not deleted before. */
export async function markDeleted(db: Db, own: OwnAssets, at: Date): Promise<AssetId[]> {
  const changed = await db
    .update(assets)
    .set({ deletedAt: at })
    .where(and(isOneOf(own), isNull(assets.deletedAt)))
    .returning({ id: assets.id });
  return changed.map(({ id }) => id);
}

/** Restores a person's own assets that were deleted after `after`, and returns them. */
export async function markRestored(db: Db, own: OwnAssets, after: Date): Promise<AssetId[]> {
  const changed = await db
    .update(assets)
    .set({ deletedAt: null })
    .where(and(isOneOf(own), gt(assets.deletedAt, after)))
    .returning({ id: assets.id });
  return changed.map(({ id }) => id);
}

/**
 * Removes assets that were deleted before `before`, at most `limit` of them, and the previews of files that no other asset names. Those that a cover
 * still shows stay. Masks go with their picture. Returns how many were removed, without masks; the sweep of files takes their files a day later.
 */
export async function deleteSweptAssets(tx: Db, { before, limit }: { readonly before: Date; readonly limit: number }): Promise<number> {
  const due = tx
    .select({ id: assets.id })
    .from(assets)
    .where(
      and(
        lt(assets.deletedAt, before),
        sql`not exists (select 1 from covers c where c.picture_asset_id = ${assets.id} or c.result_asset_id = ${assets.id})`,
      ),
    )
    .limit(limit);
  const gone = await tx.delete(assets).where(inArray(assets.id, due)).returning({ sha256: assets.sha256 });
  const masks = await deleteMasksWithoutPicture(tx, limit);
  const digests = [...new Set([...gone, ...masks].map(({ sha256 }) => sha256))];
  if (digests.length > 0)
    await tx
      .delete(assetPreviews)
      .where(
        and(
          inArray(assetPreviews.sha256, digests),
          sql`not exists (select 1 from assets a where a.sha256 = ${assetPreviews.sha256})`,
          sql`not exists (select 1 from renders r, jsonb_array_elements(r.result) f where r.result is not null and r.finished_at is null and f->>'sha256' = ${assetPreviews.sha256})`,
        ),
      );
  return gone.length;
}

/** A mask is of no use without its picture. */
async function deleteMasksWithoutPicture(tx: Db, limit: number): Promise<{ readonly sha256: string }[]> {
  const useless = tx
    .select({ id: assetMasks.assetId })
    .from(assetMasks)
    .where(sql`not exists (select 1 from assets p where p.id = ${assetMasks.pictureId})`)
    .limit(limit);
  return tx.delete(assets).where(inArray(assets.id, useless)).returning({ sha256: assets.sha256 });
}
