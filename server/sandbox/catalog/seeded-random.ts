/** 32 well-mixed bits from a few integers: the same in, the same out, on every machine. */
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

/** A small stream of chance with a seed. Not for secrets. */
export interface SeededRandom {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [0, bound). */
  below(bound: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Bell-shaped around `mean`, never more than three deviations away. */
  bell(mean: number, deviation: number): number;
}

/** A class because streams are made by the dozen for every album: methods on a prototype cost nothing to make. */
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
    // Three uniform draws: deviation of their sum is 0.5, which the factor 2 turns into 1.
    return mean + (this.next() + this.next() + this.next() - 1.5) * 2 * deviation;
  }
}

/** The same seed, the same stream. */
export function seededRandom(seed: number): SeededRandom {
  return new Mulberry(seed);
}
