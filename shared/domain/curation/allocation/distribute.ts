import type { BlockChoice } from './auction.ts';
import type { OpenList } from './list.ts';

/**
 * Distributes a team's recordings evenly over its lists: best first, each to the list with the largest share of free slots in that block, ties to the
 * lowest mean score. A recording that no list can take under its own caps goes where a swap between two lists frees a slot. Returns what is left over.
 */
export function distributeToLists(won: readonly BlockChoice[], lists: readonly OpenList[]): BlockChoice[] {
  const leftOver: BlockChoice[] = [];
  const queues = new Map<number, ListQueue>();
  const queueOf = (block: number) => queues.get(block) ?? new ListQueue(lists, block);
  for (const choice of won.toSorted((a, b) => a.rank - b.rank)) {
    const own = queueOf(choice.block);
    queues.set(choice.block, own);
    const receiver = own.find((list) => list.add(choice, choice.block));
    if (!receiver) leftOver.push(choice);
    // Adding a recording may have moved others of the list to another block.
    else for (const queue of queues.values()) queue.update(receiver);
  }
  return leftOver.filter((choice) => !swapIn(choice, lists));
}

interface QueuedList {
  readonly list: OpenList;
  readonly at: number;
  /** Free slots of the block as a share of its slots, 0–1. */
  readonly freeShare: number;
  readonly meanScore: number;
}

/** Lists with free slots in a block, neediest first. An update moves one list only, so a day of many lists is not sorted at every choice. */
class ListQueue {
  readonly #block: number;
  readonly #order: QueuedList[];

  constructor(lists: readonly OpenList[], block: number) {
    this.#block = block;
    this.#order = lists
      .map((list, at) => this.#entryOf(list, at))
      .filter((entry) => entry.freeShare > 0)
      .toSorted(neediestFirst);
  }

  find(takes: (list: OpenList) => boolean): OpenList | undefined {
    return this.#order.find((entry) => takes(entry.list))?.list;
  }

  update(list: OpenList): void {
    const from = this.#order.findIndex((entry) => entry.list === list);
    const [old] = from < 0 ? [] : this.#order.splice(from, 1);
    if (!old) return;
    const entry = this.#entryOf(list, old.at);
    if (entry.freeShare <= 0) return;
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#order[middle];
      if (other && neediestFirst(other, entry) < 0) low = middle + 1;
      else high = middle;
    }
    this.#order.splice(low, 0, entry);
  }

  #entryOf(list: OpenList, at: number): QueuedList {
    const free = list.freeSlots(this.#block);
    return { list, at, freeShare: free > 0 ? free / list.slotsOf(this.#block) : 0, meanScore: list.total / Math.max(1, list.count) };
  }
}

function neediestFirst(a: QueuedList, b: QueuedList): number {
  return b.freeShare - a.freeShare || a.meanScore - b.meanScore || a.at - b.at;
}

/** Adds the choice to a list by moving one of that list's recordings to a list with a free slot. */
function swapIn(choice: BlockChoice, lists: readonly OpenList[]): boolean {
  for (const open of lists) {
    if (open.isFull) continue;
    if (open.add(choice, choice.block)) return true;
    for (const donor of lists) if (donor !== open && trySwap(choice, donor, open)) return true;
  }
  return false;
}

function trySwap(choice: BlockChoice, donor: OpenList, open: OpenList): boolean {
  for (const moved of donor.choices()) {
    if (!open.add(moved, choice.block)) continue;
    donor.remove(moved);
    if (donor.add(choice, choice.block)) return true;
    open.remove(moved);
    donor.add(moved, choice.block);
  }
  return false;
}
