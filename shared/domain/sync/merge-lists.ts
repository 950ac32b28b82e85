/** What is compared: the list of the last receipt, what Spotify shows now, and the list that the day wants. */
export interface ThreeLists {
  readonly base: readonly string[];
  /** Null where Spotify hides an item: gone, local or blocked. */
  readonly theirs: readonly (string | null)[];
  readonly ours: readonly string[];
  /** Tracks that unfinished writes of ours may have put there; undefined when none was left unfinished. */
  readonly ownWords?: ReadonlySet<string> | undefined;
  /** Tracks that a hand put there before and that stay until a hand takes them away. */
  readonly carried?: readonly string[];
  /** Tracks that a hand took away before and that stay away until a hand puts them back. */
  readonly takenAway?: readonly string[];
}

export interface ListMerge {
  /** Ours in its order, without what a hand removed and with what a hand added at its place. */
  readonly uris: readonly string[];
  readonly added: readonly { readonly uri: string; readonly position: number }[];
  readonly removed: readonly string[];
  /** So many were taken away that it is no verdict on each: nothing of it is kept. */
  readonly cleared: number;
  readonly reordered: boolean;
  /** Tracks of `uris` that are not in ours. */
  readonly outside: readonly string[];
  /** Tracks of ours that are not in `uris`. */
  readonly away: readonly string[];
}

/** Taking away more than this share of a list is clearing it. */
const CLEARED_SHARE = 0.5;

/**
 * Three-way merge of lists of different tracks: what a hand added stays at its place, what it removed stays away, and everything else is ours,
 * in our order. Merging again what a merge led to finds no hand. After an unfinished write of ours only additions can be told from it.
 */
export function mergeLists(lists: ThreeLists): ListMerge {
  const theirs = revealed(lists.base, lists.theirs);
  const hand = readHand(lists, theirs);
  const shown = new Set(theirs);
  const inOurs = new Set(lists.ours);
  const gone = new Set([...hand.removed, ...(lists.takenAway ?? []).filter((uri) => !shown.has(uri))]);
  const kept = lists.ours.filter((uri) => !gone.has(uri));
  const staying = new Set([...hand.added.map(({ uri }) => uri), ...(lists.carried ?? []).filter((uri) => shown.has(uri))]);
  const outside = [...staying].filter((uri) => !inOurs.has(uri));
  return { ...hand, uris: placed(kept, theirs, new Set(outside)), outside, away: lists.ours.filter((uri) => gone.has(uri)) };
}

/** Nulls are taken for the hidden items of the base: first the one at the same place, then whichever else is missing. */
function revealed(base: readonly string[], theirs: readonly (string | null)[]): (string | null)[] {
  const shown = new Set(theirs.filter((uri) => uri !== null));
  const missing = new Set(base.filter((uri) => !shown.has(uri)));
  const take = (uri: string | undefined): string | null => (uri !== undefined && missing.delete(uri) ? uri : null);
  const placedAlike = theirs.map((uri, index) => uri ?? take(base[index]));
  return placedAlike.map((uri) => uri ?? take(missing.values().next().value));
}

function readHand({ base, ours, ownWords, carried = [] }: ThreeLists, theirs: readonly (string | null)[]) {
  const known = new Set([...base, ...ours, ...(ownWords ?? []), ...carried]);
  const added: { uri: string; position: number }[] = [];
  theirs.forEach((uri, index) => {
    if (uri === null || known.has(uri)) return;
    known.add(uri);
    added.push({ uri, position: index + 1 });
  });
  if (ownWords !== undefined) return { added, removed: [], cleared: 0, reordered: false };
  const shown = new Set(theirs);
  const removed = base.filter((uri) => !shown.has(uri));
  const isCleared = removed.length > 1 && removed.length > base.length * CLEARED_SHARE;
  const inBase = new Set(base);
  const stayed = theirs.filter((uri) => uri !== null && inBase.has(uri));
  const inOrder = base.filter((uri) => shown.has(uri));
  return {
    added,
    removed: isCleared ? [] : removed,
    cleared: isCleared ? removed.length : 0,
    reordered: inOrder.some((uri, index) => stayed[index] !== uri),
  };
}

/** Puts what stays behind its neighbour of the hand's list, or at its number where that one is gone. */
function placed(ours: readonly string[], theirs: readonly (string | null)[], staying: ReadonlySet<string>): string[] {
  const list = [...ours];
  const done = new Set<string>();
  theirs.forEach((uri, index) => {
    if (uri === null || !staying.has(uri) || done.has(uri)) return;
    done.add(uri);
    const before = theirs[index - 1];
    const neighbour = before === null || before === undefined ? -1 : list.indexOf(before);
    list.splice(neighbour >= 0 ? neighbour + 1 : Math.min(index, list.length), 0, uri);
  });
  return list;
}
