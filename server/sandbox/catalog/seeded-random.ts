/** Hashes up to three integers to 32 bits; deterministic on every machine. */
export function mix(a: number, b: number, c = 0): number {
  let h = (a ^ 0x9e3779b9) | 0;
  h = Math.imul(h ^ b, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h ^ c, 0xc2b2ae35);
  h ^= h >>> 16;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** A seeded pseudo-random number generator. Not for secrets. */
export interface SeededRandom {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [0, bound). */
  below(bound: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Approximately normal around `mean`, never more than three deviations away. */
  bell(mean: number, deviation: number): number;
}

/** The mulberry32 generator. A class, because dozens are created per album and prototype methods need no allocation. */
class Mulberry implements SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const chosen = list[this.below(list.length)];
    if (chosen === undefined) throw new RangeError('Nothing to pick from.');
    return chosen;
  }

  bell(mean: number, deviation: number): number {
    // The sum of three uniform draws has a standard deviation of 0.5; the factor 2 scales it to 1.
    return mean + (this.next() + this.next() + this.next() - 1.5) * 2 * deviation;
  }
}

/** Creates a generator; the same seed gives the same sequence. */
export function seededRandom(seed: number): SeededRandom {
  return new Mulberry(seed);
}
