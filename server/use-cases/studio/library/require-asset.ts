import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findOwnAsset } from '#server/repos/studio/assets.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { AppError } from '#shared/errors.ts';
import type { AssetId } from '#shared/ids.ts';
import { restorableAfter } from './restorable.ts';

/** The actor's own asset, also one that can be restored. Throws `not_found`. */
export async function requireAsset(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, id: AssetId): Promise<AssetRow> {
  const asset = await findOwnAsset(deps.db, { id, userId: assetOwner(actor) });
  if (!asset || (asset.deletedAt !== null && asset.deletedAt <= restorableAfter(deps))) throw assetMissing();
  return asset;
}

export function assetMissing(): AppError {
  return new AppError('not_found', { message: 'There is no such picture or video.', remedy: 'Reload the library.', field: 'id' });
}
