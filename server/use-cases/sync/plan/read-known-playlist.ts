import type { RemotePlaylist } from '#server/providers/ports.ts';
import { markReplicaLive, markReplicaLost, resetLostReplica } from '#server/repos/sync/replicas.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import type { ReplicaSession } from '../apply/with-replica-lock.ts';
import { requireCreateSettled } from '../apply/resolve-create.ts';

/**
 * Reads a known playlist from Spotify. One that is not found is also searched for in the account's list, since "not found" can be an error of
 * Spotify's; it counts as lost only when both agree, and is created again only when `mayRecreate`. Throws `not_found` for a lost one.
 */
export async function readKnownPlaylist(writer: ReplicaSession, id: SpotifyPlaylistId, mayRecreate: boolean): Promise<RemotePlaylist | undefined> {
  const seen = await writer.remote.read(id);
  if (seen && seen.ownerId !== writer.account.spotifyUserId) throw foreignOwner(writer, seen);
  if (seen && writer.replica.status !== 'lost') return seen;
  await requireCreateSettled(writer);
  // A deleted playlist disappears from the owner's list; its URL still answers.
  const own = await writer.remote.list();
  const isListed = own.some((playlist) => playlist.id === id);
  if (isListed && !seen) throw inconsistentAnswer(writer);
  if (isListed) {
    await markReplicaLive(writer.db, writer.replica.id, id);
    return seen;
  }
  await markReplicaLost(writer.db, writer.replica.id, writer.deps.now());
  if (!mayRecreate) throw lost(writer);
  await resetLostReplica(writer.db, writer.replica.id);
  return undefined;
}

function foreignOwner(writer: ReplicaSession, seen: RemotePlaylist): AppError {
  return new AppError('forbidden', {
    message: `Playlist #${writer.playlist.globalIndex} on Spotify belongs to ${seen.ownerId}, not to ${writer.account.displayName}. Segue does not change it.`,
    remedy: 'Check the account on Spotify.',
  });
}

function inconsistentAnswer(writer: ReplicaSession): AppError {
  return new AppError('provider_unavailable', {
    message: `Spotify lists playlist #${writer.playlist.globalIndex} but does not return it.`,
    remedy: 'Segue tries again at the next sync.',
  });
}

function lost(writer: ReplicaSession): AppError {
  return new AppError('not_found', {
    message: `Playlist #${writer.playlist.globalIndex} was deleted from ${writer.account.displayName} on Spotify.`,
    remedy: 'Plan its sync to create it again.',
  });
}
