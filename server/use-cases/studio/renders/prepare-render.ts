import type { Deps } from '#server/deps.ts';
import { listOwnAssets } from '#server/repos/studio/assets.ts';
import { findLoraRows } from '#server/repos/studio/loras.ts';
import type { RenderRow } from '#server/repos/studio/renders.ts';
import { findLoraPaths } from '#server/use-cases/studio/loras/lora-paths.ts';
import type { Model, ModelValues } from '#shared/domain/studio/model.ts';
import { modelState } from '#shared/domain/studio/model-state.ts';
import { requireModel } from '#shared/domain/studio/models/index.ts';
import { readValues } from '#shared/domain/studio/read-values.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { assetId, loraId } from '#shared/ids.ts';
import type { UserId } from '#shared/ids.ts';
import type { StudioTask } from '#shared/vocabulary.ts';

/** A request whose model, values and pictures are valid. */
export interface PreparedRender {
  readonly model: Model;
  readonly values: ModelValues;
  readonly inputFiles: RenderRow['inputFiles'];
  readonly loraNames: readonly string[];
}

interface RenderWish {
  readonly model: string;
  readonly task: StudioTask;
  readonly values: unknown;
}

/**
 * Checks a request against the registry and what the person owns. Throws `invalid_input` with the field for a model that is not offered or cannot be
 * used here and for every wrong value, and `not_found` for a picture that is not the person's own.
 */
export async function prepareRender(
  deps: Pick<Deps, 'db' | 'now' | 'models' | 'renderVendors'>,
  userId: UserId | null,
  wish: RenderWish,
): Promise<PreparedRender> {
  const model = requireModel(wish.model, deps.models);
  const reason = unavailableBecause(deps, model);
  if (reason !== null) {
    const remedy = `Choose one of: ${deps.models
      .filter((each) => unavailableBecause(deps, each) === null)
      .map((each) => each.label)
      .join(', ')}.`;
    throw new AppError('invalid_input', { message: reason, field: 'model', remedy });
  }
  const values = readValues(model, wish.values, { task: wish.task, models: deps.models });
  return { model, values, inputFiles: await findInputFiles(deps, userId, values), loraNames: await findLoraNames(deps, model, values) };
}

/** Why a model cannot be used now, as a sentence; null when it can. */
export function unavailableBecause({ now, renderVendors }: Pick<Deps, 'now' | 'renderVendors'>, model: Model): string | null {
  const name = STUDIO_VENDOR_NAMES[model.vendor];
  if (!renderVendors[model.vendor]) return `${model.label} needs a key for ${name}, which the operator has not set.`;
  const state = modelState(model, dayOf(now()));
  if (state.kind === 'not_yet') return `${model.label} is not offered yet.`;
  if (state.kind === 'ended') return `${model.label} is not offered any more${state.successor ? `; use ${state.successor}` : ''}.`;
  return null;
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

async function findInputFiles(deps: Pick<Deps, 'db'>, userId: UserId | null, values: ModelValues): Promise<RenderRow['inputFiles']> {
  const named = [...((values.image as string[] | undefined) ?? []), ...(values.mask === undefined ? [] : [values.mask as string])];
  if (named.length === 0) return {};
  const found = await listOwnAssets(deps.db, { ids: named.map((id) => assetId.parse(id)), userId });
  const missing = named.find((id) => !found.some((asset) => asset.id === id));
  if (missing !== undefined)
    throw new AppError('not_found', {
      message: 'There is no such picture.',
      field: missing === values.mask ? 'mask' : 'image',
      remedy: 'Upload it, or choose one of your own.',
    });
  return Object.fromEntries(found.map(({ id, sha256, mediaType }) => [id, { sha256, mediaType }]));
}
