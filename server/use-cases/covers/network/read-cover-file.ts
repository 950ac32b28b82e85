import type { Deps } from '#server/deps.ts';
import { findCoverFile } from '#server/repos/sync/playlist-covers.ts';
import { AppError } from '#shared/errors.ts';

/** A cover of a playlist of the network, at a side of 64, 300 or 640 pixels. Public. Throws `not_found` for any other file and for a missing one. */
export async function readCoverFile(
  deps: Pick<Deps, 'db' | 'assets'>,
  asked: { readonly sha256: string; readonly side: string },
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string }> {
  const digest = /^[0-9a-f]{64}$/.test(asked.sha256) && /^(?:64|300|640)$/.test(asked.side) ? await findCoverFile(deps.db, asked) : undefined;
  const bytes = digest && (await deps.assets.read(digest));
  if (!bytes) throw new AppError('not_found', { message: 'There is no such cover.', remedy: 'Check the address.' });
  return { bytes, mediaType: digest === asked.sha256 ? 'image/jpeg' : 'image/webp' };
}
