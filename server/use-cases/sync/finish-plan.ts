import type { RemotePlaylist } from '#server/providers/ports.ts';
import { markReplicaSynced } from '#server/repos/replicas.ts';
import { listOperations, markApplied } from '#server/repos/sync-operations.ts';
import type { SyncPlanRow } from '#server/repos/sync-plans.ts';
import { markSyncPlan } from '#server/repos/sync-plans.ts';
import type { SyncReceipt } from '#shared/contracts/sync.ts';
import type { Writer } from './hold-writer.ts';
import { fingerprintOf } from './plan-hash.ts';

interface Finish {
  readonly plan: SyncPlanRow;
  /** What was read back: exactly what the plan wanted. */
  readonly seen: RemotePlaylist;
  /** How each operation's outcome was known. */
  readonly how: (operationId: string, kind: string) => SyncReceipt['how'];
  readonly note: string | null;
}

/** Writes the receipts, ends the plan as applied and moves the replica on, in one transaction: a plan is applied with all its receipts or not at all. */
export async function finishPlan(writer: Writer, { plan, seen, how, note }: Finish): Promise<void> {
  const { deps } = writer;
  deps.faultPoint('sync.before_receipt');
  const at = deps.now();
  const fingerprint = fingerprintOf(seen.uris);
  await writer.db.transaction(async (tx) => {
    const operations = await listOperations(tx, plan.id);
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
    await markSyncPlan(tx, plan.id, { status: 'applied', reason: note, appliedAt: at });
    await markReplicaSynced(tx, writer.replica.id, { fingerprint, remoteSnapshotId: seen.snapshotId, syncedDay: plan.batchTag, syncedAt: at });
  });
  deps.faultPoint('sync.after_receipt');
}
