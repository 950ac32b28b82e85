import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { EstimateView } from '#shared/contracts/studio/model-views.ts';
import type { EstimateRendersInput } from '#shared/contracts/studio/render-inputs.ts';
import { monthAfter } from './month-limits.ts';
import { prepareRender } from './prepare-render.ts';

/** What renders would cost and what would be left of the actor's month. Nothing is reserved. Throws as a request of the same values. */
export async function estimateRenders(
  deps: Pick<Deps, 'db' | 'now' | 'models' | 'renderVendors'>,
  actor: Actor,
  input: EstimateRendersInput,
): Promise<EstimateView> {
  const { copies } = input;
  const { usdMicros } = await prepareRender(deps, actor, input);
  return monthAfter(deps.db, { userId: assetOwner(actor), at: deps.now(), renders: copies, usdMicros: usdMicros * copies });
}
