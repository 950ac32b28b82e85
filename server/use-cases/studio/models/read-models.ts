import { isAdmin } from '#server/actor.ts';
import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listModelDefaults, listModelRows } from '#server/repos/studio/models.ts';
import { dayOf } from '#shared/domain/days.ts';
import { modelState } from '#shared/domain/studio/model-state.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import { blockedBecause, MODEL_SETTINGS, pricedModel } from '#shared/domain/studio/offered-model.ts';
import type { ModelSettings } from '#shared/domain/studio/offered-model.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import type { StudioTask } from '#shared/vocabulary.ts';

/** A model of the registry with what the operator says of it. */
export interface CurrentModel {
  /** At the price that holds. */
  readonly model: Model;
  /** As the registry has it. */
  readonly entry: Model;
  readonly settings: ModelSettings;
  /** Why the vendor's price could not be read the last time. */
  readonly priceProblem: string | null;
  readonly defaultFor: readonly StudioTask[];
}

/** All models of the registry, in the order of the picker. */
export async function readModels({ db, models }: Pick<Deps, 'db' | 'models'>): Promise<readonly CurrentModel[]> {
  const [rows, defaults] = await Promise.all([listModelRows(db), listModelDefaults(db)]);
  return models.map((entry) => {
    const row = rows.get(entry.id);
    const settings = row ?? MODEL_SETTINGS;
    const chosen = defaults.filter(({ modelId, task }) => modelId === entry.id && entry.tasks.includes(task));
    return {
      entry,
      settings,
      model: pricedModel(entry, settings),
      priceProblem: row?.vendorProblem ?? null,
      defaultFor: chosen.map(({ task }) => task),
    };
  });
}

/** Why an actor cannot use a model now, as a sentence; null when they can. */
export function unavailableBecause(deps: Pick<Deps, 'now' | 'renderVendors'>, { model, settings }: CurrentModel, actor: Actor): string | null {
  return blockedBecause(model, settings, isAdmin(actor) ? 'admin' : 'listener') ?? closedBecause(deps, model);
}

/** Why nobody can use a model now, whatever the operator says: no key, or its time is over. Null when it can be used. */
export function closedBecause({ now, renderVendors }: Pick<Deps, 'now' | 'renderVendors'>, model: Model): string | null {
  const name = STUDIO_VENDOR_NAMES[model.vendor];
  if (!renderVendors[model.vendor]) return `${model.label} needs a key for ${name}, which the operator has not set.`;
  const state = modelState(model, dayOf(now()));
  if (state.kind === 'not_yet') return `${model.label} is not offered yet.`;
  if (state.kind === 'ended') return `${model.label} is not offered any more${state.successor ? `; use ${state.successor}` : ''}.`;
  return null;
}
