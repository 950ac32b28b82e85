import type { Deps } from '#server/deps.ts';
import type { ReplicaId } from '#shared/ids.ts';
import { draftPlan } from './draft-plan.ts';
import { holdWriter } from './hold-writer.ts';
import type { Writer } from './hold-writer.ts';
import { runPlan } from './run-plan.ts';
import { PlanOvertaken } from './sync-errors.ts';

interface ReplicaSync {
  readonly replicaId: ReplicaId;
  readonly day: string;
  readonly signal: AbortSignal;
}

/** Brings one replica to the day's list under one hold of its writer: look, plan, and where something differs apply and read back. */
export async function syncReplica(deps: Deps, { replicaId, day, signal }: ReplicaSync): Promise<'unchanged' | 'applied'> {
  const once = (): Promise<'unchanged' | 'applied'> =>
    holdWriter(deps, { replicaId, purpose: 'write', signal }, (writer) => draftAndRun(writer, day));
  try {
    return await once();
  } catch (error) {
    // Overtaken between look and write: the second look sees what overtook it.
    if (error instanceof PlanOvertaken) return once();
    throw error;
  }
}

async function draftAndRun(writer: Writer, day: string): Promise<'unchanged' | 'applied'> {
  const draft = await draftPlan(writer, { day, plannedBy: 'system', mayRecreate: false });
  if (draft.kind === 'unchanged') return 'unchanged';
  await runPlan(writer, draft.plan);
  return 'applied';
}
