import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { findNamedPlan } from '#server/repos/sync/sync-plans.ts';
import type { ApplySyncPlanInput } from '#shared/contracts/sync/sync-inputs.ts';
import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import { applyStoredPlan } from './apply-stored-plan.ts';
import { viewSyncPlan } from '../view/view-sync-plan.ts';

/**
 * Applies a plan exactly as it was shown. The caller names its hash, which also approves a plan that waits for approval. Throws `conflict` for a
 * wrong hash, a plan that is no longer open (also when someone else applied it first), and a replica that is being synced.
 */
export async function applySyncPlan(
  deps: Deps,
  actor: Actor,
  input: ApplySyncPlanInput & { signal?: AbortSignal | undefined },
): Promise<SyncPlanView> {
  requireAdmin(actor);
  await applyStoredPlan(deps, { ...input, signal: input.signal ?? new AbortController().signal, approves: actor.kind !== 'system' });
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
