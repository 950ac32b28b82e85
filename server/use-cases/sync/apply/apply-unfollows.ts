import type { Deps } from '#server/deps.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { countUnfollowed, listOpenUnfollows } from '#server/repos/sync/unfollow-plans.ts';
import { markPlansApproved } from '#server/repos/sync/dry-runs.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { applyStoredPlan } from './apply-stored-plan.ts';
import { isRateLimit } from './sync-errors.ts';

/** Unfollows surplus playlists up to the daily automatic limit of the settings (0 by default). Returns how many were unfollowed. */
export async function applyUnfollows(deps: Deps, signal: AbortSignal): Promise<number> {
  const { sync: limits } = await readNetworkSettings(deps.db);
  const today = new Date(`${dayOf(deps.now())}T00:00:00Z`);
  const left = limits.unfollowsADay - (await countUnfollowed(deps.db, today));
  if (left <= 0) return 0;
  let unfollowed = 0;
  for (const plan of (await listOpenUnfollows(deps.db)).slice(0, left)) {
    try {
      await markPlansApproved(deps.db, [plan.id], { by: 'system', at: deps.now() });
      await applyStoredPlan(deps, { planId: plan.id, hash: plan.hash, signal });
      unfollowed += 1;
    } catch (error) {
      if (signal.aborted || isRateLimit(error) || !(error instanceof AppError)) throw error;
      deps.log.warn('a playlist could not be removed from its account', { planId: plan.id, error });
    }
  }
  return unfollowed;
}
