import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listRecentRuns } from '#server/repos/studio/model-runs.ts';
import type { ListModelsInput, ModelView } from '#shared/contracts/studio/model-views.ts';
import { dayOf } from '#shared/domain/days.ts';
import { estimate } from '#shared/domain/studio/estimate.ts';
import { modelState } from '#shared/domain/studio/model-state.ts';
import { middleSeconds } from '#shared/domain/studio/recent-runs.ts';
import { readModels, unavailableBecause } from './read-models.ts';

/** The models of the registry in the order of the picker; those that the actor cannot use now stay in their place, with the reason. */
export async function listModels(
  deps: Pick<Deps, 'db' | 'now' | 'models' | 'renderVendors'>,
  actor: Actor,
  { task }: ListModelsInput,
): Promise<readonly ModelView[]> {
  const today = dayOf(deps.now());
  const all = await readModels(deps);
  const runs = await listRecentRuns(
    deps.db,
    all.map(({ model }) => model.id),
  );
  return all
    .filter(({ model }) => task === undefined || model.tasks.includes(task))
    .map((current): ModelView => ({
      model: current.model,
      state: modelState(current.model, today),
      unavailableBecause: unavailableBecause(deps, current, actor),
      fromUsdMicros: estimate(current.model, {}),
      priceDay: current.model.price.checked,
      runs: runs.get(current.model.id) ?? [],
      recentSeconds: middleSeconds(runs.get(current.model.id) ?? []),
      defaultFor: current.defaultFor,
    }));
}
