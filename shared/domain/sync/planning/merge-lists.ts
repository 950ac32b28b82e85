/** Input of the three-way merge: the list of the last receipt, the list on Spotify now, and the day's new list. */
export interface ThreeWayLists {
  readonly base: readonly string[];
  /** Null where Spotify hides an item: unavailable, local or blocked. */
  readonly theirs: readonly (string | null)[];
  readonly ours: readonly string[];
  /** Tracks that Segue's unfinished writes may have added; undefined when no write is unfinished. */
  readonly unfinishedUris?: ReadonlySet<string> | undefined;
  /** Tracks that were added on Spotify earlier; they stay until they are removed there. */
  readonly keptAdditions?: readonly string[];
  /** Tracks that were removed on Spotify earlier; they stay out until they are added there again. */
  readonly keptRemovals?: readonly string[];
}

export interface ListMerge {
  /** Our list in its order, without removed tracks and with added tracks at their position. */
  readonly uris: readonly string[];
  readonly added: readonly { readonly uri: string; readonly position: number }[];
  readonly removed: readonly string[];
  /** Number of removed tracks when so many were removed that it is not a decision about each: none of these removals is kept. */
  readonly cleared: number;
  readonly reordered: boolean;
  /** Tracks of `uris` that are not in ours. */
  readonly outside: readonly string[];
  /** Tracks of ours that are not in `uris`. */
  readonly away: readonly string[];
}

/** Removing more than this share of a list counts as clearing it. */
const CLEARED_SHARE = 0.5;

/**
 * Three-way merge of lists of distinct tracks: tracks added on Spotify stay at their position, removed ones stay out, and everything else is ours, in
 * our order. Merging a merged list again finds no edits. After an unfinished write of Segue, only additions can be detected.
 */
export function mergeLists(lists: ThreeWayLists): ListMerge {
  const theirs = revealed(lists.base, lists.theirs);
  const edits = findEdits(lists, theirs);
  const shown = new Set(theirs);
  const inOurs = new Set(lists.ours);
  const gone = new Set([...edits.removed, ...(lists.keptRemovals ?? []).filter((uri) => !shown.has(uri))]);
  const kept = lists.ours.filter((uri) => !gone.has(uri));
  const staying = new Set([...edits.added.map(({ uri }) => uri), ...(lists.keptAdditions ?? []).filter((uri) => shown.has(uri))]);
  const outside = [...staying].filter((uri) => !inOurs.has(uri));
  return { ...edits, uris: placed(kept, theirs, new Set(outside)), outside, away: lists.ours.filter((uri) => gone.has(uri)) };
}

/** Replaces nulls by the base's missing items: first the item at the same position, then any other missing one. */
function revealed(base: readonly string[], theirs: readonly (string | null)[]): (string | null)[] {
  const shown = new Set(theirs.filter((uri) => uri !== null));
  const missing = new Set(base.filter((uri) => !shown.has(uri)));
  const take = (uri: string | undefined): string | null => (uri !== undefined && missing.delete(uri) ? uri : null);
  const matchedByPosition = theirs.map((uri, index) => uri ?? take(base[index]));
  return matchedByPosition.map((uri) => uri ?? take(missing.values().next().value));
}

function findEdits({ base, ours, unfinishedUris: ownWords, keptAdditions: carried = [] }: ThreeWayLists, theirs: readonly (string | null)[]) {
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

/** Inserts the staying tracks after their predecessor on Spotify, or at their index when that one is gone. */
function placed(ours: readonly string[], theirs: readonly (string | null)[], staying: ReadonlySet<string>): string[] {
  const list = [...ours];
  const done = new Set<string>();
  theirs.forEach((uri, index) => {
    if (uri === null || !staying.has(uri) || done.has(uri)) return;
    done.add(uri);
    const before = theirs[index - 1];
    const predecessor = before === null || before === undefined ? -1 : list.indexOf(before);
    list.splice(predecessor >= 0 ? predecessor + 1 : Math.min(index, list.length), 0, uri);
  });
  return list;
}
