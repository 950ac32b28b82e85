import type { Deps } from '#server/deps.ts';
import { withAdvisoryLocks } from '#server/repos/advisory-lock.ts';
import type { Database } from '#server/repos/database.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import { findReplica, findSyncTarget, markReplicaLive } from '#server/repos/sync/replicas.ts';
import { AppError } from '#shared/errors.ts';
import type { ReplicaId } from '#shared/ids.ts';
import { sendCover } from '../covers/send-cover.ts';
import { openAccountPlaylists } from '../plan/account-playlists.ts';
import { fenceRequests } from './fence.ts';
import type { ReplicaSession } from './playlist-session.ts';
import { recordReplicaSynced } from './record-replica-synced.ts';

export type { ReplicaSession } from './playlist-session.ts';

interface LockRequest {
  readonly replicaId: ReplicaId;
  /** `look` excludes other work on this replica; `write` also excludes any other writer on its account, in any process. */
  readonly purpose: 'look' | 'write';
  readonly signal: AbortSignal;
}

/**
 * Runs `work` under the replica's advisory lock. Throws `conflict` immediately when another session holds it; the lock ends with the process.
 *
 * States: free → locked (session open) → released (work done, session closed, or process dead). Before each request the fence checks that the session
 * still answers; if not, `conflict` and nothing is sent.
 */
export async function withReplicaLock<T>(deps: Deps, request: LockRequest, work: (writer: ReplicaSession) => Promise<T>): Promise<T> {
  const before = await requireTarget(deps.db, request.replicaId);
  const replica = replicaLock(request.replicaId);
  const names = request.purpose === 'write' ? [`segue.sync.account:${before.account.id}`, replica] : [replica];
  const outcome = await withAdvisoryLocks(deps.pool, names, async (db) => {
    const target = await requireTarget(db, request.replicaId);
    const remote = openAccountPlaylists(fenceRequests(deps, db), target.account, request.signal);
    return work(openSession(target, { deps, db, remote, signal: request.signal }));
  });
  if (outcome.kind === 'done') return outcome.value;
  const what = outcome.name === replica ? `Playlist #${before.playlist.globalIndex}` : `The account ${before.account.displayName}`;
  throw new AppError('conflict', {
    message: `${what} is being synced right now.`,
    remedy: 'Try again in a moment.',
    context: { busy: true },
  });
}

function openSession(target: SyncTarget, at: Pick<ReplicaSession, 'deps' | 'db' | 'remote' | 'signal'>): ReplicaSession {
  const { replica, playlist } = target;
  const session: ReplicaSession = {
    ...target,
    ...at,
    owner: { replicaId: replica.id },
    marker: replica.marker,
    spotifyPlaylistId: replica.spotifyPlaylistId,
    snapshotId: replica.remoteSnapshotId,
    label: `Playlist #${playlist.globalIndex}`,
    findSpotifyId: async () => (await findReplica(at.db, replica.id))?.spotifyPlaylistId ?? null,
    markLive: (id) => markReplicaLive(at.db, replica.id, id),
    recordSynced: (tx, synced) => recordReplicaSynced(tx, target, synced),
    sendCover: (id, upload) => sendCover(session, id, upload),
  };
  return session;
}

/** The name of a replica's advisory lock. */
export function replicaLock(id: ReplicaId): string {
  return `segue.sync.replica:${id}`;
}

async function requireTarget(db: Database, id: ReplicaId): Promise<SyncTarget> {
  const target = await findSyncTarget(db, id);
  if (!target) throw new AppError('not_found', { message: 'This playlist is not hosted on any account.', remedy: 'Plan the sync again.' });
  return target;
}
