import type { OpenList } from './list.ts';
import { refine } from './refine.ts';
import type { Taken } from './taken.ts';
import type { Twins } from './twins.ts';

/** Full lists that a short one may rob, if they find something else. */
const ROBBED_MAX = 40;

/**
 * Fills what is still short from rows that nobody has, in order, or by an exchange with a list that finds other rows. Who stays short gives everything
 * back, and others that were short try again; in the end it keeps, as a mere statement, the best that is left for it, which nobody is kept from.
 */
export function fillUp(lists: readonly OpenList[], taken: Taken, twins: Twins): void {
  for (let short = lists.filter((list) => !list.isFull), before = Number.POSITIVE_INFINITY; short.length > 0 && short.length < before;) {
    before = short.length;
    const hopeless = new Set<string>();
    for (const list of short) {
      if (list.count > 0) hopeless.clear();
      taken.giveBack(list);
      const twin = twins.of(list);
      if (twin !== undefined && hopeless.has(twin)) continue;
      if (fillAlone(list, taken) || rob(list, lists, taken)) continue;
      if (twin !== undefined) hopeless.add(twin);
    }
    short = short.filter((list) => !list.isFull);
  }
  stateRest(lists, taken, twins);
}

/** Leaves in every short list the best that it could have; twins look once. */
function stateRest(lists: readonly OpenList[], taken: Taken, twins: Twins): void {
  const found = new Map<string, OpenList>();
  for (const list of lists) {
    if (list.isFull) continue;
    const twin = twins.of(list);
    const same = twin === undefined ? undefined : found.get(twin);
    for (const choice of same?.choices() ?? []) list.add(choice);
    if (!same && !fillFrom(list, taken)) refine(list, taken);
    if (list.isFull) taken.claim(list);
    else if (twin !== undefined) found.set(twin, list);
  }
}

/** Lets full lists exchange for what nobody has. */
export function improveWithFree(lists: readonly OpenList[], taken: Taken): void {
  for (const list of lists) {
    if (!list.isFull) continue;
    const before = list.choices();
    if (!refine(list, taken)) continue;
    for (const { row } of before) taken.remove(row, list.demand.arenas);
    taken.claim(list);
  }
}

/** Fills the list and claims what is in it, or leaves it empty. */
function fillAlone(list: OpenList, taken: Taken): boolean {
  if (!fillFrom(list, taken)) refine(list, taken);
  if (list.isFull) taken.claim(list);
  else list.clear();
  return list.isFull;
}

/** Takes what it needs from another list when that one can be filled again without it. */
function rob(list: OpenList, lists: readonly OpenList[], taken: Taken): boolean {
  const { arenas, precedence } = list.demand;
  const others = lists.filter(
    (other) => other !== list && other.isFull && other.count > 0 && other.demand.arenas.some((arena) => arenas.includes(arena)),
  );
  for (const other of others.slice(0, ROBBED_MAX)) {
    if (other.demand.precedence < precedence) continue;
    const before = other.seated();
    taken.giveBack(other);
    if (fillAlone(list, taken) && fillAlone(other, taken)) return true;
    taken.giveBack(list);
    other.clear();
    for (const choice of before) other.add(choice, choice.block ?? 0);
    taken.claim(other);
  }
  return false;
}

/** Adds the best of what is free as long as it fits. */
function fillFrom(list: OpenList, taken: Taken): boolean {
  const { rows, scores } = list.demand.contest;
  const held = new Set(list.demand.held);
  for (let rank = 0; rank < rows.length && !list.isFull; rank++) {
    const row = rows[rank] ?? -1;
    if (held.has(row) || !taken.isFree(row, list.demand.arenas)) continue;
    list.add({ row, rank, score: scores[rank] ?? 0 });
  }
  return list.isFull;
}
