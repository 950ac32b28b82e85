import type { ListEdits } from '#shared/contracts/playlists/shown-list.ts';
import type { DiffLine } from '#shared/contracts/sync/sync.ts';
import { UNAVAILABLE_URI } from '#shared/domain/sync/planning/sync-plan.ts';

/** The order that Spotify showed when a plan was made, from the plan's diff; null where it hid an item. */
export function seenOrder(diff: readonly DiffLine[]): (string | null)[] {
  const placed = new Map<number, string>();
  for (const line of diff) {
    if (line.kind === 'remove') placed.set(line.position, line.uri);
    if (line.kind === 'move') placed.set(line.from, line.uri);
  }
  // Kept items have the same order on both sides, so they fill the remaining positions.
  const kept = diff.filter(({ kind }) => kind === 'keep');
  let next = 0;
  return Array.from({ length: placed.size + kept.length }, (_, at) => {
    const uri = placed.get(at + 1) ?? kept[next++]?.uri ?? null;
    return uri === UNAVAILABLE_URI ? null : uri;
  });
}

/**
 * How Spotify's order differs from a list; null when it does not. A hidden item counts as the list's track at that position, else as any track of
 * the list that is missing. A track that Spotify shows twice is in the list once, and its second place is an addition.
 */
export function findListEdits(shown: readonly (string | null)[], list: readonly string[]): ListEdits | null {
  const uris = revealHidden(shown, list);
  const rest = new Set(list);
  const added: { uri: string; position: number }[] = [];
  const common: string[] = [];
  uris.forEach((uri, at) => {
    if (uri === null) return;
    if (rest.delete(uri)) common.push(uri);
    else added.push({ uri, position: at + 1 });
  });
  const removed = list.flatMap((uri, at) => (rest.has(uri) ? [{ uri, position: at + 1 }] : []));
  const expected = list.filter((uri) => !rest.has(uri));
  const isReordered = common.some((uri, at) => uri !== expected[at]);
  return added.length === 0 && removed.length === 0 && !isReordered ? null : { uris, added, removed, isReordered };
}

function revealHidden(shown: readonly (string | null)[], list: readonly string[]): (string | null)[] {
  const visible = new Set(shown);
  const missing = new Set(list.filter((uri) => !visible.has(uri)));
  const take = (uri: string | undefined): string | null => (uri !== undefined && missing.delete(uri) ? uri : null);
  const byPosition = shown.map((uri, at) => uri ?? take(list[at]));
  return byPosition.map((uri) => uri ?? take(missing.values().next().value));
}
