/**
 * Work budget of a simulation within a request, in units of one filled slot: about ten seconds of one core. Longer simulations run as a job in a worker.
 */
const UNITS_MAX = 300_000;
/** Maximum slots of one day: a day is decided in few steps, and each step blocks other requests. */
const PLACES_A_DAY_MAX = 2_000;
/** Ranking this many recordings takes as long as filling one slot. */
const ROWS_A_UNIT = 200;

interface Sized {
  readonly policy: { readonly size: number };
}

/** Total slots of all lists on a day. */
export function totalSlots(lists: readonly Sized[]): number {
  return lists.reduce((sum, list) => sum + list.policy.size, 0);
}

/** The remaining work budget of a feasibility check, shared by all its simulations. */
export class TrialBudget {
  #left: number;
  #isShort = false;

  constructor(units = UNITS_MAX) {
    this.#left = units;
  }

  /** Whether the budget allows one more day; if so, deducts its cost. */
  takeDay(lists: readonly Sized[], rows: number): boolean {
    const places = totalSlots(lists);
    const cost = places + rows / ROWS_A_UNIT;
    this.#isShort ||= cost > this.#left;
    if (places > PLACES_A_DAY_MAX || cost > this.#left) return false;
    this.#left -= cost;
    return true;
  }

  /** Deducts the cost of a simulation whose result is known already. */
  take(units: number): void {
    this.#left -= units;
  }

  get left(): number {
    return this.#left;
  }

  /** Whether a day was refused because too little was left. */
  get isShort(): boolean {
    return this.#isShort;
  }
}
