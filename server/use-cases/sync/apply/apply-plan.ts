import type { RemotePlaylist } from '#server/providers/ports.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { claimSyncPlan, markOpenPlansStale, markSyncPlan } from '#server/repos/sync/sync-plans.ts';
import { AppError } from '#shared/errors.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import { finishPlan } from './finish-plan.ts';
import type { PlaylistSession } from './playlist-session.ts';
import { readBack } from './read-back.ts';
import type { ReadBack } from './read-back.ts';
import { sendSteps } from './send-steps.ts';
import { PlanOutdated } from './sync-errors.ts';
import { createRevisionCounter } from '../plan/revision-counter.ts';
import type { RevisionCounter } from '../plan/revision-counter.ts';

/** The result of a plan. `edited`: the playlist was edited on Spotify between the writes and the read-back; the next plan merges that. */
export type PlanResult = 'applied' | 'edited';

/**
 * Applies a plan: claim → (intent → request) for each step → read back → receipts. Any error ends the plan with its reason; the next plan starts
 * from what Spotify then shows. `look` is what Spotify showed just now; the caller has checked that it is what the plan saw.
 *
 * Plan states: planned | waiting → applying (claimed) → applied | failed; stale when the playlist changed or a newer plan replaced it.
 */
export async function applyPlan(writer: PlaylistSession, plan: SyncPlanRow, look: RemotePlaylist | undefined): Promise<PlanResult> {
  const { deps, db } = writer;
  const { steps, wantedUris, wantedFace, hand: manualEdits, shows } = plan.body;
  if (!(await claimSyncPlan(db, plan.id))) throw new PlanOutdated('This plan is no longer open.');
  deps.faultPoint('sync.after_claim');
  try {
    const count = createRevisionCounter([look?.snapshotId, writer.snapshotId]);
    const { id, hows, note: coverNote } = await sendSteps(writer, { planId: plan.id, steps, wantedUris, count });
    const isAnswered = [...hows.values()].every((how) => how === 'sent');
    const back = await readBack(writer, id, { steps, wantedUris, wantedFace, look, isAnswered });
    deps.faultPoint('sync.after_read_back');
    const note = noteOf([plan.statusReason, coverNote], back, count);
    const how = (operationId: string) => hows.get(operationId) ?? 'sent';
    await finishPlan(writer, { planId: plan.id, day: plan.batchTag, seen: back.seen, how, note, manualEdits, shows });
    return back.isEdited ? 'edited' : 'applied';
  } catch (error) {
    await endPlan(writer, plan.id, error);
    throw error;
  }
}

async function endPlan(writer: PlaylistSession, planId: SyncPlanId, error: unknown): Promise<void> {
  const reason = error instanceof AppError ? error.message : 'Interrupted. The next plan starts from what Spotify shows.';
  const ended =
    error instanceof PlanOutdated
      ? markOpenPlansStale(writer.db, writer.owner, { reason })
      : markSyncPlan(writer.db, planId, { status: 'failed', reason });
  // Without the session the plan stays "applying" and the next run recovers it as interrupted. The first error is the one to report.
  await ended.catch((cause: unknown) => writer.deps.log.error('a sync plan could not be marked as ended', { planId, cause }));
}

function noteOf(reasons: readonly (string | null)[], { seen, isEdited }: ReadBack, count: RevisionCounter): string | null {
  const unavailable = seen.uris.filter((uri) => uri === null).length;
  const foreignChanges = count.close(isEdited ? null : seen.snapshotId);
  const notes = [
    ...reasons,
    unavailable > 0 ? `Spotify shows ${unavailable} of ${seen.uris.length} tracks as unavailable.` : null,
    isEdited ? 'It was edited on Spotify after the write. The next plan merges the edit.' : null,
    foreignChanges > 0 ? foreignChangesNote(foreignChanges) : null,
  ];
  return notes.filter((part) => part !== null).join(' ') || null;
}

/** Spotify's internal changes and a request that was sent twice count too, so this is a hint, not a finding. */
function foreignChangesNote(foreignChanges: number): string {
  const changes = foreignChanges === 1 ? '1 change' : `${foreignChanges} changes`;
  return `Spotify counted ${changes} more than expected during the write. An edit made on Spotify in that moment was overwritten and cannot be recovered; make it again.`;
}
