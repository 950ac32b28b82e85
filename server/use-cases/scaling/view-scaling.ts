import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listManagerPlans } from '#server/repos/manager-plans.ts';
import type { ManagerPlanRow } from '#server/repos/manager-plans.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { ScalingPlanView, ScalingView } from '#shared/contracts/scaling.ts';
import { whyNoNewReplicas } from '#shared/domain/scaling.ts';
import { gatherFacts } from './gather-facts.ts';

const PLANS_SHOWN = 20;

/** The newest scaling plan, those before it, the operator's settings, and what each account carries and may still take. */
export async function viewScaling(deps: Pick<Deps, 'db' | 'now'>, actor: Actor): Promise<ScalingView> {
  requireAdmin(actor);
  const [settings, plans, facts] = await Promise.all([
    readNetworkSettings(deps.db),
    listManagerPlans(deps.db, PLANS_SHOWN),
    gatherFacts(deps.db, deps),
  ]);
  const [current, ...earlier] = plans.map(toView);
  return {
    settings,
    current: current ?? null,
    earlier,
    accounts: facts.accounts
      .filter((account) => !account.isDisconnected)
      .map((account) => {
        const replicas = facts.replicas.filter((replica) => replica.accountId === account.id).length;
        const whyNot = whyNoNewReplicas(account, facts.settings) ?? null;
        const { id, displayName, maxPlaylists } = account;
        return { id, displayName, replicas, room: Math.max(0, maxPlaylists - replicas), takesNew: whyNot === null, whyNot };
      }),
  };
}

function toView({ body, plannedAt, appliedAt, decidedAt: _decidedAt, ...row }: ManagerPlanRow): ScalingPlanView {
  return { ...row, ...body, plannedAt: plannedAt.toISOString(), appliedAt: appliedAt?.toISOString() ?? null };
}
