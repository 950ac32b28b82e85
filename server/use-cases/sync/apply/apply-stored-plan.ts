import type { Deps } from '#server/deps.ts';
import { findReplicaOfPlan, findSyncPlan, markSyncPlan } from '#server/repos/sync/sync-plans.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import { withReplicaLock } from './with-replica-lock.ts';
import type { ReplicaSession } from './with-replica-lock.ts';
import { applyPlan } from './apply-plan.ts';
import { requireCurrent } from './require-current.ts';
import { planGone, requireOpenPlan } from './require-open-plan.ts';
import { requireUnedited } from './require-unedited.ts';
import { PlanOutdated } from './sync-errors.ts';
import { unfollowPlaylist } from './unfollow-playlist.ts';

interface ApplyRequest {
  readonly planId: SyncPlanId;
  readonly hash: string;
  readonly signal: AbortSignal;
  /** True for a person, whose hash also approves a plan that waits for approval. Scheduled runs may not approve. */
  readonly approves?: boolean;
}

/**
 * Applies a stored plan exactly as it was shown. Reads the playlist from Spotify first: if it was edited since planning, the plan becomes stale and
 * nothing is written. Throws `conflict` for a wrong hash, a plan that is no longer open, and a replica that is being synced.
 */
export async function applyStoredPlan(deps: Deps, request: ApplyRequest): Promise<void> {
  // The lock has the replica's name, so that is read before it. The plan is loaded and its hash verified once, under the lock.
  const replicaId = await findReplicaOfPlan(deps.db, request.planId);
  if (!replicaId) throw planGone();
  await withReplicaLock(deps, { replicaId, purpose: 'write', signal: request.signal }, async (writer) => {
    const plan = requireOpenPlan(await findSyncPlan(writer.db, request.planId), request);
    const { steps, unfollow, seenFace, seenFingerprint } = plan.body;
    if (unfollow !== undefined) return unfollowPlaylist(writer, { planId: plan.id, steps, seenFingerprint });
    await requireCurrentPlan(writer, { planId: plan.id, day: plan.batchTag });
    const creates = steps.some((step) => step.kind === 'create');
    await applyPlan(writer, plan, await requireUnedited(writer, { creates, seenFace, seenFingerprint }));
  });
}

async function requireCurrentPlan(writer: ReplicaSession, { planId, day }: { planId: SyncPlanId; day: string }): Promise<void> {
  try {
    await requireCurrent(writer, day);
  } catch (error) {
    if (error instanceof PlanOutdated) await markSyncPlan(writer.db, planId, { status: 'stale', reason: error.message });
    throw error;
  }
}
