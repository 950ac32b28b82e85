import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { DryRunBody, DryRunView } from '#shared/contracts/sync/dry-run.ts';
import type { PlanSyncInput } from '#shared/contracts/sync/sync-inputs.ts';
import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import { dayOf } from '#shared/domain/days.ts';
import { syncPlanId } from '#shared/ids.ts';
import { listSyncPlans } from '../view/list-sync-plans.ts';
import { planDay } from './plan-day.ts';
import type { PlanningProblem } from './plan-day.ts';
import { markPlansPlanned, markPlansWaiting } from '#server/repos/sync/dry-runs.ts';
import type { DryRunRow } from '#server/repos/sync/dry-runs.ts';
import { summarizeDryRun, storeDryRun } from '../dry-run/store-dry-run.ts';
import { dryRunView } from '../dry-run/view-dry-run.ts';

export interface PlanningView {
  readonly day: string;
  readonly planned: number;
  readonly unchanged: number;
  readonly problems: readonly PlanningProblem[];
  readonly plans: readonly SyncPlanView[];
  /** Summary of the day's changes; null when only one playlist was planned. */
  readonly dryRun: DryRunView | null;
}

/**
 * Plans the sync of every playlist with a published list for that day, one Spotify read each, and stores a dry run of the whole day. Writes nothing
 * to Spotify. A playlist that cannot be planned is reported and the rest continue; a rate limit ends the planning.
 */
export async function planSync(deps: Deps, actor: Actor, input: PlanSyncInput & { signal?: AbortSignal | undefined }): Promise<PlanningView> {
  requireAdmin(actor);
  const day = input.day ?? dayOf(deps.now());
  const signal = input.signal ?? new AbortController().signal;
  const plannedBy = actorName(actor);
  const plannedDay = await planDay(deps, { day, signal, plannedBy, mayRecreate: actor.kind !== 'system', playlistIndex: input.playlistIndex });
  const { sync: limits } = await readNetworkSettings(deps.db);
  const isWhole = input.playlistIndex === undefined && plannedDay.limited === undefined;
  const body = summarizeDryRun(deps, { ...plannedDay, day, basis: 'looked' }, limits);
  const dryRun = isWhole ? await storeDay(deps, body, plannedBy) : undefined;
  const plans = await listSyncPlans(deps, actor, { day });
  const { planned, unchanged, problems } = plannedDay;
  return { day, planned, unchanged, problems, plans, dryRun: dryRun ? dryRunView(dryRun) : null };
}

/** Above the auto-apply limits every plan of the day waits for one approval of the whole dry run, no matter who planned it. */
async function storeDay(deps: Deps, body: DryRunBody, plannedBy: string): Promise<DryRunRow> {
  const isOverLimit = body.exceeds.length > 0;
  const dryRun = await storeDryRun(deps, body, { status: isOverLimit ? 'waiting' : 'within', plannedBy });
  const plans = body.lines.flatMap(({ plan }) => (plan ? [syncPlanId.parse(plan.id)] : []));
  await (isOverLimit ? markPlansWaiting(deps.db, plans) : markPlansPlanned(deps.db, plans));
  return dryRun;
}
