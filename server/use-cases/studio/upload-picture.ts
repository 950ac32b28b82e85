import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { UploadedPicture } from '#shared/contracts/studio/uploaded-picture.ts';
import { AppError } from '#shared/errors.ts';
import { assetOwner } from './asset-owner.ts';
import { makePreviews } from './files/make-previews.ts';
import { storeAssetFile } from './store-asset.ts';

/** Stores a person's own picture with its previews, decoded once and written again without metadata or appended data. Throws `too_large` or `invalid_input` with the reason. */
export async function uploadPicture(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'assets' | 'coverFiles'>,
  actor: Actor,
  file: Uint8Array,
): Promise<UploadedPicture> {
  assetOwner(actor);
  const { bytes, mediaType, width, height, frames } = await deps.coverFiles.probeImage(file);
  const { id: asset, sha256 } = await storeAssetFile(deps, actor, { bytes, mediaType, width, height, seed: null, origin: 'upload' });
  // Best effort: a preview that is missing is made when it is first asked for.
  await makePreviews(deps, sha256).catch(ignoreFullDisk);
  return { asset, url: `/files/${asset}`, mediaType, width, height, isFirstFrameOnly: frames > 1 };
}

function ignoreFullDisk(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'unavailable') throw error;
}
