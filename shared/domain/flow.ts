import { artistsOf } from './catalogue-columns.ts';
import type { Catalogue } from './catalogue-columns.ts';

/** Tracks in an order, with the separation of artists that must not get worse. */
export interface Line {
  readonly rows: number[];
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
const GAIN_MIN = 1e-9;

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
  return path.rows;
}

class Path {
  readonly rows: number[];
  readonly #catalogue: Catalogue;
  readonly #gap: number;
  readonly #artists: Map<number, Int32Array>;

  constructor(line: Line) {
    this.rows = line.rows;
    this.#catalogue = line.catalogue;
    this.#gap = line.gap;
    this.#artists = new Map(line.rows.map((row) => [row, artistsOf(line.catalogue, row)]));
  }

  /** Turns the stretch around if that is smoother. */
  tryTurn(from: number, to: number): boolean {
    const gain = this.#step(from - 1, from) + this.#step(to, to + 1) - this.#between(from - 1, to) - this.#between(from, to + 1);
    if (gain <= GAIN_MIN) return false;
    const before = this.#crowding(from, to);
    this.#turn(from, to);
    if (this.#crowding(from, to) <= before) return true;
    this.#turn(from, to);
    return false;
  }

  /** Exchanges two tracks if that is smoother. */
  tryExchange(a: number, b: number): boolean {
    const before = this.#around(a, b);
    const crowding = this.#crowdingAt(a) + this.#crowdingAt(b);
    this.#exchange(a, b);
    if (this.#around(a, b) < before - GAIN_MIN && this.#crowdingAt(a) + this.#crowdingAt(b) <= crowding) return true;
    this.#exchange(a, b);
    return false;
  }

  #turn(from: number, to: number): void {
    for (let a = from, b = to; a < b; a++, b--) this.#exchange(a, b);
  }

  #exchange(a: number, b: number): void {
    const row = this.rows[a] ?? 0;
    this.rows[a] = this.rows[b] ?? 0;
    this.rows[b] = row;
  }

  /** The steps that touch two positions. */
  #around(a: number, b: number): number {
    const shared = b === a + 1 ? 0 : this.#step(a, a + 1) + this.#step(b - 1, b);
    return this.#step(a - 1, a) + shared + this.#step(b, b + 1);
  }

  #step(a: number, b: number): number {
    return this.#between(a, b);
  }

  #between(a: number, b: number): number {
    const first = this.rows[a];
    const second = this.rows[b];
    return first === undefined || second === undefined ? 0 : stepBetween(this.#catalogue, first, second);
  }

  /** How much too near tracks of one artist are, over pairs with one end in the stretch. */
  #crowding(from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < Math.min(to + 1, from + this.#gap); at++) sum += this.#crowdingBefore(at, from);
    for (let at = to + 1; at < Math.min(this.rows.length, to + this.#gap); at++) sum += this.#crowdingBefore(at, to + 1, from);
    return sum;
  }

  /** Crowding of one position with positions before `end`, not before `start`. */
  #crowdingBefore(at: number, end: number, start = 0): number {
    let sum = 0;
    for (let other = Math.max(start, at - this.#gap + 1); other < end; other++) sum += this.#isShared(at, other) ? this.#gap - (at - other) : 0;
    return sum;
  }

  #crowdingAt(at: number): number {
    let sum = this.#crowdingBefore(at, at);
    for (let other = at + 1; other < Math.min(this.rows.length, at + this.#gap); other++)
      sum += this.#isShared(at, other) ? this.#gap - (other - at) : 0;
    return sum;
  }

  #isShared(a: number, b: number): boolean {
    const first = this.#artists.get(this.rows[a] ?? -1);
    const second = this.#artists.get(this.rows[b] ?? -1);
    return first !== undefined && second !== undefined && first.some((artist) => second.includes(artist));
  }
}

/** How far apart two tracks sound: energy and tempo, an unknown one being a middling step. */
export function stepBetween(catalogue: Catalogue, a: number, b: number): number {
  const { energy, tempo } = catalogue.numbers;
  return apart(energy, { a, b, span: 1 }) + apart(tempo, { a, b, span: TEMPO_SPAN });
}

function apart(values: Float32Array, { a, b, span }: { a: number; b: number; span: number }): number {
  const difference = Math.abs((values[a] ?? Number.NaN) - (values[b] ?? Number.NaN)) / span;
  return Number.isNaN(difference) ? UNKNOWN_STEP : difference;
}
