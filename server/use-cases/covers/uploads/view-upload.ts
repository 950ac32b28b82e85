import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { UploadInput, UploadView } from '#shared/contracts/covers/uploads.ts';
import { requireOwnUpload } from './own-upload.ts';
import { uploadView } from './upload-view.ts';

/** An upload that the actor planned, with its receipt as it is now. Throws `not_found`. */
export async function viewUpload(deps: Pick<Deps, 'db' | 'settings'>, actor: Actor, { uploadId }: UploadInput): Promise<UploadView> {
  return uploadView(deps, await requireOwnUpload(deps, actor, uploadId));
}
