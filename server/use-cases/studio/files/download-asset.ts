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

/** Everything that repeats a file that a model made. */
export interface Recipe {
  readonly software: 'Segue';
  readonly render: string;
  readonly model: string;
  readonly vendor: string;
  readonly endpoint: unknown;
  readonly task: string;
  readonly values: object;
  readonly seed: string | null;
  readonly output: number;
  readonly createdAt: string;
}

interface Download {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly fileName: string;
  /** Null for an upload, and when it is not wanted. */
  readonly recipe: Recipe | null;
}

/**
 * A picture that somebody may read, to keep: with everything that repeats it in its metadata, unless it is not wanted, and a file name. An upload has no
 * recipe. Throws `unavailable` when its file is missing.
 */
export async function downloadAsset(
  deps: Pick<Deps, 'db' | 'assets' | 'coverFiles' | 'models'>,
  asset: AssetRow,
  { recipe: isWanted }: { readonly recipe: boolean },
): Promise<Download> {
  const { bytes, mediaType } = await readAssetFile(deps, asset);
  const fileName = fileNameOf(asset);
  const recipe = isWanted ? await findRecipe(deps, asset) : null;
  if (!recipe || !WITH_RECIPE.has(mediaType)) return { bytes, mediaType, fileName, recipe };
  return { bytes: deps.coverFiles.withRecipe(bytes, JSON.stringify(recipe)), mediaType, fileName, recipe };
}

/** The name of a downloaded file. */
export function fileNameOf({ id, mediaType }: Pick<AssetRow, 'id' | 'mediaType'>): string {
  return `segue-${id.slice(0, 8)}.${EXTENSIONS[mediaType] ?? 'bin'}`;
}

async function findRecipe(deps: Pick<Deps, 'db' | 'models'>, { id }: AssetRow): Promise<Recipe | null> {
  const made = await findAssetRecipe(deps.db, id);
  if (!made) return null;
  const { render, seed, position } = made;
  const model = deps.models.find((each) => each.id === render.model);
  return {
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
}
