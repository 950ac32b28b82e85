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
import type { Writer } from './hold-writer.ts';
import { readBack } from './read-back.ts';
import type { ReadBack } from './read-back.ts';
import { sendCreate, sendEdit } from './run-steps.ts';
import { PlanOvertaken } from './sync-errors.ts';
import { countWrites } from '../plan/write-count.ts';
import type { WriteCount } from '../plan/write-count.ts';

/** What came of it: `edited` when a hand changed the playlist between the writes and the reading back, which the next plan merges. */
export type RanPlan = 'applied' | 'edited';

/**
 * Carries a waiting plan out: claim → (intent → request) for each step → read back → receipts. Whatever goes wrong ends the plan with the
 * reason; the next plan starts from what Spotify then shows. `look` is what Spotify showed just now; the caller has made sure that it is
 * what the plan saw.
 */
export async function runPlan(writer: Writer, plan: SyncPlanRow, look: RemotePlaylist | undefined): Promise<RanPlan> {
  const { deps, db } = writer;
  if (!(await claimSyncPlan(db, plan.id))) throw new PlanOvertaken('This plan is no longer waiting to be applied.');
  deps.faultPoint('sync.after_claim');
  try {
    const sending: Sending = { hows: new Map(), count: countWrites([look?.snapshotId, writer.replica.remoteSnapshotId]) };
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
  /** How each operation's outcome was known. */
  readonly hows: Map<string, SyncReceipt['how']>;
  readonly count: WriteCount;
}

async function sendSteps(writer: Writer, plan: SyncPlanRow, { hows, count }: Sending): Promise<SpotifyPlaylistId> {
  const operations = await listOperations(writer.db, plan.id);
  // Read anew: the playlist may have been adopted under this very hold, after its row was read.
  let id = (await findReplica(writer.db, writer.replica.id))?.spotifyPlaylistId ?? null;
  for (const [index, step] of plan.body.steps.entries()) {
    writer.signal.throwIfAborted();
    const operation = requireOperation(operations, index);
    if (step.kind === 'create') id = await sendCreate(writer, operation, step);
    else if (step.kind === 'unfollow') throw new Error('A plan that edits a playlist does not take it off the account.');
    else hows.set(operation.id, await sendEdit(writer, requireId(id), { operation, step, body: plan.body, count }));
  }
  return requireId(id);
}

async function endPlan(writer: Writer, plan: SyncPlanRow, error: unknown): Promise<void> {
  const reason = error instanceof AppError ? error.message : 'Interrupted; the next plan starts from what Spotify shows.';
  const ended =
    error instanceof PlanOvertaken
      ? markOpenPlansStale(writer.db, writer.replica.id, { reason })
      : markSyncPlan(writer.db, plan.id, { status: 'failed', reason });
  // Without the session the plan stays "applying", and the next run finds it interrupted; the first error is the one to tell.
  await ended.catch((cause: unknown) => writer.deps.log.error('a sync plan could not be ended', { planId: plan.id, cause }));
}

function noteOf(plan: SyncPlanRow, { seen, isEdited }: ReadBack, count: WriteCount): string | null {
  const unavailable = seen.uris.filter((uri) => uri === null).length;
  const others = count.close(isEdited ? null : seen.snapshotId);
  const notes = [
    plan.statusReason,
    unavailable > 0 ? `Spotify shows ${unavailable} of ${seen.uris.length} tracks as unavailable.` : null,
    isEdited ? 'Somebody changed it after it was written; the next plan takes that up.' : null,
    others > 0 ? othersWords(others) : null,
  ];
  return notes.filter((part) => part !== null).join(' ') || null;
}

/** Spotify's own doings and a request that was sent twice count too, so this is a hint and no finding. */
function othersWords(others: number): string {
  const changes = others === 1 ? 'one change' : `${others} changes`;
  return `Spotify counted ${changes} more than expected while it was written. If somebody edited it just then, that was overwritten, and nobody can say what it was: ask for it again.`;
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
