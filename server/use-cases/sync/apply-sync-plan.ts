import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { listUnresolvedCreates } from '#server/repos/sync-operations.ts';
import type { SyncPlanRow } from '#server/repos/sync-plans.ts';
import { findNamedPlan, findSyncPlan, markOpenPlansStale } from '#server/repos/sync-plans.ts';
import type { ApplySyncPlanInput } from '#shared/contracts/sync-inputs.ts';
import type { SyncPlanView } from '#shared/contracts/views.ts';
import { AppError } from '#shared/errors.ts';
import type { SyncPlanStatus } from '#shared/vocabulary.ts';
import { holdWriter } from './hold-writer.ts';
import type { Writer } from './hold-writer.ts';
import { fingerprintOf, hashPlan } from './plan-hash.ts';
import { runPlan } from './run-plan.ts';
import { PlanOvertaken } from './sync-errors.ts';
import { viewSyncPlan } from './view-sync-plan.ts';

const NOT_WAITING: Record<Exclude<SyncPlanStatus, 'planned'>, string> = {
  applying: 'This plan is being applied, or was interrupted.',
  applied: 'This plan has been applied already.',
  stale: 'This plan is out of date.',
  failed: 'This plan was tried and failed.',
  waiting: 'This plan waits for approval.',
};

/**
 * Applies a waiting plan exactly as it was shown: whoever applies it names its hash. Looks at Spotify first; when somebody changed the
 * playlist since, the plan is stale and nothing is written. Throws `conflict` for a wrong hash, a plan that no longer waits and a writer at work.
 */
export async function applySyncPlan(
  deps: Deps,
  actor: Actor,
  input: ApplySyncPlanInput & { signal?: AbortSignal | undefined },
): Promise<SyncPlanView> {
  requireAdmin(actor);
  const { replicaId } = requireWaiting(await findSyncPlan(deps.db, input.planId), input.hash);
  const signal = input.signal ?? new AbortController().signal;
  await holdWriter(deps, { replicaId, purpose: 'write', signal }, async (writer) => {
    const plan = requireWaiting(await findSyncPlan(writer.db, input.planId), input.hash);
    await requireUnmoved(writer, plan);
    await runPlan(writer, plan);
  });
  await insertAuditEntry(deps.db, {
    id: deps.newId(),
    at: deps.now(),
    actor: actorName(actor),
    action: 'sync.plan_applied',
    subject: `sync_plan:${input.planId}`,
    detail: input.hash,
  });
  const applied = await findNamedPlan(deps.db, input.planId);
  if (!applied) throw new Error('An applied plan was not found again.');
  return viewSyncPlan(applied);
}

function requireWaiting(plan: SyncPlanRow | undefined, hash: string): SyncPlanRow {
  if (!plan) throw new AppError('not_found', { message: 'This sync plan is not here any more.', remedy: 'Plan the sync again.' });
  if (plan.status !== 'planned') {
    throw new AppError('conflict', {
      message: plan.statusReason ?? NOT_WAITING[plan.status],
      remedy: 'Plan the sync again and look at the new plan.',
    });
  }
  // Computed from what is stored, not read beside it: what is applied is what was shown.
  if (hashPlan(plan.body) !== hash) {
    throw new AppError('conflict', {
      message: 'This is not the plan that you saw.',
      remedy: 'Look at the plan again before applying it.',
      field: 'hash',
    });
  }
  return plan;
}

async function requireUnmoved(writer: Writer, plan: SyncPlanRow): Promise<void> {
  if (await isAsSeen(writer, plan)) return;
  const reason = 'Somebody changed the playlist since the plan was made.';
  await markOpenPlansStale(writer.db, writer.replica.id, { reason });
  throw new PlanOvertaken(reason);
}

async function isAsSeen(writer: Writer, { body }: SyncPlanRow): Promise<boolean> {
  const id = writer.replica.spotifyPlaylistId;
  const creates = body.steps.some((step) => step.kind === 'create');
  if (creates) return id === null && (await listUnresolvedCreates(writer.db, writer.replica.id)).length === 0;
  const seen = id === null ? undefined : await writer.remote.read(id);
  if (!seen || body.seenFace === null) return false;
  const { name, description, isPublic } = seen.face;
  const sameFace = name === body.seenFace.name && description === body.seenFace.description && isPublic === body.seenFace.isPublic;
  return sameFace && fingerprintOf(seen.uris) === body.seenFingerprint;
}
