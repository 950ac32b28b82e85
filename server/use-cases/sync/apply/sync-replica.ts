import type { Deps } from '#server/deps.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import type { ReplicaId } from '#shared/ids.ts';
import { draftPlan } from '../plan/draft-plan.ts';
import { withReplicaLock } from './with-replica-lock.ts';
import type { ReplicaSession } from './with-replica-lock.ts';
import { applyPlan } from './apply-plan.ts';
import { PlanOutdated } from './sync-errors.ts';

interface ReplicaSync {
  readonly replicaId: ReplicaId;
  readonly day: string;
  readonly signal: AbortSignal;
}

/** The result for one replica. `manual_edits`: the playlist was edited on Spotify; the plan that would merge the edits is stored, not applied. */
export type SyncedReplica = { readonly kind: 'unchanged' | 'applied' } | { readonly kind: 'manual_edits'; readonly plan: SyncPlanRow };

/**
 * Syncs one replica to the day's list under one lock: read, plan and, when something differs, apply and read back. A plan with manual edits is only
 * stored.
 */
export async function syncReplica(deps: Deps, { replicaId, day, signal }: ReplicaSync): Promise<SyncedReplica> {
  const attempt = () => withReplicaLock(deps, { replicaId, purpose: 'write', signal }, (writer) => draftAndRun(writer, day));
  try {
    const first = await attempt();
    // Edited between write and read-back: the second attempt merges the edit. A third would race with the editor.
    const last = first.kind === 'edited' ? await attempt() : first;
    return last.kind === 'edited' ? { kind: 'applied' } : last;
  } catch (error) {
    // Edited between read and write: the second attempt sees the edit.
    if (!(error instanceof PlanOutdated)) throw error;
    const again = await attempt();
    return again.kind === 'edited' ? { kind: 'applied' } : again;
  }
}

async function draftAndRun(writer: ReplicaSession, day: string): Promise<SyncedReplica | { readonly kind: 'edited' }> {
  const draft = await draftPlan(writer, { day, plannedBy: 'system', mayRecreate: false });
  if (draft.kind === 'unchanged') return draft;
  if ((draft.plan.body.hand?.lines ?? []).length > 0) return { kind: 'manual_edits', plan: draft.plan };
  return { kind: await applyPlan(writer, draft.plan, draft.look) };
}
