import type { NamedPlan } from '#server/repos/sync-plans.ts';
import type { DiffLine } from '#shared/contracts/sync.ts';
import type { SyncPlanView } from '#shared/contracts/views.ts';

/** A stored plan as people see it in a list. */
export function viewSyncPlan({ plan, playlistIndex, themeTag, account }: NamedPlan): SyncPlanView {
  const { body } = plan;
  const count = (kind: DiffLine['kind']): number => body.diff.filter((line) => line.kind === kind).length;
  const from = body.seenFace?.name;
  return {
    id: plan.id,
    hash: plan.hash,
    status: plan.status,
    statusReason: plan.statusReason,
    playlistIndex,
    themeTag,
    account,
    day: plan.batchTag,
    creates: body.steps.some((step) => step.kind === 'create'),
    renames: from !== undefined && from !== body.wantedFace.name ? { from, to: body.wantedFace.name } : null,
    adds: count('add'),
    removes: count('remove'),
    moves: count('move'),
    keeps: count('keep'),
    handEdited: body.handEdited,
    cost: body.cost,
    plannedAt: plan.plannedAt.toISOString(),
    appliedAt: plan.appliedAt?.toISOString() ?? null,
  };
}
