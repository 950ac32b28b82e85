import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findOwnAsset, insertAsset } from '#server/repos/studio/assets.ts';
import { insertMask } from '#server/repos/studio/masks.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { assetMissing } from '#server/use-cases/studio/library/require-asset.ts';
import type { StoredMask } from '#shared/contracts/studio/masks.ts';
import type { MaskOperation } from '#shared/domain/studio/masks/mask-operation.ts';
import { AppError } from '#shared/errors.ts';
import { assetId } from '#shared/ids.ts';
import type { AssetId } from '#shared/ids.ts';

interface MaskToStore {
  /** The picture that it is for. */
  readonly of: AssetId;
  readonly file: Uint8Array;
  readonly operations: readonly MaskOperation[];
}

/**
 * Stores a mask for a picture of the actor's own, in gray and without metadata. Throws `not_found` for a picture of somebody else, and `invalid_input` for a
 * mask of another size and for one that marks nothing or everything.
 */
export async function storeMask(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'assets' | 'coverFiles'>,
  actor: Actor,
  { of, file, operations }: MaskToStore,
): Promise<StoredMask> {
  const userId = assetOwner(actor);
  const picture = await findOwnAsset(deps.db, { id: of, userId });
  if (!picture || picture.deletedAt !== null) throw assetMissing();
  if (!picture.mediaType.startsWith('image/')) throw wrongMask('A mask is for a picture, not for a video.', 'Choose a picture.');
  const { bytes, width, height, share } = await deps.coverFiles.readMask(file);
  if (width !== picture.width || height !== picture.height) {
    const sizes = `The mask has ${width} × ${height} pixels, its picture ${picture.width ?? 0} × ${picture.height ?? 0}.`;
    throw wrongMask(sizes, 'Send a mask of exactly the same size.');
  }
  if (share === 0) throw wrongMask('The mask marks nothing, so nothing would be repainted.', 'Mark the part that should change.');
  if (share === 1) throw wrongMask('The mask marks the whole picture, so nothing of it would stay.', 'Leave a part unmarked, or make a new picture.');
  const { sha256 } = await deps.assets.write(bytes);
  const id = assetId.parse(deps.newId());
  await deps.db.transaction(async (tx) => {
    const facts = { width, height, mediaType: 'image/png', bytes: bytes.length, seed: null, origin: 'mask' } as const;
    await insertAsset(tx, { ...facts, id, sha256, userId, createdAt: deps.now() });
    await insertMask(tx, { assetId: id, pictureId: of, operations, share });
  });
  return { asset: id, url: `/files/${id}`, of, width, height, share };
}

function wrongMask(message: string, remedy: string): AppError {
  return new AppError('invalid_input', { message, remedy, field: 'mask' });
}
