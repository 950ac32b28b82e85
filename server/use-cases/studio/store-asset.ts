import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAsset } from '#server/repos/studio/assets.ts';
import { assetId } from '#shared/ids.ts';
import type { AssetId } from '#shared/ids.ts';
import { assetOwner } from './asset-owner.ts';

interface FileToStore {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  /** The seed that repeats the picture; null when there is none. */
  readonly seed: string | null;
}

/** Stores a file that an actor made: first the bytes, then its row, so that a row never names a file that is not there. Throws `unavailable` when the disk is full. */
export async function storeAsset(deps: Pick<Deps, 'db' | 'now' | 'newId' | 'assets'>, actor: Actor, file: FileToStore): Promise<AssetId> {
  const userId = assetOwner(actor);
  const { sha256 } = await deps.assets.write(file.bytes);
  const id = assetId.parse(deps.newId());
  const { bytes, ...facts } = file;
  await insertAsset(deps.db, { ...facts, id, sha256, userId, bytes: bytes.length, createdAt: deps.now() });
  return id;
}
