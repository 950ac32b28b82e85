/** One list to choose from candidates, as plain arrays. Keys are artists and albums, numbered from 0. */
export interface Puzzle {
  readonly scores: Float64Array;
  /** Keys of candidate i: `keys[keyStarts[i]]` up to, not including, `keys[keyStarts[i + 1]]`. */
  readonly keyStarts: Int32Array;
  readonly keys: Int32Array;
  /** How many of each key the list can take. */
  readonly room: Int32Array;
  /** Bit b is set when block b admits the candidate. */
  readonly masks: Int32Array;
  readonly blockSlots: readonly number[];
}

export interface Picks {
  readonly picked: readonly { readonly candidate: number; readonly block: number }[];
  readonly total: number;
}

/** Rounds of price finding; most lists are done long before. */
const ROUNDS_MAX = 150;
/** A step that has not helped for so many rounds is too long. */
const PATIENCE = 8;
/** Within this share of the bound a list is as good as the best. */
const GAP_DONE = 1e-4;

/**
 * Chooses the longest, then highest list under caps that it can find by Lagrangian relaxation: artists and albums that too many of the best share get a
 * price, the list is drawn greedily by what is left of the scores, and prices follow Polyak's subgradient step. Starts as plain greedy, so is never worse.
 */
export function solveByPrices(puzzle: Puzzle): Picks {
  const search = new PriceSearch(puzzle);
  for (let round = 0; round < ROUNDS_MAX && !search.isDone; round++) search.step();
  return search.best;
}

class PriceSearch {
  best: Picks = { picked: [], total: 0 };
  isDone = false;
  readonly #puzzle: Puzzle;
  readonly #prices: Float64Array;
  readonly #worths: Float64Array;
  readonly #order: Int32Array;
  readonly #slots: number;
  #bound = Number.POSITIVE_INFINITY;
  #stride = 1;
  #stale = 0;

  constructor(puzzle: Puzzle) {
    this.#puzzle = puzzle;
    this.#prices = new Float64Array(puzzle.room.length);
    this.#worths = Float64Array.from(puzzle.scores);
    this.#order = Int32Array.from(puzzle.scores.keys());
    this.#slots = puzzle.blockSlots.reduce((sum, slots) => sum + slots, 0);
  }

  step(): void {
    this.#order.sort((a, b) => (this.#worths[b] ?? 0) - (this.#worths[a] ?? 0) || a - b);
    const feasible = this.#draw(Int32Array.from(this.#puzzle.room));
    const { length } = this.best.picked;
    if (feasible.picked.length > length || (feasible.picked.length === length && feasible.total > this.best.total)) this.best = feasible;
    const relaxed = this.#draw(undefined);
    const bound = this.#boundOf(relaxed);
    this.#stale = bound < this.#bound - 1e-9 ? 0 : this.#stale + 1;
    this.#bound = Math.min(this.#bound, bound);
    if (this.#stale >= PATIENCE) {
      this.#stride /= 2;
      this.#stale = 0;
    }
    const goal = this.best.picked.length === this.#slots ? this.best.total : this.#bound * 0.95;
    this.isDone = (this.best.picked.length === this.#slots && this.#bound - goal <= GAP_DONE * this.#bound) || !this.#reprice(relaxed, bound - goal);
  }

  /** Best worth first into the first open block; without `room` the caps are left out of account. */
  #draw(room: Int32Array | undefined): Picks {
    const { scores, masks, blockSlots } = this.#puzzle;
    const open = [...blockSlots];
    const picked: { candidate: number; block: number }[] = [];
    let total = 0;
    for (const candidate of this.#order) {
      if (picked.length === this.#slots) break;
      const block = open.findIndex((seats, index) => seats > 0 && ((masks[candidate] ?? 0) >> index) & 1);
      if (block < 0 || (room && !this.#takeRoom(candidate, room))) continue;
      open[block] = (open[block] ?? 0) - 1;
      picked.push({ candidate, block });
      total += scores[candidate] ?? 0;
    }
    return { picked, total };
  }

  #takeRoom(candidate: number, room: Int32Array): boolean {
    const { keys, keyStarts } = this.#puzzle;
    const [from, to] = [keyStarts[candidate] ?? 0, keyStarts[candidate + 1] ?? 0];
    for (let at = from; at < to; at++) if ((room[keys[at] ?? 0] ?? 0) <= 0) return false;
    for (let at = from; at < to; at++) room[keys[at] ?? 0] = (room[keys[at] ?? 0] ?? 0) - 1;
    return true;
  }

  #boundOf({ picked }: Picks): number {
    let bound = 0;
    for (const { candidate } of picked) bound += this.#worths[candidate] ?? 0;
    for (const [key, price] of this.#prices.entries()) bound += price * (this.#puzzle.room[key] ?? 0);
    return bound;
  }

  /** Moves prices toward where the relaxed list would keep the caps; false when it does. */
  #reprice({ picked }: Picks, gap: number): boolean {
    const { keys, keyStarts, room } = this.#puzzle;
    const excess = Float64Array.from(room, (seats) => -seats);
    for (const { candidate } of picked) {
      for (let at = keyStarts[candidate] ?? 0; at < (keyStarts[candidate + 1] ?? 0); at++) excess[keys[at] ?? 0] = (excess[keys[at] ?? 0] ?? 0) + 1;
    }
    let norm = 0;
    for (const [key, over] of excess.entries()) if (over > 0 || (this.#prices[key] ?? 0) > 0) norm += over * over;
    if (norm === 0) return false;
    const stride = (this.#stride * Math.max(gap, 1e-6)) / norm;
    for (const [key, over] of excess.entries()) this.#prices[key] = Math.max(0, (this.#prices[key] ?? 0) + stride * over);
    this.#reckonWorths();
    return true;
  }

  #reckonWorths(): void {
    const { scores, keys, keyStarts } = this.#puzzle;
    for (const [candidate, score] of scores.entries()) {
      let worth = score;
      for (let at = keyStarts[candidate] ?? 0; at < (keyStarts[candidate + 1] ?? 0); at++) worth -= this.#prices[keys[at] ?? 0] ?? 0;
      this.#worths[candidate] = worth;
    }
  }
}
