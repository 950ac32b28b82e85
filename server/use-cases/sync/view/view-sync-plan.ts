import type { NamedPlan } from '#server/repos/sync/sync-plans.ts';
import type { DiffLine } from '#shared/contracts/sync/sync.ts';
import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import { describeManualEdit } from '../manual-edits/describe-manual-edit.ts';

/** A stored plan as a list item. `titleOf` names the tracks that are known. */
export function viewSyncPlan(
  { plan, playlistIndex, themeTag, account }: NamedPlan,
  titleOf: (uri: string) => string = () => 'a track',
): SyncPlanView {
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
    uploadsCover: body.steps.some((step) => step.kind === 'cover'),
    renames: from !== undefined && from !== body.wantedFace.name ? { from, to: body.wantedFace.name } : null,
    adds: count('add'),
    removes: count('remove'),
    moves: count('move'),
    keeps: count('keep'),
    editedOnSpotify: body.handEdited,
    manualEdits: (body.hand?.lines ?? []).map((line) => ({ kind: line.kind, handling: line.fate, message: describeManualEdit(line, titleOf) })),
    shows: body.shows ?? null,
    unfollows: body.unfollow ?? null,
    cost: body.cost,
    plannedAt: plan.plannedAt.toISOString(),
    appliedAt: plan.appliedAt?.toISOString() ?? null,
  };
}
