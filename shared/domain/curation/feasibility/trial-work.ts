/**
 * What may be played forward while somebody waits, counted in places filled and recordings looked through: about ten seconds of a busy core.
 * Anything longer is for a simulation, which has a worker of its own, and time.
 */
const UNITS_MAX = 300_000;
/** A single day is decided in few steps, and nobody else is answered within one. */
const PLACES_A_DAY_MAX = 2_000;
/** Looking through so many recordings takes as long as filling one place. */
const ROWS_A_UNIT = 200;

interface Sized {
  readonly policy: { readonly size: number };
}

/** Places of a day in all of the lists. */
export function placesOf(lists: readonly Sized[]): number {
  return lists.reduce((sum, list) => sum + list.policy.size, 0);
}

/** Bounds the days that a judgement plays forward, all trials together. */
export class TrialWork {
  #left: number;

  constructor(units = UNITS_MAX) {
    this.#left = units;
  }

  /** Whether one more day may be played; then it is paid for. */
  takeDay(lists: readonly Sized[], rows: number): boolean {
    const places = placesOf(lists);
    const cost = places + rows / ROWS_A_UNIT;
    if (places > PLACES_A_DAY_MAX || cost > this.#left) return false;
    this.#left -= cost;
    return true;
  }
}
