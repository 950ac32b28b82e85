import type { RemotePlaylist } from '#server/providers/ports.ts';
import { abandonOperation, countCreatesSent, listOperations, markIntended } from '#server/repos/sync/sync-operations.ts';
import type { SyncOperationRow } from '#server/repos/sync/sync-operations.ts';
import type { PlaylistDetails, SyncReceipt, SyncStep } from '#shared/contracts/sync/sync.ts';
import { sameDetails, sameOrder } from '#shared/domain/sync/planning/sync-plan.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId, SyncPlanId } from '#shared/ids.ts';
import type { SyncFaultPoint } from './fault-points.ts';
import type { PlaylistSession } from './playlist-session.ts';
import { adoptMarked } from './resolve-create.ts';
import { PlanOutdated, CreateUnresolved, mayHaveHappened } from './sync-errors.ts';
import type { RevisionCounter } from '../plan/revision-counter.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** Maximum creates a day that may fail without an answer: each one might have left a playlist behind. */
const CREATES_PER_DAY_MAX = 5;

type How = SyncReceipt['how'];
type EditStep = Exclude<SyncStep, { kind: 'create' | 'unfollow' | 'cover' }>;

const AFTER_EDIT = { replace: 'sync.after_replace', append: 'sync.after_append', details: 'sync.after_details' } as const satisfies Record<
  EditStep['kind'],
  SyncFaultPoint
>;

interface Sending {
  readonly planId: SyncPlanId;
  readonly steps: readonly SyncStep[];
  readonly wantedUris: readonly string[];
  readonly count: RevisionCounter;
}

interface Sent {
  readonly id: SpotifyPlaylistId;
  /** How the outcome of each edit was determined, by operation. */
  readonly hows: ReadonlyMap<string, How>;
  /** Why the cover was not uploaded; null when it was, or was not planned. */
  readonly note: string | null;
}

/** Sends the requests of a claimed plan in order, each under the intent of its operation. Throws when the outcome of one stays unknown. */
export async function sendSteps(writer: PlaylistSession, { planId, steps, wantedUris, count }: Sending): Promise<Sent> {
  const operations = await listOperations(writer.db, planId);
  const hows = new Map<string, How>();
  let note: string | null = null;
  // Read again: the playlist may have been adopted under this lock after its row was read.
  let id = await writer.findSpotifyId();
  for (const [index, step] of steps.entries()) {
    writer.signal.throwIfAborted();
    const operation = requireOperation(operations, index);
    if (step.kind === 'create') id = await sendCreate(writer, operation, step);
    else if (step.kind === 'cover') note = await writer.sendCover(requireId(id), { operation, step });
    else if (step.kind === 'unfollow') throw new Error('A plan that edits a playlist must not unfollow it.');
    else hows.set(operation.id, await sendEdit(writer, requireId(id), { operation, step, wantedUris, count }));
  }
  return { id: requireId(id), hows, note };
}

/** Creates the playlist: at most one request per intent, and none while an earlier one may still appear. */
async function sendCreate(
  writer: PlaylistSession,
  operation: SyncOperationRow,
  step: Extract<SyncStep, { kind: 'create' }>,
): Promise<SpotifyPlaylistId> {
  const { deps, db, remote } = writer;
  await requireAttemptsLeft(writer, operation);
  const before = await remote.list();
  if (await adoptMarked(writer, before)) throw new PlanOutdated(`${writer.label} is already on the account.`);
  deps.faultPoint('sync.before_intent');
  await markIntended(db, operation.id, { at: deps.now(), knownIdsBefore: before.map((one) => one.id) });
  deps.faultPoint('sync.after_intent');
  const id = await remote.create(step.face).catch(async (error: unknown) => {
    if (mayHaveHappened(error)) throw new CreateUnresolved(writer.label, deps.settings.settleMs, error);
    await abandonOperation(db, operation.id, deps.now());
    throw error;
  });
  deps.faultPoint('sync.after_create_post');
  await writer.markLive(id);
  deps.faultPoint('sync.after_create_saved');
  return id;
}

/**
 * Sends one edit under its intent. When the outcome is unknown it reads the playlist: a finished edit is not repeated; replace and rename are
 * idempotent and may be sent once more; inserting is never repeated, because it might add items twice.
 */
async function sendEdit(
  writer: PlaylistSession,
  id: SpotifyPlaylistId,
  edit: { operation: SyncOperationRow; step: EditStep; wantedUris: readonly string[]; count: RevisionCounter },
): Promise<How> {
  const { step } = edit;
  let how: How = 'sent';
  try {
    await intendAndSend(writer, id, edit);
  } catch (error) {
    if (!mayHaveHappened(error)) throw error;
    edit.count.outcomeUnknown();
    const seen = await writer.remote.read(id);
    if (seen && isDone(seen, step, edit.wantedUris)) how = 'already_so';
    else if (step.kind === 'append') throw error;
    else await intendAndSend(writer, id, edit);
  }
  writer.deps.faultPoint(AFTER_EDIT[step.kind]);
  return how;
}

async function intendAndSend(
  writer: PlaylistSession,
  id: SpotifyPlaylistId,
  { operation, step, count }: { operation: SyncOperationRow; step: EditStep; count: RevisionCounter },
): Promise<void> {
  writer.deps.faultPoint('sync.before_intent');
  await markIntended(writer.db, operation.id, { at: writer.deps.now() });
  writer.deps.faultPoint('sync.after_intent');
  if (step.kind === 'replace') count.written((await writer.remote.replace(id, step.uris)).snapshotId);
  else if (step.kind === 'append') count.written((await writer.remote.insert(id, { uris: step.uris, position: step.position })).snapshotId);
  else {
    await writer.remote.changeDetails(id, changedFields(step));
    count.writtenWithoutId();
  }
}

function changedFields({ face, changes }: Extract<SyncStep, { kind: 'details' }>): Partial<PlaylistDetails> {
  return changes ? Object.fromEntries(changes.map((field) => [field, face[field]])) : face;
}

function isDone(seen: RemotePlaylist, step: EditStep, wantedUris: readonly string[]): boolean {
  if (step.kind === 'details') return sameDetails(seen.details, step.face);
  if (step.kind === 'replace') return sameOrder(seen.uris, step.uris);
  // Items are inserted front to back, so the list matches up to the last inserted item.
  const end = step.position + step.uris.length;
  return sameOrder(seen.uris.slice(0, end), wantedUris.slice(0, end));
}

async function requireAttemptsLeft(writer: PlaylistSession, operation: SyncOperationRow): Promise<void> {
  const since = new Date(writer.deps.now().getTime() - DAY_MS);
  const sent = await countCreatesSent(writer.db, operation.effectKey, since);
  if (sent < CREATES_PER_DAY_MAX) return;
  throw new AppError('provider_rejected', {
    message: `${writer.label} could not be created: ${sent} attempts failed within a day.`,
    remedy: `Check the account ${writer.account.displayName} on Spotify. Segue tries again tomorrow.`,
  });
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
