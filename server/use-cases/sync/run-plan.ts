import type { RemotePlaylist } from '#server/providers/ports.ts';
import { findReplica } from '#server/repos/replicas.ts';
import type { SyncOperationRow } from '#server/repos/sync-operations.ts';
import { listOperations } from '#server/repos/sync-operations.ts';
import type { SyncPlanRow } from '#server/repos/sync-plans.ts';
import { claimSyncPlan, markOpenPlansStale, markSyncPlan } from '#server/repos/sync-plans.ts';
import type { SyncReceipt } from '#shared/contracts/sync.ts';
import { sameFace, sameOrder } from '#shared/domain/sync-plan.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { finishPlan } from './finish-plan.ts';
import type { Writer } from './hold-writer.ts';
import { sendCreate, sendEdit } from './run-steps.ts';
import { PlanOvertaken } from './sync-errors.ts';

/** Spotify shows new items a little after it took them (about 0.6 s was measured); longer than this is for the next run to find out. */
const READ_BACK_TRIES = 4;
const READ_BACK_PAUSE_MS = 400;

/**
 * Carries a waiting plan out: claim → (intent → request) for each step → read back → receipts. Whatever goes wrong ends the plan with the
 * reason; the next plan starts from what Spotify then shows. The caller has made sure that Spotify still shows what the plan saw.
 */
export async function runPlan(writer: Writer, plan: SyncPlanRow): Promise<void> {
  const { deps, db } = writer;
  if (!(await claimSyncPlan(db, plan.id))) throw new PlanOvertaken('This plan is no longer waiting to be applied.');
  deps.faultPoint('sync.after_claim');
  try {
    const hows = new Map<string, SyncReceipt['how']>();
    const id = await sendSteps(writer, plan, hows);
    const seen = await readBack(writer, id, plan);
    deps.faultPoint('sync.after_read_back');
    await finishPlan(writer, { plan, seen, how: (operationId) => hows.get(operationId) ?? 'sent', note: noteOf(plan, seen) });
  } catch (error) {
    await endPlan(writer, plan, error);
    throw error;
  }
}

async function sendSteps(writer: Writer, plan: SyncPlanRow, hows: Map<string, SyncReceipt['how']>): Promise<SpotifyPlaylistId> {
  const operations = await listOperations(writer.db, plan.id);
  // Read anew: the playlist may have been adopted under this very hold, after its row was read.
  let id = (await findReplica(writer.db, writer.replica.id))?.spotifyPlaylistId ?? null;
  for (const [index, step] of plan.body.steps.entries()) {
    writer.signal.throwIfAborted();
    const operation = requireOperation(operations, index);
    if (step.kind === 'create') id = await sendCreate(writer, operation, step);
    else if (step.kind === 'unfollow') throw new Error('A plan that edits a playlist does not take it off the account.');
    else hows.set(operation.id, await sendEdit(writer, requireId(id), { operation, step, body: plan.body }));
  }
  return requireId(id);
}

/** Reads until the items are exactly as wanted; the snapshot id may lag behind and decides nothing. */
async function readBack(writer: Writer, id: SpotifyPlaylistId, plan: SyncPlanRow): Promise<RemotePlaylist> {
  for (let tries = 1; ; tries += 1) {
    const seen = await writer.remote.read(id);
    if (seen && sameOrder(seen.uris, plan.body.wantedUris) && sameFace(seen.face, plan.body.wantedFace)) return seen;
    if (tries === READ_BACK_TRIES) break;
    await pause(READ_BACK_PAUSE_MS, undefined, { signal: writer.signal });
  }
  throw new AppError('provider_unavailable', {
    message: `Playlist #${writer.playlist.globalIndex} was written, but Spotify does not show it as planned.`,
    remedy: 'It is compared again at the next sync.',
    context: { spotifyPlaylistId: id },
  });
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

function noteOf(plan: SyncPlanRow, seen: RemotePlaylist): string | null {
  const unavailable = seen.uris.filter((uri) => uri === null).length;
  const shown = unavailable > 0 ? `Spotify shows ${unavailable} of ${seen.uris.length} tracks as unavailable.` : null;
  return [plan.statusReason, shown].filter((part) => part !== null).join(' ') || null;
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
