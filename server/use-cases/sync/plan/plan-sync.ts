import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { DryRunBody, DryRunView } from '#shared/contracts/sync/dry-run.ts';
import type { PlanSyncInput } from '#shared/contracts/sync/sync-inputs.ts';
import type { SyncPlanView } from '#shared/contracts/views.ts';
import { dayOf } from '#shared/domain/days.ts';
import { syncPlanId } from '#shared/ids.ts';
import { listSyncPlans } from '../view/list-sync-plans.ts';
import { planDay } from './plan-day.ts';
import type { PlanningProblem } from './plan-day.ts';
import { markPlansFree, markPlansWaiting } from '#server/repos/sync/dry-runs.ts';
import type { DryRunRow } from '#server/repos/sync/dry-runs.ts';
import { reckonDay, storeDryRun } from '../dry-run/store-dry-run.ts';
import { dryRunView } from '../dry-run/view-dry-run.ts';

export interface PlanningView {
  readonly day: string;
  readonly planned: number;
  readonly unchanged: number;
  readonly problems: readonly PlanningProblem[];
  readonly plans: readonly SyncPlanView[];
  /** The day as a whole; null where only one playlist was planned. */
  readonly dryRun: DryRunView | null;
}

/**
 * Plans the sync of every playlist with a published list for that day, one look at Spotify each, and keeps the whole as a dry run; writes
 * nothing there. A playlist that cannot be planned is reported and the rest go on, except that a rate limit ends the looking.
 */
export async function planSync(deps: Deps, actor: Actor, input: PlanSyncInput & { signal?: AbortSignal | undefined }): Promise<PlanningView> {
  requireAdmin(actor);
  const day = input.day ?? dayOf(deps.now());
  const signal = input.signal ?? new AbortController().signal;
  const plannedBy = actorName(actor);
  const made = await planDay(deps, { day, signal, plannedBy, mayRecreate: actor.kind !== 'system', playlistIndex: input.playlistIndex });
  const { sync: limits } = await readNetworkSettings(deps.db);
  const isWhole = input.playlistIndex === undefined && made.limited === undefined;
  const body = reckonDay(deps, { ...made, day, basis: 'looked' }, limits);
  const dryRun = isWhole ? await keepDay(deps, body, plannedBy) : undefined;
  const plans = await listSyncPlans(deps, actor, { day });
  const { planned, unchanged, problems } = made;
  return { day, planned, unchanged, problems, plans, dryRun: dryRun ? dryRunView(dryRun) : null };
}

/** Above the limits every plan of the day waits with the whole, whoever planned it: one yes, to what was shown, and no way around it. */
async function keepDay(deps: Deps, body: DryRunBody, plannedBy: string): Promise<DryRunRow> {
  const isAbove = body.exceeds.length > 0;
  const dryRun = await storeDryRun(deps, body, { status: isAbove ? 'waiting' : 'within', plannedBy });
  const plans = body.lines.flatMap(({ plan }) => (plan ? [syncPlanId.parse(plan.id)] : []));
  await (isAbove ? markPlansWaiting(deps.db, plans) : markPlansFree(deps.db, plans));
  return dryRun;
}
