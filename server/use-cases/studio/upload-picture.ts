import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { UploadedPicture } from '#shared/contracts/studio/uploaded-picture.ts';
import { assetOwner } from './asset-owner.ts';
import { storeAsset } from './store-asset.ts';

/** Stores a person's own picture, decoded once and written again without metadata or appended data. Throws `too_large` or `invalid_input` with the reason. */
export async function uploadPicture(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'assets' | 'coverFiles'>,
  actor: Actor,
  file: Uint8Array,
): Promise<UploadedPicture> {
  assetOwner(actor);
  const { bytes, mediaType, width, height, frames } = await deps.coverFiles.probeImage(file);
  const asset = await storeAsset(deps, actor, { bytes, mediaType, width, height, seed: null });
  return { asset, url: `/files/${asset}`, mediaType, width, height, isFirstFrameOnly: frames > 1 };
}
