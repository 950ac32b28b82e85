import type { Policy } from './policy.ts';
import type { FeasibilityView } from './policy-views.ts';

/**
 * The state of a feasibility check while it runs. States: counting or waiting for a thread → days → conflicts → nearest → done (`stage` null). `verdict`
 * only changes from `open`, once; what it says is exact from then on.
 */
export interface FeasibilityCheckView {
  readonly verdict: 'open' | FeasibilityView['kind'];
  /** What is being done: simulating days, finding the conflicting rules, or finding the nearest feasible policy. Null when done. */
  readonly stage: 'waiting' | 'days' | 'conflicts' | 'nearest' | null;
  /** The day being simulated, from 1, of so many; 0 before the first. */
  readonly day: number;
  readonly days: number;
  /** Number of other playlists simulated beside the policy's. */
  readonly others: number;
  /** The first day that fails; with `isLatest` it may fail earlier. */
  readonly failure: { readonly day: number; readonly on: string; readonly isLatest: boolean } | null;
  readonly pool: number;
  readonly needed: number;
  /** The exact result; null until then, and for an empty catalog. */
  readonly result: FeasibilityView | null;
  /** The nearest policy that was proved feasible for all days; null when none was found or needed. */
  readonly nearest: Policy | null;
}

/** A check of an empty catalog: nothing to say. */
export const NO_CHECK: FeasibilityCheckView = {
  verdict: 'open',
  stage: null,
  day: 0,
  days: 0,
  others: 0,
  failure: null,
  pool: 0,
  needed: 0,
  result: null,
  nearest: null,
};
