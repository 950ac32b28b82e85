import type { Deps } from '#server/deps.ts';
import type { RemotePlaylist } from '#server/providers/ports.ts';
import { listUnresolvedCreates } from '#server/repos/sync/sync-operations.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { findSyncPlan, markOpenPlansStale, markSyncPlan } from '#server/repos/sync/sync-plans.ts';
import { AppError } from '#shared/errors.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import type { SyncPlanStatus } from '#shared/vocabulary.ts';
import { withReplicaLock } from './with-replica-lock.ts';
import type { ReplicaSession } from './with-replica-lock.ts';
import { fingerprintOf, hashPlan } from '../plan/plan-hash.ts';
import { requireCurrent } from './require-current.ts';
import { runPlan } from './run-plan.ts';
import { runUnfollow } from './run-unfollow.ts';
import { PlanOutdated } from './sync-errors.ts';

interface ExecutionRequest {
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
 * Executes a stored plan exactly as it was shown. Reads the playlist from Spotify first: if it was edited since planning, the plan becomes stale and
 * nothing is written. Throws `conflict` for a wrong hash, a plan that is no longer open, and a replica that is being synced.
 */
export async function executePlan(deps: Deps, request: ExecutionRequest): Promise<void> {
  const { replicaId } = requireOpen(await findSyncPlan(deps.db, request.planId), request);
  await withReplicaLock(deps, { replicaId, purpose: 'write', signal: request.signal }, async (writer) => {
    const plan = requireOpen(await findSyncPlan(writer.db, request.planId), request);
    if (plan.body.unfollow !== undefined) return runUnfollow(writer, plan);
    await requireCurrentPlan(writer, plan);
    await runPlan(writer, plan, await requireUnedited(writer, plan));
  });
}

function requireOpen(plan: SyncPlanRow | undefined, { hash, approves }: ExecutionRequest): SyncPlanRow {
  if (!plan) throw new AppError('not_found', { message: 'This sync plan no longer exists.', remedy: 'Plan the sync again.' });
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

async function requireCurrentPlan(writer: ReplicaSession, plan: SyncPlanRow): Promise<void> {
  try {
    await requireCurrent(writer, plan.batchTag);
  } catch (error) {
    if (error instanceof PlanOutdated) await markSyncPlan(writer.db, plan.id, { status: 'stale', reason: error.message });
    throw error;
  }
}

/** What Spotify shows right before the writes; undefined for a playlist that the plan creates. */
async function requireUnedited(writer: ReplicaSession, plan: SyncPlanRow): Promise<RemotePlaylist | undefined> {
  const id = writer.replica.spotifyPlaylistId;
  const seen = plan.body.steps.some((step) => step.kind === 'create') || id === null ? undefined : await writer.remote.read(id);
  if (await isAsSeen(writer, plan, seen)) return seen;
  const creates = plan.body.steps.some((step) => step.kind === 'create');
  const reason = seen || creates ? 'The playlist was edited on Spotify after the plan was made.' : 'The playlist is no longer on Spotify.';
  await markOpenPlansStale(writer.db, writer.replica.id, { reason });
  throw new PlanOutdated(reason);
}

async function isAsSeen(writer: ReplicaSession, { body }: SyncPlanRow, seen: RemotePlaylist | undefined): Promise<boolean> {
  const creates = body.steps.some((step) => step.kind === 'create');
  if (creates) return writer.replica.spotifyPlaylistId === null && (await listUnresolvedCreates(writer.db, writer.replica.id)).length === 0;
  if (!seen || body.seenFace === null || seen.ownerId !== writer.account.spotifyUserId) return false;
  const { name, description, isPublic } = seen.details;
  const sameFace = name === body.seenFace.name && description === body.seenFace.description && isPublic === body.seenFace.isPublic;
  return sameFace && fingerprintOf(seen.uris) === body.seenFingerprint;
}
