import type { Won } from './auction.ts';
import type { OpenList } from './list.ts';

/**
 * Deals what a team won to its lists so that they are even: best first, each to the list with the most empty seats of that block, of several to the
 * one with the lowest score so far. What no list can take under its own caps goes where an exchange between two lists makes room. Answers what is left over.
 */
export function deal(won: readonly Won[], lists: readonly OpenList[]): Won[] {
  const left: Won[] = [];
  const turns = new Map<number, Turns>();
  const turnsOf = (block: number) => turns.get(block) ?? new Turns(lists, block);
  for (const choice of won.toSorted((a, b) => a.rank - b.rank)) {
    const own = turnsOf(choice.block);
    turns.set(choice.block, own);
    const taker = own.find((list) => list.add(choice, choice.block));
    if (!taker) left.push(choice);
    // Whoever sits down may have made others of the list move on to another block.
    else for (const queue of turns.values()) queue.moveBack(taker);
  }
  return left.filter((choice) => !exchange(choice, lists));
}

interface Turn {
  readonly list: OpenList;
  readonly at: number;
  readonly empty: number;
  readonly mean: number;
}

/** Lists with empty seats in a block, neediest first. Only who was served changes places, so a day of many lists is not sorted at every choice. */
class Turns {
  readonly #block: number;
  readonly #order: Turn[];

  constructor(lists: readonly OpenList[], block: number) {
    this.#block = block;
    this.#order = lists
      .map((list, at) => this.#turnOf(list, at))
      .filter((turn) => turn.empty > 0)
      .toSorted(neediestFirst);
  }

  find(takes: (list: OpenList) => boolean): OpenList | undefined {
    return this.#order.find((turn) => takes(turn.list))?.list;
  }

  moveBack(list: OpenList): void {
    const from = this.#order.findIndex((turn) => turn.list === list);
    const [old] = from < 0 ? [] : this.#order.splice(from, 1);
    if (!old) return;
    const turn = this.#turnOf(list, old.at);
    if (turn.empty <= 0) return;
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#order[middle];
      if (other && neediestFirst(other, turn) < 0) low = middle + 1;
      else high = middle;
    }
    this.#order.splice(low, 0, turn);
  }

  #turnOf(list: OpenList, at: number): Turn {
    const seats = list.openSeats(this.#block);
    return { list, at, empty: seats > 0 ? seats / list.slotsOf(this.#block) : 0, mean: list.total / Math.max(1, list.count) };
  }
}

function neediestFirst(a: Turn, b: Turn): number {
  return b.empty - a.empty || a.mean - b.mean || a.at - b.at;
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
