import { SYSTEM } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { Outcome } from '#server/use-cases/progress.ts';
import type { ScalingPlanBody } from '#shared/contracts/scaling/scaling.ts';
import { applyScalingPlan } from './apply-scaling-plan.ts';
import { makeScalingPlan } from './make-scaling-plan.ts';

/** Makes the day's scaling plan. Applies it automatically only if the operator enabled that and it stays within the blast radius. */
export async function scalePlaylists(deps: Pick<Deps, 'db' | 'stream' | 'now' | 'newId' | 'caches'>): Promise<Outcome> {
  const { scaling } = await readNetworkSettings(deps.db);
  const plan = await makeScalingPlan(deps, SYSTEM);
  if (plan.body.actions.length === 0) return { outcome: plan.body.impossible[0] ?? 'The network has its target size. No changes needed.' };
  if (!scaling.automatic) return { outcome: `${describeChanges(plan.body)}. The plan waits for approval.` };
  if (plan.body.touches > scaling.blastRadius) {
    const share = `${Math.round(plan.body.touches * 100)}% of the network`;
    return { outcome: `${describeChanges(plan.body)}. That is ${share}, above the auto-apply limit, so the plan waits for approval.` };
  }
  await applyScalingPlan(deps, SYSTEM, { planId: plan.id, hash: plan.hash });
  return { outcome: `${describeChanges(plan.body)}. Applied automatically, within the auto-apply limit.` };
}

function describeChanges({ actions }: ScalingPlanBody): string {
  const count = (kind: string) => actions.filter((action) => action.kind === kind).length;
  const parts = [
    [count('add_playlist'), 'playlists to add'],
    [count('retire_playlist'), 'playlists to retire'],
    [count('place_replica'), 'replicas to place'],
    [count('retire_replica'), 'replicas to retire'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(', ');
}
