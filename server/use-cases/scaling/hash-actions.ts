import { sha256 } from '#server/use-cases/sync/plan/plan-hash.ts';
import type { ScalingAction } from '#shared/contracts/scaling/scaling.ts';

/** Names what a plan would do. The same actions have the same hash whatever was counted on the way to them; their reasons may have other figures. */
export function hashActions(actions: readonly ScalingAction[]): string {
  return sha256(JSON.stringify(actions.map(({ why: _why, ...what }) => Object.entries(what).toSorted(([a], [b]) => (a < b ? -1 : 1)))));
}
