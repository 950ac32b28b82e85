import type { RemotePlaylist } from '#server/providers/ports.ts';
import type { Db } from '#server/repos/database.ts';
import { insertManualMark, markKeptDetails } from '#server/repos/sync/manual-edits.ts';
import { extendPlacementsShownAgain } from '#server/repos/curation/list-overrides.ts';
import { markReplicaSynced } from '#server/repos/sync/replicas.ts';
import { listOperations, markApplied } from '#server/repos/sync/sync-operations.ts';
import { markSyncPlan } from '#server/repos/sync/sync-plans.ts';
import type { ManualEdits, SyncReceipt } from '#shared/contracts/sync/sync.ts';
import { dayOf } from '#shared/domain/days.ts';
import { recordingId } from '#shared/ids.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import type { ReplicaSession } from './with-replica-lock.ts';
import { fingerprintOf } from '../plan/plan-hash.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

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
 * Stores the receipts, marks the plan as applied and updates the replica in one transaction: a plan is applied with all its receipts or not at all.
 */
export async function finishPlan(writer: ReplicaSession, finish: Finish): Promise<void> {
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
    if (manualEdits) await storeManualEdits(tx, writer, { ...manualEdits, day });
    if (shows) await extendPlacementsShownAgain(tx, writer.playlist.id, { shows, day });
    await markReplicaSynced(tx, writer.replica.id, { fingerprint, remoteSnapshotId: seen.snapshotId, syncedDay: day, syncedAt: at });
  });
  deps.faultPoint('sync.after_receipt');
}

/** Manual edits take effect from the next day's list; the list of the plan's day already exists. */
async function storeManualEdits(tx: Db, { playlist, replica, deps }: ReplicaSession, edits: ManualEdits & { day: string }): Promise<void> {
  const at = deps.now();
  const sinceDay = dayOf(new Date(Date.parse(`${edits.day}T00:00:00Z`) + DAY_MS));
  for (const line of edits.lines) {
    if (line.kind !== 'added' && line.kind !== 'removed') continue;
    if (line.recordingId === null || (line.fate !== 'pinned' && line.fate !== 'banned')) continue;
    const kind = line.fate === 'pinned' ? 'pin' : 'ban';
    const position = line.kind === 'added' ? line.position : null;
    await insertManualMark(tx, { playlistId: playlist.id, recordingId: recordingId.parse(line.recordingId), kind, position, sinceDay, at });
  }
  await markKeptDetails(tx, replica.id, edits.keptFace);
}
