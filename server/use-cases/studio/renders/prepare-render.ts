import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findLoraRows } from '#server/repos/studio/loras.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { findLoraPaths } from '#server/use-cases/studio/loras/lora-paths.ts';
import { readModels, unavailableBecause } from '#server/use-cases/studio/models/read-models.ts';
import { estimate } from '#shared/domain/studio/estimate.ts';
import type { Model, ModelValues } from '#shared/domain/studio/model.ts';
import { requireModel } from '#shared/domain/studio/models/index.ts';
import { readValues } from '#shared/domain/studio/read-values.ts';
import { AppError } from '#shared/errors.ts';
import { loraId } from '#shared/ids.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { findInputFiles } from './input-files.ts';
import type { InputFiles } from './input-files.ts';

/** A request whose model, values and pictures are valid, with its estimated cost. */
export interface PreparedRender {
  readonly model: Model;
  readonly values: ModelValues;
  readonly inputFiles: InputFiles['files'];
  readonly usdMicros: number;
  readonly loraNames: readonly string[];
}

interface RenderWish {
  readonly model: string;
  readonly task: StudioTask;
  readonly values: unknown;
}

/**
 * Checks a request against the registry and what the person owns. Throws `invalid_input` with the field for a model that is not offered or cannot be
 * used here and for every wrong value, and what the pictures that it names throw.
 */
export async function prepareRender(
  deps: Pick<Deps, 'db' | 'now' | 'models' | 'renderVendors'>,
  actor: Actor,
  wish: RenderWish,
): Promise<PreparedRender> {
  const userId = assetOwner(actor);
  const all = await readModels(deps);
  const model = requireModel(
    wish.model,
    all.map((each) => each.model),
  );
  const reasons = new Map(all.map((each) => [each.model.id, unavailableBecause(deps, each, actor)]));
  const reason = reasons.get(model.id) ?? null;
  if (reason !== null) {
    const others = all.map((each) => each.model).filter(({ id, tasks }) => reasons.get(id) === null && tasks.includes(wish.task));
    throw new AppError('invalid_input', {
      message: reason,
      field: 'model',
      remedy: `Choose one of: ${others.map(({ label }) => label).join(', ')}.`,
    });
  }
  const values = readValues(model, wish.values, { task: wish.task, models: deps.models });
  const { files, picture } = await findInputFiles(deps, { userId, model, task: wish.task, values });
  return { model, values, inputFiles: files, usdMicros: estimate(model, values, picture), loraNames: await findLoraNames(deps, model, values) };
}

/** Throws for a LoRA that cannot be used, so that nothing is reserved for it. */
async function findLoraNames(deps: Pick<Deps, 'db'>, model: Model, values: ModelValues): Promise<readonly string[]> {
  const paths = await findLoraPaths(deps, model, values);
  const rows = await findLoraRows(
    deps.db,
    [...paths.keys()].map((id) => loraId.parse(id)),
  );
  return rows.map((row) => row.name);
}
