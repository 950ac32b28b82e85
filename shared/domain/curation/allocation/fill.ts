import type { OpenList } from './list.ts';
import { refine } from './refine.ts';
import { mostThatFit } from './most-that-fit.ts';
import type { ClaimedRows } from './claimed-rows.ts';
import type { IdenticalLists } from './identical-lists.ts';

/** Full lists from which a short list may take recordings, if they can be filled again. */
const DONORS_MAX = 40;

/**
 * Fills short lists, in order, from unassigned rows, or by taking recordings from a list that finds other rows. A list that stays short releases
 * everything, and the other short lists try again. In the end a short list shows the best rows left for it, for the report only: it claims none.
 */
export function fillShortLists(lists: readonly OpenList[], { taken, twins, isReported }: FillContext): void {
  for (let short = lists.filter((list) => !list.isFull), before = Number.POSITIVE_INFINITY; short.length > 0 && short.length < before;) {
    before = short.length;
    const hopeless = new Set<string>();
    for (const list of short) {
      if (list.count > 0) hopeless.clear();
      taken.release(list);
      const twin = twins.keyOf(list);
      if (twin !== undefined && hopeless.has(twin)) continue;
      if (fillFromFree(list, taken) || takeFromOthers(list, lists, taken)) continue;
      if (twin !== undefined) hopeless.add(twin);
    }
    short = short.filter((list) => !list.isFull);
  }
  fillForReport(lists, { taken, twins, isReported });
}

interface FillContext {
  readonly taken: ClaimedRows;
  readonly twins: IdenticalLists;
  /** Whether the rows of lists that stay short are reported. */
  readonly isReported: boolean;
}

/** Puts the best possible rows into every short list; identical lists are solved once. */
function fillForReport(lists: readonly OpenList[], { taken, twins, isReported }: FillContext): void {
  const solved = new Map<string, OpenList>();
  for (const list of lists) {
    if (list.isFull || (!isReported && mostThatFit(list, taken) < list.demand.slots)) continue;
    const twin = twins.keyOf(list);
    const same = twin === undefined ? undefined : solved.get(twin);
    for (const choice of same?.choices() ?? []) list.add(choice);
    if (!same && !fillGreedily(list, taken)) refine(list, taken);
    if (list.isFull) taken.claim(list);
    else if (twin !== undefined) solved.set(twin, list);
  }
}

/** Improves full lists by swapping their rows for unassigned ones. */
export function improveWithUnassigned(lists: readonly OpenList[], taken: ClaimedRows): void {
  for (const list of lists) {
    if (!list.isFull) continue;
    const before = list.choices();
    if (!refine(list, taken)) continue;
    for (const { row } of before) taken.remove(row, list.demand.conflictScopes);
    taken.claim(list);
  }
}

/** Fills the list from unassigned rows and claims them, or leaves it empty. Where counting shows that it cannot be filled, no search is made. */
function fillFromFree(list: OpenList, taken: ClaimedRows): boolean {
  if (!fillGreedily(list, taken) && mostThatFit(list, taken) >= list.demand.slots) refine(list, taken);
  if (list.isFull) taken.claim(list);
  else list.clear();
  return list.isFull;
}

/** Takes rows from another list if that list can be filled again without them. */
function takeFromOthers(list: OpenList, lists: readonly OpenList[], taken: ClaimedRows): boolean {
  const { conflictScopes, precedence } = list.demand;
  const others = lists.filter(
    (other) => other !== list && other.isFull && other.count > 0 && other.demand.conflictScopes.some((scope) => conflictScopes.includes(scope)),
  );
  const most = mostThatFit(list, taken);
  const candidates = new Set(list.demand.candidates.rows);
  for (const other of others.slice(0, DONORS_MAX)) {
    if (other.demand.precedence < precedence) continue;
    const useful = other.choices().reduce((sum, { row }) => sum + (candidates.has(row) ? 1 : 0), 0);
    // Each recording makes room for one more at most.
    if (most + useful < list.demand.slots) continue;
    const before = other.assignments();
    taken.release(other);
    if (fillFromFree(list, taken) && fillFromFree(other, taken)) return true;
    taken.release(list);
    other.clear();
    for (const choice of before) other.add(choice, choice.block ?? 0);
    taken.claim(other);
  }
  return false;
}

/** Adds the best unassigned rows that fit, best first. Returns whether the list is full. */
function fillGreedily(list: OpenList, taken: ClaimedRows): boolean {
  const { rows, scores } = list.demand.candidates;
  const held = new Set(list.demand.held);
  for (let rank = 0; rank < rows.length && !list.isFull; rank++) {
    const row = rows[rank] ?? -1;
    if (held.has(row) || !taken.isFree(row, list.demand.conflictScopes)) continue;
    list.add({ row, rank, score: scores[rank] ?? 0 });
  }
  return list.isFull;
}
