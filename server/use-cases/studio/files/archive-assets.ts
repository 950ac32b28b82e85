import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listOwnAssetRows } from '#server/repos/studio/assets.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { assetMissing } from '#server/use-cases/studio/library/require-asset.ts';
import type { ArchiveAssetsInput } from '#shared/contracts/studio/library/assets.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import type { AssetId } from '#shared/ids.ts';
import { downloadAsset } from './download-asset.ts';
import type { Recipe } from './download-asset.ts';

/** Below the 4 GB where the ZIP format without its 64-bit extension ends. */
const BYTES_MAX = 3_900_000_000;

interface ArchivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly at: Date;
}

export interface AssetArchive {
  readonly fileName: string;
  /** Read one at a time, in the order of the request. */
  readonly files: AsyncIterable<ArchivedFile>;
}

/**
 * The actor's own files to keep, as one archive: each as its own download, then `recipes.json` with everything that repeats them, unless it is not wanted.
 * What is deleted, somebody else's or missing on the server is named in `not-included.txt`, and the others are there. Throws `not_found` when nothing is
 * theirs, `too_large` for more than an archive holds.
 */
export async function archiveAssets(
  deps: Pick<Deps, 'db' | 'now' | 'assets' | 'coverFiles' | 'models'>,
  actor: Actor,
  { ids, recipe }: ArchiveAssetsInput,
): Promise<AssetArchive> {
  const found = await listOwnAssetRows(deps.db, { ids, userId: assetOwner(actor) });
  if (found.length === 0) throw assetMissing();
  const bytes = found.reduce((sum, asset) => sum + asset.bytes, 0);
  if (bytes > BYTES_MAX)
    throw new AppError('too_large', {
      message: `These files have ${(bytes / 1e9).toFixed(1)} GB together; an archive holds ${(BYTES_MAX / 1e9).toFixed(1)} GB.`,
      remedy: 'Download them in two parts.',
      field: 'ids',
    });
  return { fileName: `segue-${dayOf(deps.now())}.zip`, files: readFiles(deps, found, { ids, recipe }) };
}

async function* readFiles(
  deps: Parameters<typeof archiveAssets>[0],
  found: readonly AssetRow[],
  { ids, recipe: isWanted }: ArchiveAssetsInput,
): AsyncGenerator<ArchivedFile> {
  const names = new Set<string>();
  const recipes: (Recipe & { readonly file: string })[] = [];
  const left: string[] = [];
  for (const id of new Set(ids)) {
    const asset = found.find((one) => one.id === id);
    if (!asset) {
      left.push(`${id}: It is deleted, or not yours.`);
      continue;
    }
    const file = await readFile(deps, asset, isWanted);
    if (typeof file === 'string') {
      left.push(`${id}: ${file}`);
      continue;
    }
    const name = nameOf(file.fileName, id, names);
    if (file.recipe) recipes.push({ file: name, ...file.recipe });
    yield { name, bytes: file.bytes, at: asset.createdAt };
  }
  const at = deps.now();
  const text = (name: string, words: string): ArchivedFile => ({ name, bytes: new TextEncoder().encode(`${words}\n`), at });
  if (recipes.length > 0) yield text('recipes.json', JSON.stringify(recipes, undefined, 2));
  if (left.length > 0) yield text('not-included.txt', left.join('\n'));
}

/** The file, or why it cannot be read: it is missing, or the store refuses it or does not answer. */
async function readFile(deps: Parameters<typeof archiveAssets>[0], asset: AssetRow, recipe: boolean) {
  try {
    return await downloadAsset(deps, asset, { recipe });
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/** The name of the download, or with its whole id when another file has it. */
function nameOf(fileName: string, id: AssetId, taken: Set<string>): string {
  const name = taken.has(fileName) ? `segue-${id}${fileName.slice(fileName.lastIndexOf('.'))}` : fileName;
  taken.add(name);
  return name;
}
