import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findOwnAsset } from '#server/repos/studio/assets.ts';
import type { AssetId } from '#shared/ids.ts';
import { AppError } from '#shared/errors.ts';
import { assetOwner } from './asset-owner.ts';

/** Reads a file of the actor's own. Throws `not_found` for another person's asset and for one that does not exist, and `unavailable` when its file is missing. */
export async function readAsset(
  deps: Pick<Deps, 'db' | 'assets'>,
  actor: Actor,
  id: AssetId,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string; readonly sha256: string }> {
  const asset = await findOwnAsset(deps.db, { id, userId: assetOwner(actor) });
  if (!asset)
    throw new AppError('not_found', { message: 'There is no such file.', remedy: 'Check the address, or sign in as the person who made it.' });
  const bytes = await deps.assets.read(asset.sha256);
  if (!bytes) {
    throw new AppError('unavailable', {
      message: 'The file of this picture is missing on the server.',
      remedy: 'Ask the operator to restore the folder of assets from a backup.',
      context: { sha256: asset.sha256 },
    });
  }
  return { ...asset, bytes };
}
