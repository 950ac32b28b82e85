import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findAssetRecipe } from '#server/repos/studio/assets.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import { countOutputs, listCollectionsOf, listCoversOf, listDerived, listAssetSources } from '#server/repos/studio/library/asset-lineage.ts';
import { listLoraRows } from '#server/repos/studio/loras.ts';
import { describeSettings } from '#shared/domain/studio/setting-words.ts';
import type { AssetInput } from '#shared/contracts/studio/library/assets.ts';
import type { AssetRecipe, AssetView } from '#shared/contracts/studio/library/asset-views.ts';
import { toAssetTile } from './asset-tile.ts';
import { requireAsset } from './require-asset.ts';
import { restorableUntil } from './restorable.ts';

/** The actor's own asset with its lineage: what it was made from, what was made of it, and what repeats it. Throws `not_found`. */
export async function viewAsset(deps: Pick<Deps, 'db' | 'now' | 'models'>, actor: Actor, { id }: AssetInput): Promise<AssetView> {
  const asset = await requireAsset(deps, actor, id);
  const [recipe, sources, derived, covers, collections] = await Promise.all([
    recipeOf(deps, asset),
    listAssetSources(deps.db, id, asset.userId),
    listDerived(deps.db, [id], asset.userId),
    listCoversOf(deps.db, [id]),
    listCollectionsOf(deps.db, [id]),
  ]);
  const tile = toAssetTile(deps, asset);
  return {
    ...tile,
    downloadUrl: `${tile.url}/download`,
    wholePrompt: asset.prompt,
    seed: asset.seed,
    recipe,
    madeFrom: sources.map((source) => ({ id: source.id, asset: source.asset && toAssetTile(deps, source.asset) })),
    usedFor: derived.map((row) => toAssetTile(deps, row)),
    covers,
    collections,
    restorableUntil: asset.deletedAt && restorableUntil(asset.deletedAt).toISOString(),
  };
}

async function recipeOf(deps: Pick<Deps, 'db' | 'models'>, asset: AssetRow): Promise<AssetRecipe | null> {
  const made = await findAssetRecipe(deps.db, asset.id);
  if (!made) return null;
  const { render } = made;
  const [outputs, loras] = await Promise.all([countOutputs(deps.db, render.id), asset.loras.length > 0 ? listLoraRows(deps.db) : []]);
  const model = deps.models.find((each) => each.id === render.model);
  return {
    renderId: render.id,
    model: render.model,
    modelLabel: model?.label ?? render.model,
    task: render.task,
    values: render.values,
    settings: describeSettings(model, render.values),
    loras: asset.loras.map((id) => ({ id, name: loras.find((lora) => lora.id === id)?.name ?? id })),
    chargeUsdMicros: render.chargeUsdMicros,
    outputs,
  };
}
