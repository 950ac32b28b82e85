import type { HandPart, PlaylistFace, SyncPlanBody, SyncStep } from '#shared/contracts/sync/sync.ts';
import { unescapeHtml } from './naming.ts';
import { diffOrder } from './order-diff.ts';

export { diffOrder, UNAVAILABLE_URI } from './order-diff.ts';

/** Most items in one write of Spotify's. */
export const ITEMS_PER_WRITE = 100;
/** Items that come with the playlist itself, and on each page after. */
const ITEMS_WITH_PLAYLIST = 100;
const ITEMS_PER_PAGE = 50;

/** A playlist as Spotify showed it; an item is null where it is gone, local or blocked. */
export interface RemoteState {
  readonly face: PlaylistFace;
  readonly uris: readonly (string | null)[];
}

export interface SyncQuestion {
  /** Undefined when the playlist does not exist yet. */
  readonly seen: RemoteState | undefined;
  readonly wanted: { readonly face: PlaylistFace; readonly uris: readonly string[] };
  /** The fingerprint in the last receipt, where nothing more than that is known of it: when what is seen differs, a hand has been at work. */
  readonly lastFingerprint?: string | null | undefined;
  /** What a hand did since, when the last receipt says enough to tell; already merged into what is wanted. */
  readonly hand?: HandPart | undefined;
  /** The earlier day whose list is shown. */
  readonly shows?: string | undefined;
  readonly digest: (text: string) => string;
  readonly replicaId: string;
  readonly batchTag: string;
}

/** The text whose digest names an order of items. */
export function fingerprintText(uris: readonly (string | null)[]): string {
  return uris.map((uri) => uri ?? '-').join('\n');
}

/**
 * The fewest requests that turn what Spotify shows into what is wanted, as a plan a person can read. An item that Spotify hides at its
 * wanted place is left alone, else a track that left Spotify would be written again every time.
 */
export function planSync(question: SyncQuestion): SyncPlanBody {
  const { seen, wanted, digest, hand, shows } = question;
  const seenFingerprint = seen ? digest(fingerprintText(seen.uris)) : null;
  const steps: SyncStep[] = seen ? itemSteps(seen.uris, wanted.uris) : [{ kind: 'create', face: wanted.face }, ...itemSteps([], wanted.uris)];
  if (seen && !sameFace(seen.face, wanted.face)) steps.push({ kind: 'details', face: changeOf(seen.face, wanted.face) });
  const looks = readsFor(seen?.uris.length ?? 0);
  const isNoted = hand !== undefined && hand.lines.length > 0;
  const readsBack = steps.length > 0 || isNoted ? readsFor(wanted.uris.length) : 0;
  return {
    version: 1,
    replicaId: question.replicaId,
    batchTag: question.batchTag,
    seenFingerprint,
    seenFace: seen?.face ?? null,
    wantedFingerprint: digest(fingerprintText(wanted.uris)),
    wantedFace: wanted.face,
    wantedUris: wanted.uris,
    steps,
    diff: diffOrder(seen?.uris ?? [], wanted.uris),
    handEdited: isNoted || differs(seenFingerprint, question.lastFingerprint),
    ...(hand ? { hand } : {}),
    ...(shows ? { shows } : {}),
    cost: { reads: looks + readsBack, writes: steps.length },
  };
}

function differs(seen: string | null, last: string | null | undefined): boolean {
  return seen !== null && last !== null && last !== undefined && seen !== last;
}

/** Whether what Spotify shows is the wanted order; a hidden item counts as the one wanted there. */
export function sameOrder(seen: readonly (string | null)[], wanted: readonly string[]): boolean {
  return seen.length === wanted.length && wanted.every((uri, index) => (seen[index] ?? uri) === uri);
}

/**
 * Whether name, description and visibility are as wanted. Spotify leaves out the description of playlists that it has not looked at and the
 * visibility where it has none: what it does not say is not held against it.
 */
export function sameFace(seen: PlaylistFace, wanted: PlaylistFace): boolean {
  const sameDescription = seen.description === '' || unescapeHtml(seen.description) === unescapeHtml(wanted.description);
  const sameVisibility = seen.isPublic === null || wanted.isPublic === null || seen.isPublic === wanted.isPublic;
  return seen.name === wanted.name && sameDescription && sameVisibility;
}

/** Visibility is said only where it is to change: somebody may make the playlist private between our look and our write. */
function changeOf(seen: PlaylistFace, wanted: PlaylistFace): PlaylistFace {
  return seen.isPublic === wanted.isPublic ? { ...wanted, isPublic: null } : wanted;
}

function itemSteps(seen: readonly (string | null)[], wanted: readonly string[]): SyncStep[] {
  if (sameOrder(seen, wanted)) return [];
  const rewriting = rewrite(wanted);
  const inserting = insertions(seen, wanted);
  // Replacing is idempotent and inserting is not, so inserting has to save a request to be chosen.
  return inserting && inserting.length < rewriting.length ? inserting : rewriting;
}

function rewrite(wanted: readonly string[]): SyncStep[] {
  return [{ kind: 'replace', uris: wanted.slice(0, ITEMS_PER_WRITE) }, ...appends(wanted, { from: ITEMS_PER_WRITE, to: wanted.length })];
}

function appends(wanted: readonly string[], range: { from: number; to: number }): SyncStep[] {
  const steps: SyncStep[] = [];
  for (let position = range.from; position < range.to; position += ITEMS_PER_WRITE) {
    steps.push({ kind: 'append', uris: wanted.slice(position, Math.min(range.to, position + ITEMS_PER_WRITE)), position });
  }
  return steps;
}

/** The inserts that make the wanted order of the seen one, first to last; undefined when something would have to go or move. */
function insertions(seen: readonly (string | null)[], wanted: readonly string[]): SyncStep[] | undefined {
  const steps: SyncStep[] = [];
  let from = 0;
  for (const uri of seen) {
    const at = uri === null ? -1 : wanted.indexOf(uri, from);
    if (at === -1) return undefined;
    steps.push(...appends(wanted, { from, to: at }));
    from = at + 1;
  }
  return [...steps, ...appends(wanted, { from, to: wanted.length })];
}

/** Requests of one replica as far as they can be told without looking. */
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
