import type { Deps } from '#server/deps.ts';
import { upsertPlaylistCover } from '#server/repos/sync/playlist-covers.ts';
import type { PlaylistCoverRow } from '#server/repos/sync/playlist-covers.ts';
import { insertCoverAsset } from '#server/repos/covers/network-covers.ts';
import { COVER_SIDE } from '#shared/domain/covers/type/cover-size.ts';
import { assetId } from '#shared/ids.ts';
import type { PlaylistId } from '#shared/ids.ts';

const SIDES = [64, 300, 640] as const;

interface NewCover {
  readonly playlistId: PlaylistId;
  readonly jpeg: Uint8Array;
  readonly source: 'network' | 'manual';
  /** What the picture was drawn from; null when that is not known. */
  readonly facts: PlaylistCoverRow['facts'];
  readonly by: string;
}

/**
 * Stores a cover with its smaller pictures and makes it the one that a playlist shall show. The next sync uploads it where it is not yet. False when the
 * network would replace a cover that a person chose; then nothing has changed. The cover before is kept for going back.
 */
export async function setPlaylistCover(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'assets' | 'coverFiles'>,
  { playlistId, jpeg, source, facts, by }: NewCover,
): Promise<boolean> {
  const { webp, thumbhash } = await deps.coverFiles.previewsOf(jpeg);
  const { sha256 } = await deps.assets.write(jpeg);
  const previews: Record<string, string> = {};
  for (const side of SIDES) previews[side] = (await deps.assets.write(webp[side])).sha256;
  const at = deps.now();
  return deps.db.transaction(async (tx) => {
    const id = assetId.parse(deps.newId());
    await insertCoverAsset(tx, { id, sha256, previews, bytes: jpeg.length, side: COVER_SIDE, at });
    return upsertPlaylistCover(tx, { playlistId, sha256, source, facts, previews, thumbhash, changedAt: at, changedBy: by });
  });
}
