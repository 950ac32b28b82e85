import { assetPreviews, assets } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { ColorWord } from '#shared/vocabulary.ts';
import { and, eq, sql } from 'drizzle-orm';

type NewPreview = typeof assetPreviews.$inferInsert;

/** Names the previews of a stored file. One that exists is replaced: its file may be lost. */
export async function savePreviews(db: Db, previews: readonly NewPreview[]): Promise<void> {
  await db
    .insert(assetPreviews)
    .values([...previews])
    .onConflictDoUpdate({ target: [assetPreviews.sha256, assetPreviews.width], set: { previewSha256: sql`excluded.preview_sha256` } });
}

/** The digest of the preview of a stored file. */
export async function findPreview(db: Db, { sha256, width }: { sha256: string; width: number }): Promise<string | undefined> {
  const found = await db
    .select({ previewSha256: assetPreviews.previewSha256 })
    .from(assetPreviews)
    .where(and(eq(assetPreviews.sha256, sha256), eq(assetPreviews.width, width)));
  return found[0]?.previewSha256;
}

/** What the previews show of every asset with these bytes: the thumbhash and the main colors. */
export async function saveAssetLook(
  db: Db,
  sha256: string,
  look: { readonly thumbhash: Uint8Array; readonly colors: readonly ColorWord[] },
): Promise<void> {
  await db
    .update(assets)
    .set({ thumbhash: look.thumbhash, colors: [...look.colors] })
    .where(eq(assets.sha256, sha256));
}
