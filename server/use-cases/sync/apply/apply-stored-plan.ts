import type { Deps } from '#server/deps.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { findReplicaOfPlan, findSyncPlan, markSyncPlan } from '#server/repos/sync/sync-plans.ts';
import { AppError } from '#shared/errors.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import type { SyncPlanStatus } from '#shared/vocabulary.ts';
import { withReplicaLock } from './with-replica-lock.ts';
import type { ReplicaSession } from './with-replica-lock.ts';
import { hashPlan } from '../plan/plan-hash.ts';
import { applyPlan } from './apply-plan.ts';
import { requireCurrent } from './require-current.ts';
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

const NOT_OPEN: Record<Exclude<SyncPlanStatus, 'planned'>, string> = {
  applying: 'This plan is being applied or was interrupted.',
  applied: 'This plan was already applied.',
  stale: 'This plan is out of date.',
  failed: 'This plan failed.',
  waiting: 'This plan waits for approval.',
};

/**
 * Applies a stored plan exactly as it was shown. Reads the playlist from Spotify first: if it was edited since planning, the plan becomes stale and
 * nothing is written. Throws `conflict` for a wrong hash, a plan that is no longer open, and a replica that is being synced.
 */
export async function applyStoredPlan(deps: Deps, request: ApplyRequest): Promise<void> {
  // The lock has the replica's name, so that is read before it. The plan is loaded and its hash verified once, under the lock.
  const replicaId = await findReplicaOfPlan(deps.db, request.planId);
  if (!replicaId) throw planGone();
  await withReplicaLock(deps, { replicaId, purpose: 'write', signal: request.signal }, async (writer) => {
    const plan = requireOpen(await findSyncPlan(writer.db, request.planId), request);
    const { steps, unfollow, seenFace, seenFingerprint } = plan.body;
    if (unfollow !== undefined) return unfollowPlaylist(writer, { planId: plan.id, steps, seenFingerprint });
    await requireCurrentPlan(writer, { planId: plan.id, day: plan.batchTag });
    const creates = steps.some((step) => step.kind === 'create');
    await applyPlan(writer, plan, await requireUnedited(writer, { creates, seenFace, seenFingerprint }));
  });
}

function requireOpen(plan: SyncPlanRow | undefined, { hash, approves }: ApplyRequest): SyncPlanRow {
  if (!plan) throw planGone();
  if (plan.status !== 'planned' && !(approves && plan.status === 'waiting')) {
    throw new AppError('conflict', {
      message: plan.statusReason ?? NOT_OPEN[plan.status],
      remedy: 'Plan the sync again and review the new plan.',
    });
  }
  // Computed from the stored body, not read from a column: what is applied is what was shown.
  if (hashPlan(plan.body) !== hash) {
    throw new AppError('conflict', {
      message: 'This plan is not the one you were shown.',
      remedy: 'Review the plan again before you apply it.',
      field: 'hash',
    });
  }
  return plan;
}

async function requireCurrentPlan(writer: ReplicaSession, { planId, day }: { planId: SyncPlanId; day: string }): Promise<void> {
  try {
    await requireCurrent(writer, day);
  } catch (error) {
    if (error instanceof PlanOutdated) await markSyncPlan(writer.db, planId, { status: 'stale', reason: error.message });
    throw error;
  }
}

function planGone(): AppError {
  return new AppError('not_found', { message: 'This sync plan no longer exists.', remedy: 'Plan the sync again.' });
}
