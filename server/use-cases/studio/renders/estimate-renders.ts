import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readMonth } from '#server/repos/studio/usage/months.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { EstimateView } from '#shared/contracts/studio/model-views.ts';
import type { EstimateRendersInput } from '#shared/contracts/studio/render-inputs.ts';
import { dayOf } from '#shared/domain/days.ts';
import { limitsOf, nextMonth, monthOf, ledgerPerson, saysFull } from './month-limits.ts';
import { prepareRender } from './prepare-render.ts';

/** What renders would cost and what would be left of the actor's month. Nothing is reserved. Throws as a request of the same values. */
export async function estimateRenders(
  deps: Pick<Deps, 'db' | 'now' | 'models' | 'renderVendors'>,
  actor: Actor,
  input: EstimateRendersInput,
): Promise<EstimateView> {
  const userId = assetOwner(actor);
  const prepared = await prepareRender(deps, actor, input);
  const at = deps.now();
  const [used, limits] = [await readMonth(deps.db, { person: ledgerPerson(userId), month: monthOf(at) }), await limitsOf(deps.db, userId)];
  const usdMicros = prepared.usdMicros * input.copies;
  const rendersLeft = limits.renders === null ? null : limits.renders - used.renders - input.copies;
  const usdMicrosLeft = limits.usdMicros === null ? null : limits.usdMicros - used.usdMicros - usdMicros;
  const fits = (rendersLeft ?? 0) >= 0 && (usdMicrosLeft ?? 0) >= 0;
  const says = fits ? null : `${saysFull(used, limits)} The next month begins on ${dayOf(nextMonth(at))} (UTC).`;
  return { usdMicros, rendersLeft, usdMicrosLeft, fits, says };
}
