import type { StoredPicture } from '#drizzle/schema/covers.ts';
import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listOwnPictures } from '#server/repos/covers/covers.ts';
import type { CoverRow } from '#server/repos/covers/covers.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { ChoosePictureInput, CoverView } from '#shared/contracts/covers/projects.ts';
import { AppError } from '#shared/errors.ts';
import { requireOwnCover } from './own-cover.ts';
import { saveStep } from './save-step.ts';
import { viewCover } from './view-cover.ts';
import { withPicture } from './with-picture.ts';

/** Chooses a picture of the person's own: of a render, an upload, or one chosen before. Throws `not_found` for another person's, `invalid_input` for a video. */
export async function chooseCoverPicture(deps: Deps, actor: Actor, { coverId, assetId }: ChoosePictureInput): Promise<CoverView> {
  await requireOwnCover(deps, actor, coverId);
  const [asset] = await listOwnPictures(deps.db, { ids: [assetId], userId: assetOwner(actor) });
  if (!asset) throw new AppError('not_found', { message: 'There is no such picture.', remedy: 'Choose one of your own pictures.', field: 'assetId' });
  if (!asset.mediaType.startsWith('image/')) {
    throw new AppError('invalid_input', { message: 'This file is not a picture.', remedy: 'Choose a picture.', field: 'assetId' });
  }
  const change = (now: CoverRow) => {
    const known = now.pictures.find((picture) => picture.assetId === assetId);
    const picture: StoredPicture = known ?? { assetId, origin: asset.renderId === null ? 'upload' : 'render', drawn: null };
    const renderIds = asset.renderId === null || now.renderIds.includes(asset.renderId) ? now.renderIds : [...now.renderIds, asset.renderId];
    return { ...withPicture(now, picture), renderIds };
  };
  await saveStep(deps, actor, { coverId, step: 'picture', change });
  return viewCover(deps, actor, { coverId });
}
