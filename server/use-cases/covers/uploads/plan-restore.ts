import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { UploadInput, UploadView } from '#shared/contracts/covers/uploads.ts';
import { AppError } from '#shared/errors.ts';
import { requireOwnUpload } from './own-upload.ts';
import { storeUploadPlan } from './store-plan.ts';
import { uploadView } from './upload-view.ts';

const PATIENCE_MS = 30_000;

/** Plans to put back the cover that an upload replaced. Throws `conflict` when no copy of it was kept, and what planning throws. */
export async function planRestore(
  deps: Deps,
  actor: Actor,
  { uploadId, signal: callerSignal }: UploadInput & { readonly signal?: AbortSignal | undefined },
): Promise<UploadView> {
  const { plan, sentAt, coverId, spotifyPlaylistId } = await requireOwnUpload(deps, actor, uploadId);
  if (sentAt === null)
    throw new AppError('conflict', { message: 'This upload was never sent, so there is nothing to put back.', remedy: 'Nothing is to be done.' });
  const { assetId } = plan.before;
  if (assetId === null) {
    throw new AppError('conflict', {
      message: plan.before.shows === 'other' ? 'The cover before could not be downloaded.' : 'The playlist had no cover of its own before.',
      remedy: 'Spotify removes a cover only in its own app: open the playlist, then Edit details, then Remove photo.',
    });
  }
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const signal = callerSignal ? AbortSignal.any([callerSignal, limit]) : limit;
  return uploadView(deps, await storeUploadPlan(deps, actor, { coverId, spotifyPlaylistId, assetId, isRestore: true, signal }));
}
