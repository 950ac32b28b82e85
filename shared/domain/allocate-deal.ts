import type { Won } from './allocate-auction.ts';
import type { OpenList } from './allocate-list.ts';

/**
 * Deals what a team won to its lists so that they are even: best first, each to the list with the most empty seats of that block, of several to the
 * one with the lowest score so far. What no list can take under its own caps goes where an exchange between two lists makes room. Answers what is left over.
 */
export function deal(won: readonly Won[], lists: readonly OpenList[]): Won[] {
  const left: Won[] = [];
  for (const choice of won.toSorted((a, b) => a.rank - b.rank)) {
    if (!neediestFirst(lists, choice.block).some((list) => list.add(choice, choice.block))) left.push(choice);
  }
  return left.filter((choice) => !exchange(choice, lists));
}

function neediestFirst(lists: readonly OpenList[], block: number): OpenList[] {
  const open = lists.filter((list) => list.openSeats(block) > 0);
  const need = new Map(
    open.map((list) => [list, { empty: list.openSeats(block) / list.slotsOf(block), mean: list.total / Math.max(1, list.count) }]),
  );
  return open.toSorted((a, b) => {
    const [one, other] = [need.get(a), need.get(b)];
    return (other?.empty ?? 0) - (one?.empty ?? 0) || (one?.mean ?? 0) - (other?.mean ?? 0);
  });
}

/** One list gives the newcomer a place by moving one of its own to a list with an empty seat. */
function exchange(newcomer: Won, lists: readonly OpenList[]): boolean {
  for (const open of lists) {
    if (open.isFull) continue;
    if (open.add(newcomer, newcomer.block)) return true;
    for (const giver of lists) if (giver !== open && movesOver(newcomer, giver, open)) return true;
  }
  return false;
}

function movesOver(newcomer: Won, giver: OpenList, open: OpenList): boolean {
  for (const moved of giver.choices()) {
    if (!open.add(moved, newcomer.block)) continue;
    giver.remove(moved);
    if (giver.add(newcomer, newcomer.block)) return true;
    open.remove(moved);
    giver.add(moved, newcomer.block);
  }
  return false;
}
