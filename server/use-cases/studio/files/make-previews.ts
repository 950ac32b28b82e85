import type { Deps } from '#server/deps.ts';
import type { CoverPreviews } from '#server/providers/cover-ports.ts';
import { findPosterDigest, saveAssetLook, savePreviews } from '#server/repos/studio/asset-previews.ts';
import { PREVIEW_WIDTHS } from '#shared/domain/studio/preview-widths.ts';
import type { ColorWord } from '#shared/vocabulary.ts';
import { AppError } from '#shared/errors.ts';

/** What the columns of an asset say about its picture. */
interface AssetLook {
  readonly thumbhash: Uint8Array;
  readonly colors: ColorWord[];
}

/**
 * Stores the previews of a stored picture, `drawn` already or drawn here, and returns its thumbhash and its main colors. Safe to repeat. Throws `unavailable`
 * when its file is missing or the disk is full.
 */
export async function makePreviews(
  deps: Pick<Deps, 'db' | 'now' | 'assets' | 'coverFiles'>,
  sha256: string,
  drawn?: Promise<CoverPreviews>,
): Promise<AssetLook> {
  const previews = await (drawn ?? drawPreviews(deps, sha256));
  const written = await Promise.all(
    PREVIEW_WIDTHS.map(async (width) => ({ width, previewSha256: (await deps.assets.write(previews.webp[width])).sha256 })),
  );
  const createdAt = deps.now();
  const look = { thumbhash: Buffer.from(previews.thumbhash, 'base64'), colors: [...previews.colors] };
  await deps.db.transaction(async (tx) => {
    await savePreviews(
      tx,
      written.map((preview) => ({ ...preview, sha256, createdAt })),
    );
    await saveAssetLook(tx, sha256, look);
  });
  return look;
}

/** A video is shown by the picture it starts from. */
async function drawPreviews({ db, assets, coverFiles }: Pick<Deps, 'db' | 'assets' | 'coverFiles'>, sha256: string): Promise<CoverPreviews> {
  const file = await assets.read((await findPosterDigest(db, sha256)) ?? sha256);
  if (!file) throw new AppError('unavailable', { message: 'The file of this picture is missing on the server.', context: { sha256 } });
  return coverFiles.previewsOf(file);
}
