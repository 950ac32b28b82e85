import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findOwnUpload } from '#server/repos/covers/cover-uploads.ts';
import type { CoverUpload } from '#server/repos/covers/cover-uploads.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { AppError } from '#shared/errors.ts';
import type { CoverUploadId } from '#shared/ids.ts';

/** An upload that the actor planned. Throws `not_found` for another person's. */
export async function requireOwnUpload(deps: Pick<Deps, 'db'>, actor: Actor, id: CoverUploadId): Promise<CoverUpload> {
  const upload = await findOwnUpload(deps.db, { id, userId: assetOwner(actor) });
  if (!upload)
    throw new AppError('not_found', { message: 'There is no such upload.', remedy: 'Open the cover and plan it again.', field: 'uploadId' });
  return upload;
}
