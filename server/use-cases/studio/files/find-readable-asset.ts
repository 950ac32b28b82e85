import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findOwnAsset } from '#server/repos/studio/assets.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import { findSharedAsset } from '#server/repos/studio/library/shares.ts';
import { checkAddress } from '#server/use-cases/auth/signing/check-address.ts';
import type { AddressQuery } from '#server/use-cases/auth/signing/check-address.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { fileSubject } from '#server/use-cases/studio/sharing/shared-asset.ts';
import { AppError } from '#shared/errors.ts';
import type { AssetId } from '#shared/ids.ts';

/** An asset that somebody may read, and until when; null is without an end. */
export interface ReadableAsset {
  readonly asset: AssetRow;
  readonly until: Date | null;
}

/**
 * The asset, when the actor owns it or the address is signed and the asset is still shared. Throws `not_found` for anybody else and for a wrong signature,
 * `gone` for a signature that is past and for an asset that is not shared any more, `unauthenticated` for a stranger without a signature.
 */
export async function findReadableAsset(
  deps: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  { id, signed }: { readonly id: AssetId; readonly signed: AddressQuery | undefined },
): Promise<ReadableAsset> {
  if (!signed) return { asset: await ownAsset(deps, actor, id), until: null };
  const until = await checkAddress(deps, fileSubject(id), signed);
  const asset = await findSharedAsset(deps.db, id);
  if (!asset) throw new AppError('gone', { message: 'This picture is not shared any more.', remedy: 'Ask the person who shared it.' });
  return { asset, until };
}

async function ownAsset({ db }: Pick<Deps, 'db'>, actor: Actor, id: AssetId): Promise<AssetRow> {
  const asset = await findOwnAsset(db, { id, userId: assetOwner(actor) });
  if (asset) return asset;
  throw new AppError('not_found', { message: 'There is no such file.', remedy: 'Check the address, or sign in as the person who made it.' });
}
