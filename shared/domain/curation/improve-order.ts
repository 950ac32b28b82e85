import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { FlowCosts } from './flow.ts';

/** Tracks in an order, with the artist separation that must not get worse and the positions that are fixed. */
export interface OrderProblem {
  readonly rows: readonly number[];
  readonly catalog: Catalog;
  readonly gap: number;
  /** The costs of an order of these rows; tracks go by their number in the rows. */
  readonly costsOf: (rows: readonly number[]) => FlowCosts;
  /** Row by position, from 0. */
  readonly fixed: ReadonlyMap<number, number>;
}

/** Maximum passes over all pairs; later passes gain almost nothing. Long lists get fewer, because a pass is quadratic. */
const PASSES_MAX = 8;
const PAIRS_MAX = 400_000;
const GAIN_MIN = 1e-6;
/** Longest segment reversed under an arc: longer ones are slow to evaluate and rarely help, because every track in them leaves its energy. */
const REVERSED_UNDER_ARC_MAX = 30;

/**
 * Improves the flow of an order by 2-opt: reverses segments and swaps pairs where that lowers the cost and brings no two tracks of an artist closer
 * than the gap, or than they were. Reduces violations of the gap first. Deterministic.
 */
export function improveOrder(line: OrderProblem): number[] {
  const path = new Path(line);
  const count = line.rows.length;
  const passes = Math.max(1, Math.min(PASSES_MAX, Math.floor(PAIRS_MAX / Math.max(1, count * count))));
  for (let pass = 0; pass < passes; pass++) {
    let improved = false;
    for (let from = 0; from < count - 1; from++) {
      for (let to = from + 1; to < count; to++) improved = path.tryReverse(from, to) || path.trySwap(from, to) || improved;
    }
    if (!improved) break;
  }
  return path.rows();
}

/** The current order, with all step costs and shared artists calculated once. Tracks are identified by their index in the input. */
class Path {
  readonly #order: Int32Array;
  readonly #given: readonly number[];
  readonly #gap: number;
  readonly #count: number;
  readonly #costs: FlowCosts;
  readonly #shared: Uint8Array;
  /** Number of fixed positions before each one. */
  readonly #fixedBefore: Int32Array;
  /** Whether any two tracks of an artist are closer than the gap. */
  #hasViolation: boolean;

  constructor({ rows, catalog, gap, costsOf, fixed }: OrderProblem) {
    this.#given = rows;
    this.#gap = gap;
    this.#count = rows.length;
    this.#order = Int32Array.from(rows.keys());
    this.#costs = costsOf(rows);
    this.#shared = new Uint8Array(rows.length ** 2);
    this.#fixedBefore = new Int32Array(rows.length + 1);
    for (let position = 0; position < rows.length; position++)
      this.#fixedBefore[position + 1] = (this.#fixedBefore[position] ?? 0) + (fixed.has(position) ? 1 : 0);
    const artists = rows.map((row) => [...artistsOf(catalog, row)]);
    for (const a of rows.keys()) {
      for (let b = 0; b < a; b++) {
        const isShared = artists[a]?.some((artist) => artists[b]?.includes(artist)) ? 1 : 0;
        this.#shared[a * this.#count + b] = this.#shared[b * this.#count + a] = isShared;
      }
    }
    this.#hasViolation = rows.some((_, position) => this.#violationAt(position) > 0);
  }

  rows(): number[] {
    return Array.from(this.#order, (number) => this.#given[number] ?? 0);
  }

  /** Reverses the segment if that is better. */
  tryReverse(from: number, to: number): boolean {
    if (this.#isFixed(from, to) || (this.#costs.positions && to - from > REVERSED_UNDER_ARC_MAX)) return false;
    const gain =
      this.#step(from - 1, from) + this.#step(to, to + 1) - this.#step(from - 1, to) - this.#step(from, to + 1) + this.#gainOfPositions(from, to);
    if (gain <= GAIN_MIN && !this.#hasViolation) return false;
    const before = this.#violation(from, to);
    this.#order.subarray(from, to + 1).reverse();
    if (isBetter(this.#violation(from, to) - before, gain)) return true;
    this.#order.subarray(from, to + 1).reverse();
    return false;
  }

  /** Swaps two tracks that are not neighbors if that is better; for neighbors a reversal does the same. */
  trySwap(a: number, b: number): boolean {
    if (b === a + 1 || this.#isFixed(a, a) || this.#isFixed(b, b)) return false;
    const now = this.#step(a - 1, a) + this.#step(a, a + 1) + this.#step(b - 1, b) + this.#step(b, b + 1);
    const then = this.#step(a - 1, b) + this.#step(b, a + 1) + this.#step(b - 1, a) + this.#step(a, b + 1);
    const gain = now - then + this.#positionCost(a, a) + this.#positionCost(b, b) - this.#positionCost(a, b) - this.#positionCost(b, a);
    if (gain <= GAIN_MIN && !this.#hasViolation) return false;
    const before = this.#violationAt(a) + this.#violationAt(b);
    this.#swap(a, b);
    if (isBetter(this.#violationAt(a) + this.#violationAt(b) - before, gain)) return true;
    this.#swap(a, b);
    return false;
  }

  #isFixed(from: number, to: number): boolean {
    return (this.#fixedBefore[to + 1] ?? 0) > (this.#fixedBefore[from] ?? 0);
  }

  #swap(a: number, b: number): void {
    const first = this.#order[a] ?? 0;
    this.#order[a] = this.#order[b] ?? 0;
    this.#order[b] = first;
  }

  /** The step cost between the tracks at two positions; 0 beyond the ends. */
  #step(a: number, b: number): number {
    if (a < 0 || b >= this.#count) return 0;
    return this.#costs.steps[(this.#order[a] ?? 0) * this.#count + (this.#order[b] ?? 0)] ?? 0;
  }

  /** The position cost of the track at one position when moved to another. */
  #positionCost(of: number, at: number): number {
    return this.#costs.positions?.[(this.#order[of] ?? 0) * this.#count + at] ?? 0;
  }

  #gainOfPositions(from: number, to: number): number {
    if (!this.#costs.positions) return 0;
    let gain = 0;
    for (let at = from; at <= to; at++) gain += this.#positionCost(at, at) - this.#positionCost(at, from + to - at);
    return gain;
  }

  /** Total violation of the gap over pairs with at least one track in the segment. */
  #violation(from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < Math.min(to + 1, from + this.#gap); at++) sum += this.#violationWith(at, at - this.#gap + 1, from);
    for (let at = to + 1; at < Math.min(this.#count, to + this.#gap); at++)
      sum += this.#violationWith(at, Math.max(from, at - this.#gap + 1), to + 1);
    return sum;
  }

  #violationAt(at: number): number {
    return this.#violationWith(at, at - this.#gap + 1, at) + this.#violationWith(at, at + 1, at + this.#gap);
  }

  /** Violation of the gap between one position and those from `start` up to, not including, `end`. */
  #violationWith(at: number, start: number, end: number): number {
    const own = (this.#order[at] ?? 0) * this.#count;
    let sum = 0;
    for (let other = Math.max(0, start); other < Math.min(end, this.#count); other++) {
      if (this.#shared[own + (this.#order[other] ?? 0)] === 1) sum += this.#gap - Math.abs(at - other);
    }
    return sum;
  }
}

/** Less violation of the gap is always better; with equal violation, lower cost is better. */
function isBetter(addedViolation: number, gain: number): boolean {
  return addedViolation < 0 || (addedViolation === 0 && gain > GAIN_MIN);
}
