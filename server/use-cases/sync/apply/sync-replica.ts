import type { Deps } from '#server/deps.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import type { ReplicaId } from '#shared/ids.ts';
import { draftPlan } from '../plan/draft-plan.ts';
import { holdWriter } from './hold-writer.ts';
import type { Writer } from './hold-writer.ts';
import { runPlan } from './run-plan.ts';
import { PlanOvertaken } from './sync-errors.ts';

interface ReplicaSync {
  readonly replicaId: ReplicaId;
  readonly day: string;
  readonly signal: AbortSignal;
}

/** What became of it; `by_hand`: a hand was at work, and the plan that would merge its doing is stored and not applied. */
export type SyncedReplica = { readonly kind: 'unchanged' | 'applied' } | { readonly kind: 'by_hand'; readonly plan: SyncPlanRow };

/**
 * Brings one replica to the day's list under one hold of its writer: look, plan, and where something differs apply and read back. A plan
 * with hand edits in it is only stored.
 */
export async function syncReplica(deps: Deps, { replicaId, day, signal }: ReplicaSync): Promise<SyncedReplica> {
  const once = () => holdWriter(deps, { replicaId, purpose: 'write', signal }, (writer) => draftAndRun(writer, day));
  try {
    const first = await once();
    // Edited between write and reading back: the second look merges what the hand did. Once more would be a race with it.
    const last = first.kind === 'edited' ? await once() : first;
    return last.kind === 'edited' ? { kind: 'applied' } : last;
  } catch (error) {
    // Overtaken between look and write: the second look sees what overtook it.
    if (!(error instanceof PlanOvertaken)) throw error;
    const again = await once();
    return again.kind === 'edited' ? { kind: 'applied' } : again;
  }
}

async function draftAndRun(writer: Writer, day: string): Promise<SyncedReplica | { readonly kind: 'edited' }> {
  const draft = await draftPlan(writer, { day, plannedBy: 'system', mayRecreate: false });
  if (draft.kind === 'unchanged') return draft;
  if ((draft.plan.body.hand?.lines ?? []).length > 0) return { kind: 'by_hand', plan: draft.plan };
  return { kind: await runPlan(writer, draft.plan, draft.look) };
}
