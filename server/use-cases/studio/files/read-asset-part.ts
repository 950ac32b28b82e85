import type { Deps } from '#server/deps.ts';
import type { BytePart } from '#server/providers/render-ports.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import { fileMissing } from '#server/use-cases/studio/read-asset.ts';
import type { Readable } from 'node:stream';

/** A part of the file of an asset that somebody may read, as a stream. Throws `unavailable` when the file is missing or has another size than its row. */
export async function readAssetPart(
  deps: Pick<Deps, 'assets'>,
  { sha256, bytes }: Pick<AssetRow, 'sha256' | 'bytes'>,
  part: BytePart,
): Promise<Readable> {
  const found = await deps.assets.readPart(sha256, part);
  if (!found) throw fileMissing(sha256);
  if (found.bytes === bytes) return found.stream;
  found.stream.destroy();
  throw fileMissing(sha256);
}
