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
  isDone = false;
  readonly #puzzle: ListProblem;
  readonly #prices: Float64Array;
  readonly #netScores: Float64Array;
  /** Candidates by net score, best first; ties by the lower number. */
  #order: Int32Array;
  #otherOrder: Int32Array;
  /** 1 where the net score changed since the last sort. */
  readonly #isMoved: Uint8Array;
  readonly #room: Int32Array;
  readonly #excess: Float64Array;
  readonly #slots: number;
  readonly #feasible: Picks;
  readonly #relaxed: Picks;
  readonly #best: Picks;
  #bound = Number.POSITIVE_INFINITY;
  #stepLength = 1;
  #roundsWithoutGain = 0;

  constructor(puzzle: ListProblem) {
    const { scores, capacities, blockSlots } = puzzle;
    this.#puzzle = puzzle;
    this.#prices = new Float64Array(capacities.length);
    this.#netScores = Float64Array.from(scores);
    this.#order = Int32Array.from(scores.keys()).toSorted((a, b) => this.#compare(a, b));
    this.#otherOrder = new Int32Array(scores.length);
    this.#isMoved = new Uint8Array(scores.length);
    this.#room = new Int32Array(capacities.length);
    this.#excess = new Float64Array(capacities.length);
    this.#slots = blockSlots.reduce((sum, slots) => sum + slots, 0);
    const places = Math.min(this.#slots, scores.length);
    this.#feasible = new Picks(places);
    this.#relaxed = new Picks(places);
    this.#best = new Picks(places);
  }

  get best(): ListSolution {
    const { candidates, blocks, count, total } = this.#best;
    return { picked: Array.from({ length: count }, (_, at) => ({ candidate: candidates[at] ?? 0, block: blocks[at] ?? 0 })), total };
  }

  step(): void {
    this.#room.set(this.#puzzle.capacities);
    this.#chooseGreedily(this.#feasible, this.#room);
    const best = this.#best;
    if (this.#feasible.count > best.count || (this.#feasible.count === best.count && this.#feasible.total > best.total)) best.copy(this.#feasible);
    this.#chooseGreedily(this.#relaxed, undefined);
    const bound = this.#boundOfRelaxed();
    this.#roundsWithoutGain = bound < this.#bound - 1e-9 ? 0 : this.#roundsWithoutGain + 1;
    this.#bound = Math.min(this.#bound, bound);
    if (this.#roundsWithoutGain >= PATIENCE) {
      this.#stepLength /= 2;
      this.#roundsWithoutGain = 0;
    }
    const isFull = best.count === this.#slots;
    const goal = isFull ? best.total : this.#bound * 0.95;
    this.isDone = (isFull && this.#bound - goal <= GAP_DONE * this.#bound) || !this.#updatePrices(bound - goal);
  }

  #compare(a: number, b: number): number {
    return (this.#netScores[b] ?? 0) - (this.#netScores[a] ?? 0) || a - b;
  }

  /** Highest net score first into the first open block; without `room` the caps are ignored. */
  #chooseGreedily(picks: Picks, room: Int32Array | undefined): void {
    const { scores, masks, blockSlots } = this.#puzzle;
    const open = blockSlots.slice();
    const order = this.#order;
    picks.count = 0;
    picks.total = 0;
    for (let at = 0; at < order.length && picks.count < this.#slots; at++) {
      const candidate = order[at] ?? 0;
      const mask = masks[candidate] ?? 0;
      let block = 0;
      while (block < open.length && ((open[block] ?? 0) <= 0 || ((mask >> block) & 1) === 0)) block += 1;
      if (block === open.length || (room && !this.#takeCapacity(candidate, room))) continue;
      open[block] = (open[block] ?? 0) - 1;
      picks.candidates[picks.count] = candidate;
      picks.blocks[picks.count] = block;
      picks.count += 1;
      picks.total += scores[candidate] ?? 0;
    }
  }

  #takeCapacity(candidate: number, room: Int32Array): boolean {
    const { keys, keyStarts } = this.#puzzle;
    const [from, to] = [keyStarts[candidate] ?? 0, keyStarts[candidate + 1] ?? 0];
    for (let at = from; at < to; at++) if ((room[keys[at] ?? 0] ?? 0) <= 0) return false;
    for (let at = from; at < to; at++) room[keys[at] ?? 0] = (room[keys[at] ?? 0] ?? 0) - 1;
    return true;
  }

  #boundOfRelaxed(): number {
    const { capacities } = this.#puzzle;
    const { candidates, count } = this.#relaxed;
    let bound = 0;
    for (let at = 0; at < count; at++) bound += this.#netScores[candidates[at] ?? 0] ?? 0;
    for (let key = 0; key < capacities.length; key++) bound += (this.#prices[key] ?? 0) * (capacities[key] ?? 0);
    return bound;
  }

  /** Moves prices toward values at which the relaxed list keeps the caps; false when it already does. */
  #updatePrices(gap: number): boolean {
    const { keys, keyStarts, capacities } = this.#puzzle;
    const excess = this.#excess;
    const prices = this.#prices;
    for (let key = 0; key < excess.length; key++) excess[key] = -(capacities[key] ?? 0);
    for (let place = 0; place < this.#relaxed.count; place++) {
      const candidate = this.#relaxed.candidates[place] ?? 0;
      for (let at = keyStarts[candidate] ?? 0; at < (keyStarts[candidate + 1] ?? 0); at++) excess[keys[at] ?? 0] = (excess[keys[at] ?? 0] ?? 0) + 1;
    }
    let norm = 0;
    for (let key = 0; key < excess.length; key++) {
      const over = excess[key] ?? 0;
      if (over > 0 || (prices[key] ?? 0) > 0) norm += over * over;
    }
    if (norm === 0) return false;
    const step = (this.#stepLength * Math.max(gap, 1e-6)) / norm;
    for (let key = 0; key < excess.length; key++) prices[key] = Math.max(0, (prices[key] ?? 0) + step * (excess[key] ?? 0));
    this.#updateNetScores();
    return true;
  }

  #updateNetScores(): void {
    const { scores, keys, keyStarts } = this.#puzzle;
    for (let candidate = 0; candidate < scores.length; candidate++) {
      let netScore = scores[candidate] ?? 0;
      for (let at = keyStarts[candidate] ?? 0; at < (keyStarts[candidate + 1] ?? 0); at++) netScore -= this.#prices[keys[at] ?? 0] ?? 0;
      this.#isMoved[candidate] = netScore === this.#netScores[candidate] ? 0 : 1;
      this.#netScores[candidate] = netScore;
    }
    this.#sortMoved();
  }

  /** Sorts the candidates with a changed net score and merges them with the others, which are still in order: few change in a round. */
  #sortMoved(): void {
    const before = this.#order;
    const after = this.#otherOrder;
    const moved: number[] = [];
    for (let at = 0; at < before.length; at++) if (this.#isMoved[before[at] ?? 0] === 1) moved.push(before[at] ?? 0);
    moved.sort((a, b) => this.#compare(a, b));
    let next = 0;
    let place = 0;
    for (let at = 0; at < before.length; at++) {
      const candidate = before[at] ?? 0;
      if (this.#isMoved[candidate] === 1) continue;
      while (next < moved.length && this.#compare(moved[next] ?? 0, candidate) < 0) after[place++] = moved[next++] ?? 0;
      after[place++] = candidate;
    }
    while (next < moved.length) after[place++] = moved[next++] ?? 0;
    this.#order = after;
    this.#otherOrder = before;
  }
}

/** Chosen candidates with their blocks, in reused arrays. */
class Picks {
  readonly candidates: Int32Array;
  readonly blocks: Int32Array;
  count = 0;
  total = 0;

  constructor(places: number) {
    this.candidates = new Int32Array(places);
    this.blocks = new Int32Array(places);
  }

  copy({ candidates, blocks, count, total }: Picks): void {
    this.candidates.set(candidates);
    this.blocks.set(blocks);
    this.count = count;
    this.total = total;
  }
}
