import { markFindingResolved } from '#server/repos/sync/remote-findings.ts';
import { clearRetiredPlaylist } from '#server/repos/sync/replicas.ts';
import { listOperations, markApplied, markIntended } from '#server/repos/sync/sync-operations.ts';
import { claimSyncPlan, markSyncPlan } from '#server/repos/sync/sync-plans.ts';
import type { SyncReceipt, SyncStep } from '#shared/contracts/sync/sync.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId, SyncPlanId } from '#shared/ids.ts';
import { spotifyPlaylistId } from '#shared/ids.ts';
import type { ReplicaSession } from './with-replica-lock.ts';
import { fingerprintOf } from '../plan/plan-hash.ts';
import { mayHaveHappened, PlanOutdated } from './sync-errors.ts';

interface Unfollow {
  readonly planId: SyncPlanId;
  readonly steps: readonly SyncStep[];
  readonly seenFingerprint: string | null;
}

/**
 * Unfollows one playlist after a read shows it as the plan saw it. Never the playlist of a live replica, never someone else's. The account's own
 * list, read afterwards, is the receipt. Safe to repeat.
 */
export async function unfollowPlaylist(writer: ReplicaSession, { planId, steps, seenFingerprint }: Unfollow): Promise<void> {
  const { deps, db } = writer;
  const id = targetOf(steps);
  await requireAsSeen(writer, id, seenFingerprint);
  if (!(await claimSyncPlan(db, planId))) throw new PlanOutdated('This plan is no longer open.');
  try {
    const [operation] = await listOperations(db, planId);
    if (!operation) throw new Error('The plan has no operation.');
    await markIntended(db, operation.id, { at: deps.now() });
    const how = await send(writer, id);
    const at = deps.now();
    const receipt: SyncReceipt = { spotifyPlaylistId: id, fingerprint: null, itemCount: null, snapshotId: null, readBackAt: at.toISOString(), how };
    await db.transaction(async (tx) => {
      await markApplied(tx, operation.id, { receipt, at });
      await markSyncPlan(tx, planId, { status: 'applied', reason: null, appliedAt: at });
      await clearRetiredPlaylist(tx, writer.replica.id, id);
      await markFindingResolved(tx, {
        accountId: writer.account.id,
        spotifyPlaylistId: id,
        at,
        how: 'Removed from the account by an approved plan.',
      });
    });
  } catch (error) {
    const reason = error instanceof AppError ? error.message : 'Interrupted.';
    await markSyncPlan(db, planId, { status: 'failed', reason }).catch((cause: unknown) =>
      deps.log.error('a sync plan could not be marked as ended', { planId, cause }),
    );
    throw error;
  }
}

async function send(writer: ReplicaSession, id: SpotifyPlaylistId): Promise<SyncReceipt['how']> {
  let how: SyncReceipt['how'] = 'sent';
  try {
    await writer.remote.unfollow(id);
  } catch (error) {
    if (!mayHaveHappened(error)) throw error;
    how = 'already_so';
  }
  const own = await writer.remote.list();
  if (!own.some((playlist) => playlist.id === id)) return how;
  throw new AppError('provider_unavailable', {
    message: 'Spotify still lists the playlist that was removed from the account.',
    remedy: 'The next reconciliation checks again.',
  });
}

async function requireAsSeen(writer: ReplicaSession, id: SpotifyPlaylistId, seenFingerprint: string | null): Promise<void> {
  const { replica, account } = writer;
  if (replica.spotifyPlaylistId === id && replica.status !== 'retired') {
    throw new PlanOutdated(`Playlist #${writer.playlist.globalIndex} is in use again and is not removed.`);
  }
  const seen = await writer.remote.read(id);
  const isSame = seen !== undefined && seen.ownerId === account.spotifyUserId && fingerprintOf(seen.uris) === seenFingerprint;
  if (!isSame) throw new PlanOutdated('The playlist changed after the plan was made.');
}

function targetOf(steps: readonly SyncStep[]): SpotifyPlaylistId {
  const [step] = steps;
  if (step?.kind !== 'unfollow' || steps.length > 1) throw new Error('The plan does not unfollow a playlist.');
  return spotifyPlaylistId.parse(step.spotifyPlaylistId);
}
