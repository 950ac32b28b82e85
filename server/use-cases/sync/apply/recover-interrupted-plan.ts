import type { RemotePlaylist } from '#server/providers/ports.ts';
import { abandonCovers, listUnresolvedCreates, markApplied } from '#server/repos/sync/sync-operations.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { findApplyingPlan, markSyncPlan } from '#server/repos/sync/sync-plans.ts';
import type { SyncReceipt } from '#shared/contracts/sync/sync.ts';
import { sameDetails, sameOrder } from '#shared/domain/sync/planning/sync-plan.ts';
import { finishPlan } from './finish-plan.ts';
import type { PlaylistSession } from './playlist-session.ts';
import { fingerprintOf } from '../plan/plan-hash.ts';

/**
 * Recovers what a crashed process left open under this lock. A plan whose effect is visible on Spotify gets its receipts; any other becomes stale,
 * since the next plan starts from what Spotify shows. Sends nothing. Returns whether a plan was open.
 */
export async function recoverInterruptedPlan(writer: PlaylistSession, seen: RemotePlaylist | undefined): Promise<boolean> {
  const plan = await findApplyingPlan(writer.db, writer.owner);
  if (plan && seen && isApplied(plan, seen)) {
    // Whether a cover arrived is not visible in the playlist; the next plan compares the pictures.
    await abandonCovers(writer.db, plan.id, writer.deps.now());
    await finishPlan(writer, {
      planId: plan.id,
      day: plan.batchTag,
      seen,
      how: (_, kind) => (kind === 'create' ? 'adopted' : 'already_so'),
      note: 'Finished after an interruption.',
      manualEdits: plan.body.hand,
      shows: plan.body.shows,
    });
  } else if (plan) {
    await markSyncPlan(writer.db, plan.id, { status: 'stale', reason: 'Interrupted. A newer plan continues from what Spotify shows.' });
  }
  if (seen) await acknowledgeCreates(writer, seen);
  return plan !== undefined;
}

function isApplied(plan: SyncPlanRow, seen: RemotePlaylist): boolean {
  return sameOrder(seen.uris, plan.body.wantedUris) && sameDetails(seen.details, plan.body.wantedFace);
}

/** The playlist exists, so any create left open has happened. */
async function acknowledgeCreates(writer: PlaylistSession, seen: RemotePlaylist): Promise<void> {
  const at = writer.deps.now();
  for (const operation of await listUnresolvedCreates(writer.db, writer.owner)) {
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
