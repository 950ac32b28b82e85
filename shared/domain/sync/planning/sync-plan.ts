import type { ManualEdits, PlaylistDetails, SyncPlanBody, SyncStep } from '#shared/contracts/sync/sync.ts';
import { diffOrder } from './order-diff.ts';
import { sameOrder } from './remote-state.ts';
import type { RemoteState } from './remote-state.ts';
import { acceptedDetails, changedDetails } from './same-details.ts';

export type { ThreeWayLists } from './merge-lists.ts';
export { mergeManualEdits } from './merge-manual-edits.ts';
export type { ManualEditMerge } from './merge-manual-edits.ts';
export { diffOrder, UNAVAILABLE_URI } from './order-diff.ts';
export { sameOrder } from './remote-state.ts';
export type { RemoteState } from './remote-state.ts';
export { sameDetails } from './same-details.ts';
export { isEditedSince } from './write-states.ts';

/** Maximum items per write request (Spotify's limit). */
export const ITEMS_PER_WRITE = 100;
/** Items in the response of the playlist itself, and per further page. */
const ITEMS_WITH_PLAYLIST = 100;
const ITEMS_PER_PAGE = 50;

export interface SyncPlanInput {
  /** Undefined when the playlist does not exist yet. */
  readonly seen: RemoteState | undefined;
  readonly wanted: { readonly face: PlaylistDetails; readonly uris: readonly string[] };
  /** The fingerprint in the last receipt, when only that is known: if the list on Spotify differs, it was edited there. */
  readonly lastFingerprint?: string | null | undefined;
  /** Edits on Spotify since the last receipt, when it has enough data to tell; already merged into `wanted`. */
  readonly manualEdits?: ManualEdits | undefined;
  /** The earlier day whose list is shown after a rollback. */
  readonly shows?: string | undefined;
  readonly digest: (text: string) => string;
  readonly replicaId: string;
  readonly batchTag: string;
}

/** Input of the digest that identifies an order of items. */
export function fingerprintText(uris: readonly (string | null)[]): string {
  return uris.map((uri) => uri ?? '-').join('\n');
}

/**
 * The fewest requests that turn the playlist on Spotify into the wanted one, as a readable plan. A hidden item at its wanted position is left unchanged,
 * otherwise a track that was removed from Spotify would be written again on every sync.
 */
export function computeSyncPlan(question: SyncPlanInput): SyncPlanBody {
  const { seen, digest, manualEdits, shows } = question;
  const wanted = { uris: question.wanted.uris, face: acceptedDetails(question.wanted.face) };
  const seenFingerprint = seen ? digest(fingerprintText(seen.uris)) : null;
  const steps: SyncStep[] = seen ? itemSteps(seen.uris, wanted.uris) : [{ kind: 'create', face: wanted.face }, ...itemSteps([], wanted.uris)];
  const changes = seen ? changedDetails(seen.details, wanted.face) : [];
  // Only what changes is sent: an unchanged text may have a form that Spotify's API rejects, and an owner may make the playlist private in between.
  if (changes.length > 0) steps.push({ kind: 'details', face: wanted.face, changes });
  const planningReads = readsFor(seen?.uris.length ?? 0);
  const hasManualEdits = manualEdits !== undefined && manualEdits.lines.length > 0;
  const receiptReads = steps.length > 0 || hasManualEdits ? readsFor(wanted.uris.length) : 0;
  return {
    version: 1,
    replicaId: question.replicaId,
    batchTag: question.batchTag,
    seenFingerprint,
    seenFace: seen?.details ?? null,
    wantedFingerprint: digest(fingerprintText(wanted.uris)),
    wantedFace: wanted.face,
    wantedUris: wanted.uris,
    steps,
    diff: diffOrder(seen?.uris ?? [], wanted.uris),
    handEdited: hasManualEdits || differs(seenFingerprint, question.lastFingerprint),
    ...(manualEdits ? { hand: manualEdits } : {}),
    ...(shows ? { shows } : {}),
    cost: { reads: planningReads + receiptReads, writes: steps.length },
  };
}

function differs(seen: string | null, last: string | null | undefined): boolean {
  return seen !== null && last !== null && last !== undefined && seen !== last;
}

function itemSteps(seen: readonly (string | null)[], wanted: readonly string[]): SyncStep[] {
  if (sameOrder(seen, wanted)) return [];
  const rewriting = rewrite(wanted);
  const insertSteps = insertsBetween(seen, wanted);
  // Replacing is idempotent and inserting is not, so inserts are chosen only if they save a request.
  return insertSteps && insertSteps.length < rewriting.length ? insertSteps : rewriting;
}

function rewrite(wanted: readonly string[]): SyncStep[] {
  return [{ kind: 'replace', uris: wanted.slice(0, ITEMS_PER_WRITE) }, ...inserts(wanted, { from: ITEMS_PER_WRITE, to: wanted.length })];
}

function inserts(wanted: readonly string[], range: { from: number; to: number }): SyncStep[] {
  const steps: SyncStep[] = [];
  for (let position = range.from; position < range.to; position += ITEMS_PER_WRITE) {
    steps.push({ kind: 'append', uris: wanted.slice(position, Math.min(range.to, position + ITEMS_PER_WRITE)), position });
  }
  return steps;
}

/** The inserts that turn the seen order into the wanted one, first to last; undefined when an item would have to be removed or moved. */
function insertsBetween(seen: readonly (string | null)[], wanted: readonly string[]): SyncStep[] | undefined {
  const steps: SyncStep[] = [];
  let from = 0;
  for (const uri of seen) {
    const at = uri === null ? -1 : wanted.indexOf(uri, from);
    if (at === -1) return undefined;
    steps.push(...inserts(wanted, { from, to: at }));
    from = at + 1;
  }
  return [...steps, ...inserts(wanted, { from, to: wanted.length })];
}

/** Estimated requests of one replica, without reading Spotify. */
export function requestsFor(change: { items: number; before: number; creates: boolean; rewrites: boolean; renames: boolean }): {
  reads: number;
  writes: number;
} {
  const { items, before, creates, rewrites, renames } = change;
  const writes = (creates ? 1 : 0) + (rewrites ? Math.ceil(items / ITEMS_PER_WRITE) : 0) + (renames ? 1 : 0);
  return { reads: (creates ? 1 : readsFor(before)) + (writes > 0 ? readsFor(items) : 0), writes };
}

function readsFor(items: number): number {
  return 1 + Math.ceil(Math.max(0, items - ITEMS_WITH_PLAYLIST) / ITEMS_PER_PAGE);
}
