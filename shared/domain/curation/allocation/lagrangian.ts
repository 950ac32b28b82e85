/** The problem of choosing one list from candidates, as typed arrays. Keys are artists and albums, numbered from 0. */
export interface ListProblem {
  readonly scores: Float64Array;
  /** Keys of candidate i: `keys[keyStarts[i]]` up to, not including, `keys[keyStarts[i + 1]]`. */
  readonly keyStarts: Int32Array;
  readonly keys: Int32Array;
  /** Remaining capacity of each key in the list. */
  readonly capacities: Int32Array;
  /** Bit b is set when block b admits the candidate. */
  readonly masks: Int32Array;
  readonly blockSlots: readonly number[];
}

export interface ListSolution {
  readonly picked: readonly { readonly candidate: number; readonly block: number }[];
  readonly total: number;
}

/** Iterations of the subgradient method; most lists converge long before. */
const ROUNDS_MAX = 150;
/** Rounds without a better bound after which the step is halved. */
const PATIENCE = 8;
/** A list within this share of the bound counts as optimal. */
const GAP_DONE = 1e-4;

/**
 * Chooses the longest, then highest-scoring list under caps by Lagrangian relaxation: artists and albums over their cap get a price (multiplier), the
 * list is chosen greedily by score minus prices, and prices follow Polyak's subgradient step. The first round is plain greedy, so it is never worse.
 */
export function solveByLagrangian(puzzle: ListProblem): ListSolution {
  const solver = new LagrangianSolver(puzzle);
  for (let round = 0; round < ROUNDS_MAX && !solver.isDone; round++) solver.step();
  return solver.best;
}

class LagrangianSolver {
  best: ListSolution = { picked: [], total: 0 };
  isDone = false;
  readonly #puzzle: ListProblem;
  readonly #prices: Float64Array;
  readonly #netScores: Float64Array;
  readonly #order: Int32Array;
  readonly #slots: number;
  #bound = Number.POSITIVE_INFINITY;
  #stepLength = 1;
  #roundsWithoutGain = 0;

  constructor(puzzle: ListProblem) {
    this.#puzzle = puzzle;
    this.#prices = new Float64Array(puzzle.capacities.length);
    this.#netScores = Float64Array.from(puzzle.scores);
    this.#order = Int32Array.from(puzzle.scores.keys());
    this.#slots = puzzle.blockSlots.reduce((sum, slots) => sum + slots, 0);
  }

  step(): void {
    this.#order.sort((a, b) => (this.#netScores[b] ?? 0) - (this.#netScores[a] ?? 0) || a - b);
    const feasible = this.#chooseGreedily(Int32Array.from(this.#puzzle.capacities));
    const { length } = this.best.picked;
    if (feasible.picked.length > length || (feasible.picked.length === length && feasible.total > this.best.total)) this.best = feasible;
    const relaxed = this.#chooseGreedily(undefined);
    const bound = this.#boundOf(relaxed);
    this.#roundsWithoutGain = bound < this.#bound - 1e-9 ? 0 : this.#roundsWithoutGain + 1;
    this.#bound = Math.min(this.#bound, bound);
    if (this.#roundsWithoutGain >= PATIENCE) {
      this.#stepLength /= 2;
      this.#roundsWithoutGain = 0;
    }
    const goal = this.best.picked.length === this.#slots ? this.best.total : this.#bound * 0.95;
    this.isDone =
      (this.best.picked.length === this.#slots && this.#bound - goal <= GAP_DONE * this.#bound) || !this.#updatePrices(relaxed, bound - goal);
  }

  /** Highest net score first into the first open block; without `room` the caps are ignored. */
  #chooseGreedily(room: Int32Array | undefined): ListSolution {
    const { scores, masks, blockSlots } = this.#puzzle;
    const open = [...blockSlots];
    const picked: { candidate: number; block: number }[] = [];
    let total = 0;
    for (const candidate of this.#order) {
      if (picked.length === this.#slots) break;
      const block = open.findIndex((slots, index) => slots > 0 && ((masks[candidate] ?? 0) >> index) & 1);
      if (block < 0 || (room && !this.#takeCapacity(candidate, room))) continue;
      open[block] = (open[block] ?? 0) - 1;
      picked.push({ candidate, block });
      total += scores[candidate] ?? 0;
    }
    return { picked, total };
  }

  #takeCapacity(candidate: number, room: Int32Array): boolean {
    const { keys, keyStarts } = this.#puzzle;
    const [from, to] = [keyStarts[candidate] ?? 0, keyStarts[candidate + 1] ?? 0];
    for (let at = from; at < to; at++) if ((room[keys[at] ?? 0] ?? 0) <= 0) return false;
    for (let at = from; at < to; at++) room[keys[at] ?? 0] = (room[keys[at] ?? 0] ?? 0) - 1;
    return true;
  }

  #boundOf({ picked }: ListSolution): number {
    let bound = 0;
    for (const { candidate } of picked) bound += this.#netScores[candidate] ?? 0;
    for (const [key, price] of this.#prices.entries()) bound += price * (this.#puzzle.capacities[key] ?? 0);
    return bound;
  }

  /** Moves prices toward values at which the relaxed list keeps the caps; false when it already does. */
  #updatePrices({ picked }: ListSolution, gap: number): boolean {
    const { keys, keyStarts, capacities: room } = this.#puzzle;
    const excess = Float64Array.from(room, (capacity) => -capacity);
    for (const { candidate } of picked) {
      for (let at = keyStarts[candidate] ?? 0; at < (keyStarts[candidate + 1] ?? 0); at++) excess[keys[at] ?? 0] = (excess[keys[at] ?? 0] ?? 0) + 1;
    }
    let norm = 0;
    for (const [key, over] of excess.entries()) if (over > 0 || (this.#prices[key] ?? 0) > 0) norm += over * over;
    if (norm === 0) return false;
    const step = (this.#stepLength * Math.max(gap, 1e-6)) / norm;
    for (const [key, over] of excess.entries()) this.#prices[key] = Math.max(0, (this.#prices[key] ?? 0) + step * over);
    this.#updateNetScores();
    return true;
  }

  #updateNetScores(): void {
    const { scores, keys, keyStarts } = this.#puzzle;
    for (const [candidate, score] of scores.entries()) {
      let netScore = score;
      for (let at = keyStarts[candidate] ?? 0; at < (keyStarts[candidate + 1] ?? 0); at++) netScore -= this.#prices[keys[at] ?? 0] ?? 0;
      this.#netScores[candidate] = netScore;
    }
  }
}
