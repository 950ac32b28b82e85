import type { RemotePlaylist } from '#server/providers/ports.ts';
import { findReplica } from '#server/repos/sync/replicas.ts';
import type { SyncOperationRow } from '#server/repos/sync/sync-operations.ts';
import { listOperations } from '#server/repos/sync/sync-operations.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { claimSyncPlan, markOpenPlansStale, markSyncPlan } from '#server/repos/sync/sync-plans.ts';
import type { SyncReceipt } from '#shared/contracts/sync/sync.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import { finishPlan } from './finish-plan.ts';
import type { ReplicaSession } from './with-replica-lock.ts';
import { readBack } from './read-back.ts';
import type { ReadBack } from './read-back.ts';
import { sendCreate, sendEdit } from './run-steps.ts';
import { PlanOutdated } from './sync-errors.ts';
import { createRevisionCounter } from '../plan/revision-counter.ts';
import type { RevisionCounter } from '../plan/revision-counter.ts';

/** The result of a plan. `edited`: the playlist was edited on Spotify between the writes and the read-back; the next plan merges that. */
export type PlanResult = 'applied' | 'edited';

/**
 * Executes a plan: claim → (intent → request) for each step → read back → receipts. Any error ends the plan with its reason; the next plan starts
 * from what Spotify then shows. `look` is what Spotify showed just now; the caller has checked that it is what the plan saw.
 *
 * Plan states: planned | waiting → applying (claimed) → applied | failed; stale when the playlist changed or a newer plan replaced it.
 */
export async function runPlan(writer: ReplicaSession, plan: SyncPlanRow, look: RemotePlaylist | undefined): Promise<PlanResult> {
  const { deps, db } = writer;
  if (!(await claimSyncPlan(db, plan.id))) throw new PlanOutdated('This plan is no longer open.');
  deps.faultPoint('sync.after_claim');
  try {
    const sending: Sending = { hows: new Map(), count: createRevisionCounter([look?.snapshotId, writer.replica.remoteSnapshotId]) };
    const id = await sendSteps(writer, plan, sending);
    const isAnswered = [...sending.hows.values()].every((how) => how === 'sent');
    const back = await readBack(writer, id, { plan, look, isAnswered });
    deps.faultPoint('sync.after_read_back');
    const note = noteOf(plan, back, sending.count);
    await finishPlan(writer, { plan, seen: back.seen, how: (operationId) => sending.hows.get(operationId) ?? 'sent', note });
    return back.isEdited ? 'edited' : 'applied';
  } catch (error) {
    await endPlan(writer, plan, error);
    throw error;
  }
}

interface Sending {
  /** How the outcome of each operation was determined. */
  readonly hows: Map<string, SyncReceipt['how']>;
  readonly count: RevisionCounter;
}

async function sendSteps(writer: ReplicaSession, plan: SyncPlanRow, { hows, count }: Sending): Promise<SpotifyPlaylistId> {
  const operations = await listOperations(writer.db, plan.id);
  // Read again: the playlist may have been adopted under this lock after its row was read.
  let id = (await findReplica(writer.db, writer.replica.id))?.spotifyPlaylistId ?? null;
  for (const [index, step] of plan.body.steps.entries()) {
    writer.signal.throwIfAborted();
    const operation = requireOperation(operations, index);
    if (step.kind === 'create') id = await sendCreate(writer, operation, step);
    else if (step.kind === 'unfollow') throw new Error('A plan that edits a playlist must not unfollow it.');
    else hows.set(operation.id, await sendEdit(writer, requireId(id), { operation, step, body: plan.body, count }));
  }
  return requireId(id);
}

async function endPlan(writer: ReplicaSession, plan: SyncPlanRow, error: unknown): Promise<void> {
  const reason = error instanceof AppError ? error.message : 'Interrupted. The next plan starts from what Spotify shows.';
  const ended =
    error instanceof PlanOutdated
      ? markOpenPlansStale(writer.db, writer.replica.id, { reason })
      : markSyncPlan(writer.db, plan.id, { status: 'failed', reason });
  // Without the session the plan stays "applying" and the next run recovers it as interrupted. The first error is the one to report.
  await ended.catch((cause: unknown) => writer.deps.log.error('a sync plan could not be marked as ended', { planId: plan.id, cause }));
}

function noteOf(plan: SyncPlanRow, { seen, isEdited }: ReadBack, count: RevisionCounter): string | null {
  const unavailable = seen.uris.filter((uri) => uri === null).length;
  const foreignChanges = count.close(isEdited ? null : seen.snapshotId);
  const notes = [
    plan.statusReason,
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

function requireOperation(operations: readonly SyncOperationRow[], index: number): SyncOperationRow {
  const operation = operations[index];
  if (!operation) throw new Error(`The plan has no operation for step ${index + 1}.`);
  return operation;
}

function requireId(id: SpotifyPlaylistId | null): SpotifyPlaylistId {
  if (id === null) throw new Error('The plan edits a playlist that no step creates.');
  return id;
}
