import type { Flow } from '#shared/contracts/policies/policy.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { flowCosts } from './flow.ts';
import type { FlowCosts } from './flow.ts';

/** Tracks in an order, with the separation of artists that must not get worse and the places that are not to be touched. */
export interface Line {
  readonly rows: readonly number[];
  readonly catalogue: Catalogue;
  readonly gap: number;
  readonly flow: Flow;
  /** Row by place, from 0. */
  readonly fixed: ReadonlyMap<number, number>;
}

/** Passes over all pairs; improvement has nearly stopped by then. Long lists get fewer, because a pass is quadratic. */
const PASSES_MAX = 8;
const PAIRS_MAX = 400_000;
const GAIN_MIN = 1e-6;
/** Under an arc a long stretch turned around costs much to weigh and hardly ever helps: everything in it would leave its height. */
const TURN_UNDER_ARC_MAX = 30;

/**
 * Makes an order flow as wished: turns stretches around and exchanges pairs wherever that costs less and brings no two tracks of an artist nearer
 * than the gap, or than they were; what stands too near is parted first. Deterministic.
 */
export function improveOrder(line: Line): number[] {
  const path = new Path(line);
  const count = line.rows.length;
  const passes = Math.max(1, Math.min(PASSES_MAX, Math.floor(PAIRS_MAX / Math.max(1, count * count))));
  for (let pass = 0; pass < passes; pass++) {
    let improved = false;
    for (let from = 0; from < count - 1; from++) {
      for (let to = from + 1; to < count; to++) improved = path.tryTurn(from, to) || path.tryExchange(from, to) || improved;
    }
    if (!improved) break;
  }
  return path.rows();
}

/** The order under work, with every step and every shared artist looked up once. Tracks go by their number in the line as given. */
class Path {
  readonly #order: Int32Array;
  readonly #given: readonly number[];
  readonly #gap: number;
  readonly #count: number;
  readonly #costs: FlowCosts;
  readonly #shared: Uint8Array;
  /** How many places up to each one are fixed. */
  readonly #fixedBefore: Int32Array;
  /** Whether any two tracks of an artist stand too near. */
  #isCrowded: boolean;

  constructor({ rows, catalogue, gap, flow, fixed }: Line) {
    this.#given = rows;
    this.#gap = gap;
    this.#count = rows.length;
    this.#order = Int32Array.from(rows.keys());
    this.#costs = flowCosts(catalogue, rows, flow);
    this.#shared = new Uint8Array(rows.length ** 2);
    this.#fixedBefore = new Int32Array(rows.length + 1);
    for (let place = 0; place < rows.length; place++) this.#fixedBefore[place + 1] = (this.#fixedBefore[place] ?? 0) + (fixed.has(place) ? 1 : 0);
    const artists = rows.map((row) => [...artistsOf(catalogue, row)]);
    for (const a of rows.keys()) {
      for (let b = 0; b < a; b++) {
        const isShared = artists[a]?.some((artist) => artists[b]?.includes(artist)) ? 1 : 0;
        this.#shared[a * this.#count + b] = this.#shared[b * this.#count + a] = isShared;
      }
    }
    this.#isCrowded = rows.some((_, place) => this.#crowdingAt(place) > 0);
  }

  rows(): number[] {
    return Array.from(this.#order, (number) => this.#given[number] ?? 0);
  }

  /** Turns the stretch around if that is better. */
  tryTurn(from: number, to: number): boolean {
    if (this.#isFixed(from, to) || (this.#costs.places && to - from > TURN_UNDER_ARC_MAX)) return false;
    const gain =
      this.#step(from - 1, from) + this.#step(to, to + 1) - this.#step(from - 1, to) - this.#step(from, to + 1) + this.#gainOfPlaces(from, to);
    if (gain <= GAIN_MIN && !this.#isCrowded) return false;
    const before = this.#crowding(from, to);
    this.#order.subarray(from, to + 1).reverse();
    if (isBetter(this.#crowding(from, to) - before, gain)) return true;
    this.#order.subarray(from, to + 1).reverse();
    return false;
  }

  /** Exchanges two tracks that are not neighbours if that is better; for neighbours that is a turn. */
  tryExchange(a: number, b: number): boolean {
    if (b === a + 1 || this.#isFixed(a, a) || this.#isFixed(b, b)) return false;
    const now = this.#step(a - 1, a) + this.#step(a, a + 1) + this.#step(b - 1, b) + this.#step(b, b + 1);
    const then = this.#step(a - 1, b) + this.#step(b, a + 1) + this.#step(b - 1, a) + this.#step(a, b + 1);
    const gain = now - then + this.#place(a, a) + this.#place(b, b) - this.#place(a, b) - this.#place(b, a);
    if (gain <= GAIN_MIN && !this.#isCrowded) return false;
    const before = this.#crowdingAt(a) + this.#crowdingAt(b);
    this.#exchange(a, b);
    if (isBetter(this.#crowdingAt(a) + this.#crowdingAt(b) - before, gain)) return true;
    this.#exchange(a, b);
    return false;
  }

  #isFixed(from: number, to: number): boolean {
    return (this.#fixedBefore[to + 1] ?? 0) > (this.#fixedBefore[from] ?? 0);
  }

  #exchange(a: number, b: number): void {
    const first = this.#order[a] ?? 0;
    this.#order[a] = this.#order[b] ?? 0;
    this.#order[b] = first;
  }

  /** The step between the tracks at two places; nothing beyond the ends. */
  #step(a: number, b: number): number {
    if (a < 0 || b >= this.#count) return 0;
    return this.#costs.steps[(this.#order[a] ?? 0) * this.#count + (this.#order[b] ?? 0)] ?? 0;
  }

  /** What the track at one place costs at another. */
  #place(of: number, at: number): number {
    return this.#costs.places?.[(this.#order[of] ?? 0) * this.#count + at] ?? 0;
  }

  #gainOfPlaces(from: number, to: number): number {
    if (!this.#costs.places) return 0;
    let gain = 0;
    for (let at = from; at <= to; at++) gain += this.#place(at, at) - this.#place(at, from + to - at);
    return gain;
  }

  /** How much too near tracks of one artist are, over pairs with one end in the stretch. */
  #crowding(from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < Math.min(to + 1, from + this.#gap); at++) sum += this.#crowdingWith(at, at - this.#gap + 1, from);
    for (let at = to + 1; at < Math.min(this.#count, to + this.#gap); at++) sum += this.#crowdingWith(at, Math.max(from, at - this.#gap + 1), to + 1);
    return sum;
  }

  #crowdingAt(at: number): number {
    return this.#crowdingWith(at, at - this.#gap + 1, at) + this.#crowdingWith(at, at + 1, at + this.#gap);
  }

  /** Crowding of one place with those from `start` up to, not including, `end`. */
  #crowdingWith(at: number, start: number, end: number): number {
    const own = (this.#order[at] ?? 0) * this.#count;
    let sum = 0;
    for (let other = Math.max(0, start); other < Math.min(end, this.#count); other++) {
      if (this.#shared[own + (this.#order[other] ?? 0)] === 1) sum += this.#gap - Math.abs(at - other);
    }
    return sum;
  }
}

/** Less crowding is better whatever it costs; as much is better when it costs less. */
function isBetter(moreCrowding: number, gain: number): boolean {
  return moreCrowding < 0 || (moreCrowding === 0 && gain > GAIN_MIN);
}
