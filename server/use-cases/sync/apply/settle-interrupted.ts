import type { RemotePlaylist } from '#server/providers/ports.ts';
import { findReplica } from '#server/repos/sync/replicas.ts';
import type { Replica } from '#server/repos/sync/replicas.ts';
import { listUnresolvedCreates, markApplied } from '#server/repos/sync/sync-operations.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { findApplyingPlan, markSyncPlan } from '#server/repos/sync/sync-plans.ts';
import type { SyncReceipt } from '#shared/contracts/sync/sync.ts';
import { sameFace, sameOrder } from '#shared/domain/sync/sync-plan.ts';
import { finishPlan } from './finish-plan.ts';
import type { Writer } from './hold-writer.ts';
import { fingerprintOf } from '../plan/plan-hash.ts';

/**
 * Ends what a process that died under this lock left open. A plan whose effect stands on Spotify gets its receipts; any other is stale and
 * what it had begun is closed, since the next plan is made of what Spotify shows now. Nothing is sent. Returns the replica as it then is.
 */
export async function settleInterrupted(writer: Writer, seen: RemotePlaylist | undefined): Promise<Replica> {
  const plan = await findApplyingPlan(writer.db, writer.replica.id);
  if (plan && seen && isCarriedOut(plan, seen)) {
    await finishPlan(writer, {
      plan,
      seen,
      how: (_, kind) => (kind === 'create' ? 'adopted' : 'already_so'),
      note: 'Finished after an interruption.',
    });
  } else if (plan) {
    await markSyncPlan(writer.db, plan.id, { status: 'stale', reason: 'Interrupted; a newer plan goes on from what Spotify shows.' });
  }
  if (seen) await acknowledgeCreates(writer, seen);
  return (plan && (await findReplica(writer.db, writer.replica.id))) ?? writer.replica;
}

function isCarriedOut(plan: SyncPlanRow, seen: RemotePlaylist): boolean {
  return sameOrder(seen.uris, plan.body.wantedUris) && sameFace(seen.face, plan.body.wantedFace);
}

/** The playlist is there, so whichever create was left open has happened. */
async function acknowledgeCreates(writer: Writer, seen: RemotePlaylist): Promise<void> {
  const at = writer.deps.now();
  for (const operation of await listUnresolvedCreates(writer.db, writer.replica.id)) {
    const receipt: SyncReceipt = {
      spotifyPlaylistId: seen.id,
      fingerprint: fingerprintOf(seen.uris),
      itemCount: seen.uris.length,
      snapshotId: seen.snapshotId,
      readBackAt: at.toISOString(),
      how: 'adopted',
    };
    await markApplied(writer.db, operation.id, { receipt, at });
  }
}
