import type { Deps } from '#server/deps.ts';
import { unavailableBecause } from '#server/use-cases/studio/renders/prepare-render.ts';
import type { ListModelsInput, ModelView } from '#shared/contracts/studio/model-views.ts';
import { dayOf } from '#shared/domain/days.ts';
import { estimate } from '#shared/domain/studio/estimate.ts';
import { modelState } from '#shared/domain/studio/model-state.ts';
import { modelsFor } from '#shared/domain/studio/models/index.ts';

/** The models of the registry in the order of the picker, those that cannot be used now with the reason. */
export function listModels(deps: Pick<Deps, 'now' | 'models' | 'renderVendors'>, { task }: ListModelsInput): readonly ModelView[] {
  const today = dayOf(deps.now());
  return (task === undefined ? deps.models : modelsFor(task, deps.models)).map((model) => ({
    model,
    state: modelState(model, today),
    unavailableBecause: unavailableBecause(deps, model),
    fromUsdMicros: estimate(model, {}),
  }));
}
