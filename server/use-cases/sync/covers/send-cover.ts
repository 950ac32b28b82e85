import { markCoverKept, markCoverSent } from '#server/repos/sync/playlist-covers.ts';
import { abandonOperation, markIntended } from '#server/repos/sync/sync-operations.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import type { CoverUploadStep, ReplicaSession } from '../apply/playlist-session.ts';

/**
 * Uploads a cover under the intent of its operation, and records Spotify's name for it when it is shown at once. Returns why it was not uploaded, or null:
 * the list is written by then, so a problem with the picture is a note of the plan and never its failure.
 */
export async function sendCover(writer: ReplicaSession, id: SpotifyPlaylistId, { operation, step }: CoverUploadStep): Promise<string | null> {
  const { db, deps, replica } = writer;
  const abandon = async (why: string): Promise<string> => {
    await abandonOperation(db, operation.id, deps.now());
    return `The cover was not uploaded: ${why}`;
  };
  try {
    const jpeg = await deps.assets.read(step.sha256);
    if (!jpeg) return await abandon('its file is missing on the server.');
    const shown = await shownKey(writer, id);
    if (shown !== null && shown !== step.beforeKey) {
      await markCoverKept(db, replica.id, shown);
      return await abandon('the playlist got another picture on Spotify, which is kept.');
    }
    await markIntended(db, operation.id, { at: deps.now() });
    deps.faultPoint('covers.after_intent');
    await writer.remote.uploadImage(id, jpeg);
    deps.faultPoint('covers.after_upload');
    const key = await shownKey(writer, id).catch(() => null);
    await markCoverSent(db, { spotifyPlaylistId: id, sha256: step.sha256, key: key === step.beforeKey ? null : key, at: deps.now() });
    return null;
  } catch (error) {
    writer.signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    deps.log.warn('a cover was not uploaded', { playlistIndex: writer.playlist.globalIndex, code: error.code, error: error.message });
    return abandon(error.message);
  }
}

/** Spotify's name for an uploaded picture; null for a mosaic and for none. */
async function shownKey({ remote }: ReplicaSession, id: SpotifyPlaylistId): Promise<string | null> {
  return (await remote.images(id)).find(({ origin }) => origin === 'uploaded')?.key ?? null;
}
