import type { DiffLine } from '#shared/contracts/sync/sync.ts';

/** Stands in the diff for an item that Spotify shows without an address: gone, local or blocked. */
export const UNAVAILABLE_URI = 'spotify:unavailable';

/**
 * What changes between two orders, in as few lines as can be: items on the longest run that keeps its order are kept, other common ones
 * move. Where Spotify hides the item at a wanted position, it is taken to be the wanted one. Removals stand where the item stood.
 */
export function diffOrder(seen: readonly (string | null)[], wanted: readonly string[]): DiffLine[] {
  const cameFrom = matchItems(seen, wanted);
  const kept = longestRising(cameFrom);
  const matched = new Set(cameFrom.filter((index) => index >= 0));
  const lines: DiffLine[] = [];
  let looked = 0;
  const removeUpTo = (end: number) => {
    for (; looked < Math.min(end, seen.length); looked++) {
      if (!matched.has(looked)) lines.push({ kind: 'remove', uri: seen[looked] ?? UNAVAILABLE_URI, position: looked + 1 });
    }
  };
  wanted.forEach((uri, index) => {
    removeUpTo(index + 1);
    const from = cameFrom[index] ?? -1;
    if (from < 0) lines.push({ kind: 'add', uri, position: index + 1 });
    else if (kept.has(index)) lines.push({ kind: 'keep', uri, position: index + 1 });
    else lines.push({ kind: 'move', uri, from: from + 1, to: index + 1 });
  });
  removeUpTo(seen.length);
  return lines;
}

/** For each wanted item the index it has in what was seen, or -1; every seen item is used at most once. */
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

/** Positions of a longest strictly rising run of the non-negative values (patience sorting). */
function longestRising(values: readonly number[]): Set<number> {
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
