import type { Deps } from '#server/deps.ts';
import { findAssetRecipe } from '#server/repos/studio/assets.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import { readAssetFile } from '#server/use-cases/studio/read-asset.ts';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};
/** The types whose metadata can carry a recipe. */
const WITH_RECIPE = new Set(['image/png', 'image/jpeg']);

/**
 * A picture that somebody may read, to keep: with everything that repeats it in its metadata, unless it is not wanted, and a file name. An upload has no
 * recipe. Throws `unavailable` when its file is missing.
 */
export async function downloadAsset(
  deps: Pick<Deps, 'db' | 'assets' | 'coverFiles' | 'models'>,
  asset: AssetRow,
  { recipe: isWanted }: { readonly recipe: boolean },
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string; readonly fileName: string }> {
  const { bytes, mediaType } = await readAssetFile(deps, asset);
  const { id } = asset;
  const fileName = `segue-${id.slice(0, 8)}.${EXTENSIONS[mediaType] ?? 'bin'}`;
  const made = isWanted && WITH_RECIPE.has(mediaType) ? await findAssetRecipe(deps.db, id) : undefined;
  if (!made) return { bytes, mediaType, fileName };
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
