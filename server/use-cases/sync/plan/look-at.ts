import type { RemotePlaylist } from '#server/providers/ports.ts';
import { markReplicaLive, markReplicaLost, resetLostReplica } from '#server/repos/sync/replicas.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import type { Writer } from '../apply/hold-writer.ts';
import { requireCreateSettled } from '../apply/resolve-create.ts';

/**
 * What Spotify shows of a playlist that we know. One that is not there is looked for in the account's list too, since "not found" can be
 * a slip; only when both say so is it lost, and created anew only where that was asked for. Throws `not_found` for a lost one.
 */
export async function lookAt(writer: Writer, id: SpotifyPlaylistId, mayRecreate: boolean): Promise<RemotePlaylist | undefined> {
  const seen = await writer.remote.read(id);
  if (seen && seen.ownerId !== writer.account.spotifyUserId) throw foreign(writer, seen);
  if (seen && writer.replica.status !== 'lost') return seen;
  await requireCreateSettled(writer);
  // A deleted playlist leaves the owner's list; its address goes on answering.
  const own = await writer.remote.list();
  const isListed = own.some((playlist) => playlist.id === id);
  if (isListed && !seen) throw slip(writer);
  if (isListed) {
    await markReplicaLive(writer.db, writer.replica.id, id);
    return seen;
  }
  await markReplicaLost(writer.db, writer.replica.id, writer.deps.now());
  if (!mayRecreate) throw lost(writer);
  await resetLostReplica(writer.db, writer.replica.id);
  return undefined;
}

function foreign(writer: Writer, seen: RemotePlaylist): AppError {
  return new AppError('forbidden', {
    message: `Playlist #${writer.playlist.globalIndex} on Spotify belongs to ${seen.ownerId}, not to ${writer.account.displayName}; it is not touched.`,
    remedy: 'Look at the account on Spotify.',
  });
}

function slip(writer: Writer): AppError {
  return new AppError('provider_unavailable', {
    message: `Spotify lists playlist #${writer.playlist.globalIndex} but does not show it.`,
    remedy: 'It is tried again at the next sync.',
  });
}

function lost(writer: Writer): AppError {
  return new AppError('not_found', {
    message: `Playlist #${writer.playlist.globalIndex} is no longer on ${writer.account.displayName}: somebody deleted it there.`,
    remedy: 'Plan its sync by hand to have it created anew.',
  });
}
