import { sha256 } from '#server/use-cases/sync/plan/plan-hash.ts';
import type { ScalingAction } from '#shared/contracts/scaling/scaling.ts';
import { sortedEntries } from '#shared/domain/canonical-json.ts';

/** SHA-256 of a plan's actions without their reasons: the same actions have the same hash, even if the figures in the reasons differ. */
export function hashActions(actions: readonly ScalingAction[]): string {
  return sha256(JSON.stringify(actions.map(({ why: _why, ...what }) => sortedEntries(what))));
}
