/**
 * One executable line of the fault matrix: `npm run faults -- F01 --dose 50 --seed 7`, and with a small dose in the suite.
 * `run` throws when an invariant is broken, with the details; it returns counts.
 */
export interface Fault {
  readonly name: `F${string}`;
  readonly what: string;
  /** The dose of the suite: seconds, not minutes. */
  readonly smallDose: number;
  readonly run: (dose: { readonly dose: number; readonly seed: number; readonly report: (line: string) => void }) => Promise<FaultCounts>;
}

/** Counts of injected faults and results, printed one per line. */
export type FaultCounts = Readonly<Record<string, number>>;
