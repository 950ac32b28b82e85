import type { Deps } from '#server/deps.ts';
import { markPlansWaiting } from '#server/repos/sync/dry-runs.ts';
import type { DryRunRow } from '#server/repos/sync/dry-runs.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { syncPlanId } from '#shared/ids.ts';
import { planDay } from '../plan/plan-day.ts';
import { summarizeDryRun, storeDryRun } from './store-dry-run.ts';

/**
 * Plans a day that exceeds the auto-apply limits: reads every playlist and stores the dry run and its plans as waiting for approval. Throws on a rate
 * limit, so that the queue retries the planning.
 */
export async function holdForApproval(deps: Deps, { day, signal }: { day: string; signal: AbortSignal }): Promise<DryRunRow> {
  const plannedDay = await planDay(deps, { day, signal, plannedBy: 'system', mayRecreate: false });
  if (plannedDay.limited) throw plannedDay.limited;
  const { sync: limits } = await readNetworkSettings(deps.db);
  const body = summarizeDryRun(deps, { ...plannedDay, day, basis: 'looked' }, limits);
  const dryRun = await storeDryRun(deps, body, { status: 'waiting', plannedBy: 'system' });
  await markPlansWaiting(
    deps.db,
    body.lines.flatMap(({ plan }) => (plan ? [syncPlanId.parse(plan.id)] : [])),
  );
  return dryRun;
}
