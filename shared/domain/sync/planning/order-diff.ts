import type { DiffLine } from '#shared/contracts/sync/sync.ts';

/** Placeholder in the diff for an item without a URI on Spotify: unavailable, local or blocked. */
export const UNAVAILABLE_URI = 'spotify:unavailable';

/**
 * The minimal diff between two orders: items of the longest common subsequence are kept, other common items move. A hidden item at a wanted position
 * counts as the wanted one. A removal has the item's old position.
 */
export function diffOrder(seen: readonly (string | null)[], wanted: readonly string[]): DiffLine[] {
  const seenIndexes = matchItems(seen, wanted);
  const kept = longestIncreasing(seenIndexes);
  const matched = new Set(seenIndexes.filter((index) => index >= 0));
  const lines: DiffLine[] = [];
  let done = 0;
  const removeUpTo = (end: number) => {
    for (; done < Math.min(end, seen.length); done++) {
      if (!matched.has(done)) lines.push({ kind: 'remove', uri: seen[done] ?? UNAVAILABLE_URI, position: done + 1 });
    }
  };
  wanted.forEach((uri, index) => {
    removeUpTo(index + 1);
    const from = seenIndexes[index] ?? -1;
    if (from < 0) lines.push({ kind: 'add', uri, position: index + 1 });
    else if (kept.has(index)) lines.push({ kind: 'keep', uri, position: index + 1 });
    else lines.push({ kind: 'move', uri, from: from + 1, to: index + 1 });
  });
  removeUpTo(seen.length);
  return lines;
}

/** For each wanted item its index in the seen list, or -1; every seen item is used at most once. */
function matchItems(seen: readonly (string | null)[], wanted: readonly string[]): number[] {
  const places = new Map<string, number[]>();
  seen.forEach((uri, index) => {
    if (uri === null) return;
    const known = places.get(uri);
    if (known) known.push(index);
    else places.set(uri, [index]);
  });
  for (const list of places.values()) list.reverse();
  return wanted.map((uri, index) => places.get(uri)?.pop() ?? (seen[index] === null ? index : -1));
}

/** Positions of a longest strictly increasing subsequence of the non-negative values (patience sorting). */
function longestIncreasing(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const previous = new Map<number, number>();
  values.forEach((value, index) => {
    if (value < 0) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    const before = tails[low - 1];
    if (before !== undefined) previous.set(index, before);
    tails[low] = index;
  });
  const kept = new Set<number>();
  for (let at = tails.at(-1); at !== undefined; at = previous.get(at)) kept.add(at);
  return kept;
}
