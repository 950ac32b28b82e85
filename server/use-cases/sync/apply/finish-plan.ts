import type { RemotePlaylist } from '#server/providers/ports.ts';
import { listOperations, markApplied } from '#server/repos/sync/sync-operations.ts';
import { markSyncPlan } from '#server/repos/sync/sync-plans.ts';
import type { ManualEdits, SyncReceipt } from '#shared/contracts/sync/sync.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import type { PlaylistSession } from './playlist-session.ts';
import { fingerprintOf } from '../plan/plan-hash.ts';

interface Finish {
  readonly planId: SyncPlanId;
  readonly day: string;
  /** The playlist as read back, exactly as the plan wanted it. */
  readonly seen: RemotePlaylist;
  /** How the outcome of each operation was determined. */
  readonly how: (operationId: string, kind: string) => SyncReceipt['how'];
  readonly note: string | null;
  readonly manualEdits: ManualEdits | undefined;
  /** The earlier day whose list is shown after a rollback. */
  readonly shows: string | undefined;
}

/**
 * Stores the receipts, marks the plan as applied and records what the playlist shows in one transaction: a plan is applied with all its receipts or not
 * at all.
 */
export async function finishPlan(writer: PlaylistSession, finish: Finish): Promise<void> {
  const { deps } = writer;
  const { planId, day, seen, how, note, manualEdits, shows } = finish;
  deps.faultPoint('sync.before_receipt');
  const at = deps.now();
  const fingerprint = fingerprintOf(seen.uris);
  await writer.db.transaction(async (tx) => {
    const operations = await listOperations(tx, planId);
    for (const operation of operations.filter((one) => one.state === 'planned' || one.state === 'intended')) {
      const receipt: SyncReceipt = {
        spotifyPlaylistId: seen.id,
        fingerprint,
        itemCount: seen.uris.length,
        snapshotId: seen.snapshotId,
        readBackAt: at.toISOString(),
        how: how(operation.id, operation.kind),
      };
      await markApplied(tx, operation.id, { receipt, at });
    }
    await markSyncPlan(tx, planId, { status: 'applied', reason: note, appliedAt: at });
    await writer.recordSynced(tx, { planId, day, seen, fingerprint, at, manualEdits, shows });
  });
  deps.faultPoint('sync.after_receipt');
}
