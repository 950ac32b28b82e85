import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { makePreviews } from '#server/use-cases/studio/files/make-previews.ts';
import { readAssetFile } from '#server/use-cases/studio/read-asset.ts';
import { storeAssetFile } from '#server/use-cases/studio/store-asset.ts';
import type { EditAssetInput } from '#shared/contracts/studio/library/assets.ts';
import { AppError } from '#shared/errors.ts';
import type { AssetId } from '#shared/ids.ts';
import { requireAsset } from './require-asset.ts';

/** Crops or resizes a picture of the actor's own into a new one; the first stays. Throws `not_found`, and `invalid_input` for a video and for a part outside. */
export async function editAsset(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'assets' | 'coverFiles'>,
  actor: Actor,
  { id, crop, width }: EditAssetInput,
): Promise<{ readonly id: AssetId }> {
  const asset = await requireAsset(deps, actor, id);
  if (!asset.mediaType.startsWith('image/'))
    throw new AppError('invalid_input', { message: 'Only pictures can be cropped.', remedy: 'Choose a picture.', field: 'id' });
  const { bytes } = await readAssetFile(deps, asset);
  const cut = await deps.coverFiles.cutImage(bytes, { crop, width });
  const { id: made, sha256 } = await storeAssetFile(deps, actor, { ...cut, seed: null, origin: 'edit', madeFrom: [id] });
  await makePreviews(deps, sha256);
  return { id: made };
}
