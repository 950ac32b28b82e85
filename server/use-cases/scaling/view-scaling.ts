import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listManagerPlans } from '#server/repos/scaling/manager-plans.ts';
import type { ManagerPlanRow } from '#server/repos/scaling/manager-plans.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { gatherHosting } from '#server/use-cases/sync/plan/gather-hosting.ts';
import type { EarlierScalingPlan, ScalingPlanView, ScalingView } from '#shared/contracts/scaling/scaling.ts';
import { whyNoNewReplicas } from '#shared/domain/accounts/hosting.ts';

const PLANS_SHOWN = 20;

/** The newest scaling plan, earlier ones, the operator's settings, and how many playlists each account hosts and has free slots for. */
export async function viewScaling(deps: Pick<Deps, 'db' | 'now'>, actor: Actor): Promise<ScalingView> {
  requireAdmin(actor);
  const [settings, plans, hosting] = await Promise.all([
    readNetworkSettings(deps.db),
    listManagerPlans(deps.db, PLANS_SHOWN),
    gatherHosting(deps.db, deps),
  ]);
  const [current, ...earlier] = plans;
  const replicasOn = new Map<string, number>();
  for (const { accountId } of hosting.replicas) replicasOn.set(accountId, (replicasOn.get(accountId) ?? 0) + 1);
  return {
    settings,
    current: current ? toView(current) : null,
    earlier: earlier.map(toEarlier),
    accounts: hosting.accounts
      .filter((account) => !account.isDisconnected)
      .map((account) => {
        const replicas = replicasOn.get(account.id) ?? 0;
        const { id, displayName, maxPlaylists } = account;
        const freeSlots = Math.max(0, maxPlaylists - replicas);
        const reason = whyNoNewReplicas(account, hosting.settings) ?? (freeSlots === 0 ? 'all its slots are used' : null);
        return { id, displayName, replicas, freeSlots, acceptsNewPlaylists: reason === null, reason };
      }),
  };
}

/** Defaults for fields that plans of earlier releases do not have. */
const MISSING_FIELD_DEFAULTS: Partial<ScalingPlanView> = { policies: [], countKey: '' };

function toView({ body, plannedAt, appliedAt, decidedAt: _decidedAt, ...row }: ManagerPlanRow): ScalingPlanView {
  const { recordings: catalog, usableAccounts: connectedAccounts } = body.stats;
  const stats = Object.assign({ catalog, connectedAccounts }, body.stats);
  return { ...row, ...MISSING_FIELD_DEFAULTS, ...body, stats, plannedAt: plannedAt.toISOString(), appliedAt: appliedAt?.toISOString() ?? null };
}

function toEarlier({ id, day, status, statusReason, body }: ManagerPlanRow): EarlierScalingPlan {
  const { playlists, wanted } = body.stats;
  return { id, day, status, playlists, wanted, changes: body.actions.length, why: statusReason ?? body.reasons[0] ?? '' };
}
