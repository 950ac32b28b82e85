import type { OpenList } from './allocate-list.ts';
import { refine } from './allocate-refine.ts';
import type { Taken } from './allocate-taken.ts';
import type { Choice } from './ranking.ts';

/**
 * Fills what is still short from rows that nobody has, in order. Who stays short gives everything back, and others that were short try again; in the end
 * it keeps, as a mere statement, the best that was left for it, which nobody is kept from.
 */
export function fillUp(lists: readonly OpenList[], taken: Taken): void {
  for (let short = lists.filter((list) => !list.isFull), before = Number.POSITIVE_INFINITY; short.length > 0 && short.length < before;) {
    before = short.length;
    for (const list of short) {
      giveBack(list, taken);
      fill(list, taken);
      if (!list.isFull) refine(list, taken);
      if (list.isFull) claim(list, taken);
      else list.clear();
    }
    short = short.filter((list) => !list.isFull);
  }
  for (const list of lists) if (!list.isFull) fill(list, taken);
}

/** Marks what is in the list as spoken for. */
export function claim(list: OpenList, taken: Taken): void {
  for (const { row } of list.choices()) taken.add(row, list.demand.arenas);
}

/** Lets full lists exchange for what nobody has. */
export function improveWithFree(lists: readonly OpenList[], taken: Taken): void {
  for (const list of lists) {
    if (!list.isFull) continue;
    const before = list.choices();
    if (!refine(list, taken)) continue;
    for (const { row } of before) taken.remove(row, list.demand.arenas);
    claim(list, taken);
  }
}

function giveBack(list: OpenList, taken: Taken): void {
  for (const { row } of list.choices()) taken.remove(row, list.demand.arenas);
  list.clear();
}

function fill(list: OpenList, taken: Taken): void {
  const { rows, scores } = list.demand.contest;
  const held = new Set(list.demand.held);
  for (let rank = 0; rank < rows.length && !list.isFull; rank++) {
    const row = rows[rank] ?? -1;
    if (held.has(row) || !taken.isFree(row, list.demand.arenas)) continue;
    const choice: Choice = { row, rank, score: scores[rank] ?? 0 };
    list.add(choice);
  }
}
