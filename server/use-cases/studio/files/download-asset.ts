import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findAssetRecipe } from '#server/repos/studio/assets.ts';
import { readAsset } from '#server/use-cases/studio/read-asset.ts';
import type { AssetId } from '#shared/ids.ts';

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };
/** The types whose metadata can carry a recipe. */
const WITH_RECIPE = new Set(['image/png', 'image/jpeg']);

/** The actor's own picture with everything that repeats it in its metadata, and a file name. An upload has no recipe. Throws as `readAsset`. */
export async function downloadAsset(
  deps: Pick<Deps, 'db' | 'assets' | 'coverFiles' | 'models'>,
  actor: Actor,
  id: AssetId,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string; readonly fileName: string }> {
  const { bytes, mediaType } = await readAsset(deps, actor, id);
  const made = await findAssetRecipe(deps.db, id);
  const fileName = `segue-${id.slice(0, 8)}.${EXTENSIONS[mediaType] ?? 'bin'}`;
  if (!made || !WITH_RECIPE.has(mediaType)) return { bytes, mediaType, fileName };
  const { render, seed, position } = made;
  const model = deps.models.find((each) => each.id === render.model);
  const recipe = {
    software: 'Segue',
    render: render.id,
    model: render.model,
    vendor: render.vendor,
    endpoint: model?.endpoint ?? null,
    task: render.task,
    values: render.values,
    seed,
    output: position,
    createdAt: render.createdAt.toISOString(),
  };
  return { bytes: deps.coverFiles.withRecipe(bytes, JSON.stringify(recipe)), mediaType, fileName };
}
