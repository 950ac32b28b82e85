import type { Deps } from '#server/deps.ts';
import { listUnseenCovers, markCoverSent } from '#server/repos/sync/playlist-covers.ts';
import { isSamePicture } from '#server/use-cases/sync/covers/same-picture.ts';
import { AppError } from '#shared/errors.ts';
import { readShownImage } from '../uploads/shown-picture.ts';

/** Two requests each. */
const LOOKS_MAX = 200;

/** Looks whether Spotify shows the covers that it took and did not show at once. Returns a sentence; empty when there were none. Fails for no vendor's sake. */
export async function confirmSentCovers(deps: Deps, signal: AbortSignal): Promise<string> {
  const unseen = await listUnseenCovers(deps.db, LOOKS_MAX);
  let seen = 0;
  for (const { accountId, spotifyPlaylistId, sha256, sentAt } of unseen) {
    signal.throwIfAborted();
    try {
      const image = await readShownImage(deps, { accountId, id: spotifyPlaylistId, signal });
      if (image?.origin !== 'uploaded' || !(await isSamePicture(deps, await deps.playlistHost.downloadImage(image, signal), sha256))) continue;
      await markCoverSent(deps.db, { spotifyPlaylistId, sha256, key: image.key, at: sentAt });
      seen += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      deps.log.warn('a cover could not be looked at', { spotifyPlaylistId, error: error.message });
      break;
    }
  }
  return unseen.length === 0 ? '' : `Spotify now shows ${seen} of ${unseen.length} covers that it had not shown at once.`;
}
