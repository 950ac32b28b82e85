import type { Deps } from '#server/deps.ts';
import { findDryRunOf, markPlansPlanned, markPlansWaiting, supersedeDryRun } from '#server/repos/sync/dry-runs.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import { findSyncPlan } from '#server/repos/sync/sync-plans.ts';
import { syncPlanId } from '#shared/ids.ts';
import { applyStoredPlan } from '../apply/apply-stored-plan.ts';
import { planLine } from '../dry-run/dry-run-lines.ts';
import { summarizeDryRun, storeDryRun } from '../dry-run/store-dry-run.ts';
import type { SyncRun } from '../apply/sync-run.ts';
import { recordFailure } from '../apply/sync-tally.ts';
import { walkAccounts } from '../plan/walk-accounts.ts';

interface Settling extends SyncRun {
  readonly targets: readonly SyncTarget[];
  readonly limits: { readonly handEditedShare: number };
}

/** Merges playlists edited on Spotify, or stores them as waiting for approval when their share exceeds the limit. */
export async function processManualEdits(deps: Deps, round: Settling): Promise<void> {
  const { manuallyEdited, targets, limits, tally, day } = round;
  if (manuallyEdited.length === 0) return;
  const allowed = Math.max(1, Math.floor(limits.handEditedShare * targets.length));
  const before = await findDryRunOf(deps.db, day);
  const isApproved = before?.status === 'approved' && before.body.handEdited >= manuallyEdited.length;
  if (manuallyEdited.length > allowed && !isApproved) return waitForApproval(deps, round);
  if (before?.status === 'waiting') await supersedeDryRun(deps.db, before.id);
  await markPlansPlanned(
    deps.db,
    manuallyEdited.map(({ planId }) => syncPlanId.parse(planId)),
  );
  const plans = new Map(manuallyEdited.map((one) => [one.target, one]));
  const visit = async (target: SyncTarget): Promise<void> => {
    const plan = plans.get(target);
    if (!plan) return;
    try {
      await applyStoredPlan(deps, { planId: syncPlanId.parse(plan.planId), hash: plan.hash, signal: round.signal });
      tally.applied += 1;
    } catch (error) {
      recordFailure(deps, { tally, target, signal: round.signal }, error);
    }
  };
  await walkAccounts([...plans.keys()], visit, round.signal);
}

async function waitForApproval(deps: Deps, { manuallyEdited, targets, tally, day }: Settling): Promise<void> {
  const { sync: limits } = await readNetworkSettings(deps.db);
  const ids = manuallyEdited.map(({ planId }) => syncPlanId.parse(planId));
  await markPlansWaiting(deps.db, ids);
  const lines = new Map(
    await Promise.all(
      manuallyEdited.map(async ({ target, planId }) => {
        const plan = await findSyncPlan(deps.db, syncPlanId.parse(planId));
        if (!plan) throw new Error('A plan that was just stored was not found again.');
        return [target, planLine(target, plan)] as const;
      }),
    ),
  );
  const share = Math.round((manuallyEdited.length / targets.length) * 100);
  const body = summarizeDryRun(deps, { day, basis: 'looked', targets: [...lines.keys()], lines, withoutAccount: [] }, limits);
  const reason = `${manuallyEdited.length} of ${targets.length} playlists (${share}%) were edited on Spotify; up to ${Math.round(limits.handEditedShare * 100)}% are merged automatically.`;
  const risks = [{ level: 'high' as const, says: reason }];
  await storeDryRun(deps, { ...body, exceeds: [reason], risks }, { status: 'waiting', plannedBy: 'system' });
  tally.waiting += manuallyEdited.length;
}
