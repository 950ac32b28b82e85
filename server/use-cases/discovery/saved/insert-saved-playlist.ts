import type { Deps } from '#server/deps.ts';
import { countSaved, insertSaved } from '#server/repos/discovery/saved-playlists.ts';
import { putSavedVersion } from '#server/repos/discovery/saved-versions.ts';
import { AppError } from '#shared/errors.ts';
import { savedPlaylistId } from '#shared/ids.ts';
import type { SavedPlaylistId } from '#shared/ids.ts';
import type { Listener } from './own-saved.ts';
import { summarizeSaved } from './store-version.ts';
import type { SavedHeadRow, VersionContent } from './store-version.ts';

const PLAYLISTS_MAX = 1_000;

interface NewPlaylist {
  readonly head: SavedHeadRow;
  readonly content: VersionContent;
}

/** Stores a new playlist with its first version. Throws `conflict` when the person has 1,000 of them. */
export async function insertSavedPlaylist(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  { userId }: Listener,
  { head, content }: NewPlaylist,
): Promise<SavedPlaylistId> {
  if ((await countSaved(deps.db, userId)) >= PLAYLISTS_MAX) {
    throw new AppError('conflict', {
      message: 'You have 1,000 playlists, the maximum; deleted ones count for 30 days.',
      remedy: 'Delete playlists that you no longer need.',
    });
  }
  const id = savedPlaylistId.parse(deps.newId());
  const at = deps.now();
  const summary = await summarizeSaved(deps, content);
  await deps.db.transaction(async (tx) => {
    await insertSaved(tx, { ...head, id, userId, summary, createdAt: at, changedAt: at });
    await putSavedVersion(tx, { ...content, savedId: id, version: 1, createdAt: at });
  });
  return id;
}
