import type { Deps } from '#server/deps.ts';
import { differenceHashOf, hashBitsApart } from '#shared/domain/difference-hash.ts';
import { AppError } from '#shared/errors.ts';

/** Bits of 64 by which a picture may differ from itself after Spotify encoded it again. Two covers of a network are at least ten apart. */
const SAME_BITS_MAX = 5;
const COMPARED_SIDE = 72;

/** Whether a downloaded picture is the stored one, which Spotify may have encoded again and shrunk. False when either cannot be read. */
export async function isSamePicture(deps: Pick<Deps, 'assets' | 'coverFiles'>, downloaded: Uint8Array, sha256: string): Promise<boolean> {
  const ours = await deps.assets.read(sha256);
  if (!ours) return false;
  try {
    const [one, other] = await Promise.all([downloaded, ours].map((file) => deps.coverFiles.decodeSquare(file, COMPARED_SIDE)));
    return one !== undefined && other !== undefined && hashBitsApart(differenceHashOf(one), differenceHashOf(other)) <= SAME_BITS_MAX;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
