import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listSyncTargets } from '#server/repos/replicas.ts';
import type { SyncTarget } from '#server/repos/replicas.ts';
import type { PlanSyncInput } from '#shared/contracts/sync-inputs.ts';
import type { SyncPlanView } from '#shared/contracts/views.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { assignReplicas } from './assign-replicas.ts';
import { draftPlan } from './draft-plan.ts';
import { holdWriter } from './hold-writer.ts';
import { listSyncPlans } from './list-sync-plans.ts';
import { isRateLimit } from './sync-errors.ts';

interface PlanningProblem {
  readonly playlistIndex: number;
  readonly message: string;
  readonly remedy: string | null;
}

export interface PlanningView {
  readonly day: string;
  readonly planned: number;
  readonly unchanged: number;
  readonly problems: readonly PlanningProblem[];
  readonly plans: readonly SyncPlanView[];
}

/**
 * Plans the sync of every playlist with a published list for that day, one look at Spotify each; writes nothing there. A playlist that
 * cannot be planned is reported and the rest go on, except that a rate limit ends the looking.
 */
export async function planSync(deps: Deps, actor: Actor, input: PlanSyncInput & { signal?: AbortSignal | undefined }): Promise<PlanningView> {
  requireAdmin(actor);
  const day = input.day ?? dayOf(deps.now());
  const signal = input.signal ?? new AbortController().signal;
  const { withoutRoom } = await assignReplicas(deps);
  const problems: PlanningProblem[] = withoutRoom.map(noRoom);
  const targets = await listSyncTargets(deps.db, { day, playlistIndex: input.playlistIndex });
  let unchanged = 0;
  let planned = 0;
  for (const target of targets) {
    const outcome = await planOne(deps, target, { day, signal, plannedBy: actorName(actor), mayRecreate: actor.kind !== 'system' });
    if (outcome === 'planned') planned += 1;
    else if (outcome === 'unchanged') unchanged += 1;
    else problems.push(problemOf(target, outcome));
    if (isRateLimit(outcome)) break;
  }
  const plans = await listSyncPlans(deps, actor, { day });
  return { day, planned, unchanged, problems, plans };
}

async function planOne(
  deps: Deps,
  target: SyncTarget,
  request: { day: string; signal: AbortSignal; plannedBy: string; mayRecreate: boolean },
): Promise<'planned' | 'unchanged' | AppError> {
  try {
    const hold = { replicaId: target.replica.id, purpose: 'look', signal: request.signal } as const;
    const draft = await holdWriter(deps, hold, (writer) => draftPlan(writer, request));
    return draft.kind;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function problemOf(target: SyncTarget, error: AppError): PlanningProblem {
  return { playlistIndex: target.playlist.globalIndex, message: error.message, remedy: error.remedy ?? null };
}

function noRoom(playlistIndex: number): PlanningProblem {
  return {
    playlistIndex,
    message: `No active account has room for playlist #${playlistIndex}.`,
    remedy: 'Connect another account, or raise a limit.',
  };
}
