import type { Deps } from '#server/deps.ts';
import { markPlansWaiting } from '#server/repos/sync/dry-runs.ts';
import type { DryRunRow } from '#server/repos/sync/dry-runs.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { syncPlanId } from '#shared/ids.ts';
import { planDay } from '../plan/plan-day.ts';
import { reckonDay, storeDryRun } from './store-dry-run.ts';

/**
 * Plans a day that may not go out by itself: looks at every playlist, keeps the plans and the whole as waiting for a person. Throws what a
 * rate limit throws, so that the looking is begun again later.
 */
export async function holdDay(deps: Deps, { day, signal }: { day: string; signal: AbortSignal }): Promise<DryRunRow> {
  const made = await planDay(deps, { day, signal, plannedBy: 'system', mayRecreate: false });
  if (made.limited) throw made.limited;
  const { sync: limits } = await readNetworkSettings(deps.db);
  const body = reckonDay(deps, { ...made, day, basis: 'looked' }, limits);
  const stored = await storeDryRun(deps, body, { status: 'waiting', plannedBy: 'system' });
  await markPlansWaiting(
    deps.db,
    body.lines.flatMap(({ plan }) => (plan ? [syncPlanId.parse(plan.id)] : [])),
  );
  return stored;
}
