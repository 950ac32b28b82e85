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

/** The digest of the picture that a stored video starts from, as its render names it; undefined for a picture. */
export async function findPosterDigest(db: Db, sha256: string): Promise<string | undefined> {
  const found = await db.execute<{ poster: string | null }>(sql`
    select r.input_files -> (r.values -> 'image' ->> 0) ->> 'sha256' as poster from assets a join renders r on r.id = a.render_id
    where a.sha256 = ${sha256} and a.media_type like 'video/%' limit 1`);
  return found.rows[0]?.poster ?? undefined;
}
