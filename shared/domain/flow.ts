import { artistsOf } from './catalogue-columns.ts';
import type { Catalogue } from './catalogue-columns.ts';

/** Tracks in an order, with the separation of artists that must not get worse. */
export interface Line {
  readonly rows: readonly number[];
  readonly catalogue: Catalogue;
  readonly gap: number;
}

/** Beats a minute that weigh as much as energy going from still to full. */
const TEMPO_SPAN = 120;
/** The step to a track of unknown sound: a middling one. */
const UNKNOWN_STEP = 0.25;
/** Passes over all pairs; improvement has nearly stopped by then. Long lists get fewer, because a pass is quadratic. */
const PASSES_MAX = 6;
const PAIRS_MAX = 400_000;
const GAIN_MIN = 1e-6;

/**
 * Makes the changes of energy and tempo between neighbours small: turns stretches around and exchanges pairs wherever that shortens the way
 * and brings no two tracks of an artist nearer than the gap, or than they were. Deterministic.
 */
export function smooth(line: Line): number[] {
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

/** How far apart two tracks sound: energy and tempo, an unknown one being a middling step. */
export function stepBetween(catalogue: Catalogue, a: number, b: number): number {
  const { energy, tempo } = catalogue.numbers;
  return apart((energy[a] ?? Number.NaN) - (energy[b] ?? Number.NaN)) + apart(((tempo[a] ?? Number.NaN) - (tempo[b] ?? Number.NaN)) / TEMPO_SPAN);
}

function apart(difference: number): number {
  return Number.isNaN(difference) ? UNKNOWN_STEP : Math.abs(difference);
}

/** The order under work, with every step and every shared artist looked up once. Tracks go by their number in the line as given. */
class Path {
  readonly #order: Int32Array;
  readonly #given: readonly number[];
  readonly #gap: number;
  readonly #count: number;
  readonly #steps: Float64Array;
  readonly #shared: Uint8Array;

  constructor({ rows, catalogue, gap }: Line) {
    this.#given = rows;
    this.#gap = gap;
    this.#count = rows.length;
    this.#order = Int32Array.from(rows.keys());
    this.#steps = new Float64Array(rows.length ** 2);
    this.#shared = new Uint8Array(rows.length ** 2);
    const artists = rows.map((row) => [...artistsOf(catalogue, row)]);
    for (const [a, row] of rows.entries()) {
      for (let b = 0; b < a; b++) {
        const step = stepBetween(catalogue, row, rows[b] ?? row);
        const isShared = artists[a]?.some((artist) => artists[b]?.includes(artist)) ? 1 : 0;
        this.#steps[a * this.#count + b] = this.#steps[b * this.#count + a] = step;
        this.#shared[a * this.#count + b] = this.#shared[b * this.#count + a] = isShared;
      }
    }
  }

  rows(): number[] {
    return Array.from(this.#order, (number) => this.#given[number] ?? 0);
  }

  /** Turns the stretch around if that is smoother. */
  tryTurn(from: number, to: number): boolean {
    const gain = this.#step(from - 1, from) + this.#step(to, to + 1) - this.#step(from - 1, to) - this.#step(from, to + 1);
    if (gain <= GAIN_MIN) return false;
    const before = this.#crowding(from, to);
    this.#order.subarray(from, to + 1).reverse();
    if (this.#crowding(from, to) <= before) return true;
    this.#order.subarray(from, to + 1).reverse();
    return false;
  }

  /** Exchanges two tracks that are not neighbours if that is smoother; for neighbours that is a turn. */
  tryExchange(a: number, b: number): boolean {
    if (b === a + 1) return false;
    const now = this.#step(a - 1, a) + this.#step(a, a + 1) + this.#step(b - 1, b) + this.#step(b, b + 1);
    const then = this.#step(a - 1, b) + this.#step(b, a + 1) + this.#step(b - 1, a) + this.#step(a, b + 1);
    if (now - then <= GAIN_MIN) return false;
    const before = this.#crowdingAt(a) + this.#crowdingAt(b);
    this.#exchange(a, b);
    if (this.#crowdingAt(a) + this.#crowdingAt(b) <= before) return true;
    this.#exchange(a, b);
    return false;
  }

  #exchange(a: number, b: number): void {
    const first = this.#order[a] ?? 0;
    this.#order[a] = this.#order[b] ?? 0;
    this.#order[b] = first;
  }

  /** The step between the tracks at two positions; nothing beyond the ends. */
  #step(a: number, b: number): number {
    if (a < 0 || b >= this.#count) return 0;
    return this.#steps[(this.#order[a] ?? 0) * this.#count + (this.#order[b] ?? 0)] ?? 0;
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

  /** Crowding of one position with those from `start` up to, not including, `end`. */
  #crowdingWith(at: number, start: number, end: number): number {
    const own = (this.#order[at] ?? 0) * this.#count;
    let sum = 0;
    for (let other = Math.max(0, start); other < Math.min(end, this.#count); other++) {
      if (this.#shared[own + (this.#order[other] ?? 0)] === 1) sum += this.#gap - Math.abs(at - other);
    }
    return sum;
  }
}
