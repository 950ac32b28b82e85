import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAsset } from '#server/repos/studio/assets.ts';
import { assetId } from '#shared/ids.ts';
import type { AssetId } from '#shared/ids.ts';
import type { AssetOrigin } from '#shared/vocabulary.ts';
import { assetOwner } from './asset-owner.ts';

interface FileToStore {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  /** The seed that repeats the picture; null when there is none. */
  readonly seed: string | null;
  /** Default: `cover`. */
  readonly origin?: AssetOrigin;
  /** What it was cut or resized from. */
  readonly madeFrom?: readonly AssetId[];
}

type StoreDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'assets'>;

/** Stores a file that an actor made: first the bytes, then its row, so that a row never names a file that is not there. Throws `unavailable` when the disk is full. */
export async function storeAsset(deps: StoreDeps, actor: Actor, file: FileToStore): Promise<AssetId> {
  return (await storeAssetFile(deps, actor, file)).id;
}

/** The same, with the digest of the file. */
export async function storeAssetFile(deps: StoreDeps, actor: Actor, file: FileToStore): Promise<{ readonly id: AssetId; readonly sha256: string }> {
  const userId = assetOwner(actor);
  const { sha256 } = await deps.assets.write(file.bytes);
  const id = assetId.parse(deps.newId());
  const { bytes, origin = 'cover', ...facts } = file;
  await insertAsset(deps.db, { ...facts, origin, id, sha256, userId, bytes: bytes.length, createdAt: deps.now() });
  return { id, sha256 };
}
