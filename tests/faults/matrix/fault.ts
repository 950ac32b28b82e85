/**
 * One line of the fault matrix as a thing that can be run: `npm run faults -- F01 --dose 50 --seed 7`, and with a small dose in the suite.
 * `run` throws when an invariant is broken, with what was found; it says what it counted.
 */
export interface Fault {
  readonly name: `F${string}`;
  readonly what: string;
  /** The dose of the suite: seconds, not minutes. */
  readonly smallDose: number;
  readonly run: (dose: { readonly dose: number; readonly seed: number; readonly say: (line: string) => void }) => Promise<FaultCounts>;
}

/** What was injected and found: printed, one line a count. */
export type FaultCounts = Readonly<Record<string, number>>;
