import type { Deps } from '#server/deps.ts';
import { findPreview } from '#server/repos/studio/asset-previews.ts';
import type { PreviewWidth } from '#shared/domain/studio/preview-widths.ts';
import { AppError } from '#shared/errors.ts';
import { makePreviews } from './make-previews.ts';

/** A preview of a stored picture as WebP; made again when its file is missing. Throws `unavailable` when it cannot be made. */
export async function readPreview(
  deps: Pick<Deps, 'db' | 'now' | 'assets' | 'coverFiles'>,
  { sha256, width }: { readonly sha256: string; readonly width: PreviewWidth },
): Promise<{ readonly bytes: Uint8Array; readonly sha256: string }> {
  const read = async () => {
    const preview = await findPreview(deps.db, { sha256, width });
    const bytes = preview && (await deps.assets.read(preview));
    return bytes && preview ? { bytes, sha256: preview } : undefined;
  };
  const found = await read();
  if (found) return found;
  await makePreviews(deps, sha256);
  const made = await read();
  if (!made) throw new AppError('unavailable', { message: 'The preview of this picture could not be made.', remedy: 'Open the picture itself.' });
  return made;
}
