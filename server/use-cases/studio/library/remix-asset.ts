import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findAssetRecipe, listOwnAssets } from '#server/repos/studio/assets.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { RemixAssetInput } from '#shared/contracts/studio/library/assets.ts';
import type { Remix } from '#shared/contracts/studio/library/asset-views.ts';
import { remixValues } from '#shared/domain/studio/library/remix-values.ts';
import { requireModel } from '#shared/domain/studio/models/index.ts';
import { AppError } from '#shared/errors.ts';
import { assetId } from '#shared/ids.ts';
import type { Json } from '#shared/json.ts';
import { requireAsset } from './require-asset.ts';

/**
 * The settings that made an asset, with its seed, for its own model or another one, and what that one cannot use. Nothing is requested. Throws
 * `not_found`, and `invalid_input` for an upload and for a model that is not in the registry.
 */
export async function remixAsset(deps: Pick<Deps, 'db' | 'now' | 'models'>, actor: Actor, { id, model }: RemixAssetInput): Promise<Remix> {
  const asset = await requireAsset(deps, actor, id);
  const made = await findAssetRecipe(deps.db, id);
  if (!made) {
    throw new AppError('invalid_input', {
      message: 'No model made this picture, so there are no settings to repeat.',
      remedy: 'Use it as the start image of a new picture.',
      field: 'id',
    });
  }
  const { render } = made;
  const to = requireModel(model ?? render.model, deps.models);
  const from = deps.models.find((each) => each.id === render.model) ?? to;
  const stated = asset.seed === null || !(from.inputs.seed ?? to.inputs.seed) ? render.values : { ...render.values, seed: Number(asset.seed) };
  const pictures = [...((stated['image'] as string[] | undefined) ?? []), ...(typeof stated['mask'] === 'string' ? [stated['mask']] : [])];
  const present = await listOwnAssets(deps.db, { ids: pictures.map((each) => assetId.parse(each)), userId: assetOwner(actor) });
  const { task, values, unused } = remixValues(stated, {
    from,
    to,
    task: render.task,
    missing: pictures.filter((one) => !present.some((each) => each.id === one)),
  });
  return { model: to.id, task, values: values as { readonly [input: string]: Json }, unused };
}
