import { assetPreviews, assets } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import { and, asc, gt, like, sql } from 'drizzle-orm';

/** The digests that assets name, in order, after one of them. */
export async function listAssetDigests(db: Db, { after, limit }: { after: string; limit: number }): Promise<string[]> {
  const rows = await db
    .selectDistinct({ sha256: assets.sha256 })
    .from(assets)
    .where(gt(assets.sha256, after))
    .orderBy(asc(assets.sha256))
    .limit(limit);
  return rows.map(({ sha256 }) => sha256);
}

/** The previews of stored files with the digest of their file, in order of file and width, after one of them. */
export async function listPreviewDigests(
  db: Db,
  { after, limit }: { after: { sha256: string; width: number }; limit: number },
): Promise<{ readonly sha256: string; readonly width: number; readonly previewSha256: string }[]> {
  return db
    .select({ sha256: assetPreviews.sha256, width: assetPreviews.width, previewSha256: assetPreviews.previewSha256 })
    .from(assetPreviews)
    .where(sql`(${assetPreviews.sha256}, ${assetPreviews.width}) > (${after.sha256}, ${after.width})`)
    .orderBy(asc(assetPreviews.sha256), asc(assetPreviews.width))
    .limit(limit);
}

/** Pictures that assets name and that have fewer previews than there are sizes, in order, after one of them. A full disk keeps previews from being made. */
export async function listWithoutPreviews(
  db: Db,
  { after, sizes, limit }: { readonly after: string; readonly sizes: number; readonly limit: number },
): Promise<string[]> {
  const made = sql`(select count(*) from ${assetPreviews} p where p.sha256 = ${assets.sha256})`;
  const rows = await db
    .selectDistinct({ sha256: assets.sha256 })
    .from(assets)
    .where(and(gt(assets.sha256, after), like(assets.mediaType, 'image/%'), sql`${made} < ${sizes}`))
    .orderBy(asc(assets.sha256))
    .limit(limit);
  return rows.map(({ sha256 }) => sha256);
}

/** The digests that playlists' covers, their replicas and LoRA files name. */
export async function listOtherDigests(db: Db): Promise<string[]> {
  const rows = await db.execute<{ sha256: string }>(sql`
    select sha256 from playlist_covers where sha256 is not null
    union select previous_sha256 from playlist_covers where previous_sha256 is not null
    union select p.value from playlist_covers c, jsonb_each_text(c.previews) p where jsonb_typeof(c.previews) = 'object'
    union select cover_sha256 from playlist_account_map where cover_sha256 is not null
    union select file_sha256 from lora_models where file_sha256 is not null`);
  return rows.rows.map(({ sha256 }) => sha256);
}
