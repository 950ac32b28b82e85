import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findOwnMask } from '#server/repos/studio/masks.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { assetMissing } from '#server/use-cases/studio/library/require-asset.ts';
import type { MaskInput, MaskView } from '#shared/contracts/studio/masks.ts';

/** A mask of the actor's own with its steps. Throws `not_found` for another person's and for an asset that is no mask. */
export async function viewMask({ db }: Pick<Deps, 'db'>, actor: Actor, { mask: id }: MaskInput): Promise<MaskView> {
  const found = await findOwnMask(db, { id, userId: assetOwner(actor) });
  if (!found) throw assetMissing();
  const { asset, mask } = found;
  const { width, height } = asset;
  const { pictureId: of, share, operations } = mask;
  return { asset: asset.id, url: `/files/${asset.id}`, of, width: width ?? 0, height: height ?? 0, share, operations };
}
