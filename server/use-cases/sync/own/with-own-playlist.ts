import type { Deps } from '#server/deps.ts';
import { withAdvisoryLocks } from '#server/repos/advisory-lock.ts';
import type { Db } from '#server/repos/database.ts';
import { findOwnTarget, markOwnPlaylist, markOwnPlaylistSynced } from '#server/repos/sync/own-playlists.ts';
import { AppError } from '#shared/errors.ts';
import type { OwnPlaylistId } from '#shared/ids.ts';
import { fenceRequests } from '../apply/fence.ts';
import type { PlaylistSession } from '../apply/playlist-session.ts';
import { openAccountPlaylists } from '../plan/account-playlists.ts';

interface OwnLockRequest {
  readonly id: OwnPlaylistId;
  /** How messages name it, as the beginning of a sentence. */
  readonly label: string;
  /** `look` excludes other work on this playlist; `write` also excludes any other writer on its account. */
  readonly purpose: 'look' | 'write';
  readonly signal: AbortSignal;
}

/** A session on a person's own playlist. */
export interface OwnSession extends PlaylistSession {
  readonly fingerprint: string | null;
}

/** Runs `work` under the lock of a person's own playlist. Throws `conflict` at once when another session holds it, and `not_found`. */
export async function withOwnPlaylist<T>(deps: Deps, request: OwnLockRequest, work: (writer: OwnSession) => Promise<T>): Promise<T> {
  const { id, label, signal } = request;
  const before = await requireTarget(deps.db, id);
  const lock = `segue.sync.own:${id}`;
  const names = request.purpose === 'write' ? [`segue.sync.account:${before.account.id}`, lock] : [lock];
  const outcome = await withAdvisoryLocks(deps.pool, names, async (db) => {
    const { own, account } = await requireTarget(db, id);
    const remote = openAccountPlaylists(fenceRequests(deps, db), account, signal);
    return work({
      deps,
      db,
      remote,
      signal,
      account,
      label,
      owner: { ownPlaylistId: id },
      marker: own.marker,
      fingerprint: own.fingerprint,
      spotifyPlaylistId: own.spotifyPlaylistId,
      snapshotId: own.remoteSnapshotId,
      findSpotifyId: async () => (await requireTarget(db, id)).own.spotifyPlaylistId,
      markLive: (spotifyId) => markOwnPlaylist(db, id, spotifyId),
      recordSynced: (tx, { fingerprint, seen, at }) =>
        markOwnPlaylistSynced(tx, id, { fingerprint, remoteSnapshotId: seen.snapshotId, syncedAt: at }),
      sendCover: () => Promise.reject(new Error('No plan of an own playlist has a cover.')),
    });
  });
  if (outcome.kind === 'done') return outcome.value;
  throw new AppError('conflict', {
    message: outcome.name === lock ? `${label} is being exported right now.` : `Segue is writing to ${before.account.displayName} right now.`,
    remedy: 'Try again in a moment.',
    context: { busy: true },
  });
}

async function requireTarget(db: Db, id: OwnPlaylistId) {
  const target = await findOwnTarget(db, id);
  if (!target) throw new AppError('not_found', { message: 'This playlist is no longer exported.', remedy: 'Plan the export again.' });
  return target;
}
