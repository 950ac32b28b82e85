import { SYSTEM } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import type { ScalingPlanBody } from '#shared/contracts/scaling/scaling.ts';
import { applyScalingPlan } from './apply-scaling-plan.ts';
import { makeScalingPlan } from './make-scaling-plan.ts';

/** Makes the day's scaling plan. It is applied by itself only where the operator allowed that and it stays within the blast radius. */
export async function scalePlaylists(
  deps: Pick<Deps, 'db' | 'stream' | 'pool' | 'now' | 'newId'>,
  trigger: string,
  signal?: AbortSignal,
): Promise<{ outcome: string }> {
  return trackRun(deps, { task: 'scale-playlists', trigger, signal }, async () => {
    const { scaling } = await readNetworkSettings(deps.db);
    const plan = await makeScalingPlan(deps, SYSTEM);
    if (plan.body.actions.length === 0) return { outcome: plan.body.impossible[0] ?? 'The network has the size it should have.' };
    if (!scaling.automatic) return { outcome: `${describe(plan.body)}; the plan waits for approval.` };
    if (plan.body.touches > scaling.blastRadius) {
      const share = `${Math.round(plan.body.touches * 100)} % of the network`;
      return { outcome: `${describe(plan.body)}: that is ${share}, more than may change by itself; the plan waits for approval.` };
    }
    await applyScalingPlan(deps, SYSTEM, { planId: plan.id, hash: plan.hash });
    return { outcome: `${describe(plan.body)}; applied within the blast radius.` };
  });
}

function describe({ actions }: ScalingPlanBody): string {
  const count = (kind: string) => actions.filter((action) => action.kind === kind).length;
  const parts = [
    [count('add_playlist'), 'to add'],
    [count('retire_playlist'), 'to retire'],
    [count('place_replica'), 'replicas to place'],
    [count('retire_replica'), 'replicas to leave'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(', ');
}
