import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import type { AssetId } from '#shared/ids.ts';
import { AppError } from '#shared/errors.ts';
import { findReadableAsset } from './files/find-readable-asset.ts';

interface StoredFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly sha256: string;
}

/** Reads a file of the actor's own. Throws `not_found` for another person's asset and for one that does not exist, and `unavailable` when its file is missing. */
export async function readAsset(deps: Pick<Deps, 'db' | 'now' | 'assets'>, actor: Actor, id: AssetId): Promise<StoredFile> {
  return readAssetFile(deps, (await findReadableAsset(deps, actor, { id, signed: undefined })).asset);
}

/** Reads the file of an asset that somebody may read. Throws `unavailable` when it is missing. */
export async function readAssetFile(deps: Pick<Deps, 'assets'>, { sha256, mediaType }: Pick<AssetRow, 'sha256' | 'mediaType'>): Promise<StoredFile> {
  const bytes = await deps.assets.read(sha256);
  if (!bytes) throw fileMissing(sha256);
  return { bytes, mediaType, sha256 };
}

/** The error for an asset whose file is not there, or not whole. */
export function fileMissing(sha256: string): AppError {
  return new AppError('unavailable', {
    message: 'The file of this picture is missing on the server.',
    remedy: 'Ask the operator to restore the folder of assets from a backup.',
    context: { sha256 },
  });
}
