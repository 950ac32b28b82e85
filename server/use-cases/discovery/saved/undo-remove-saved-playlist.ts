import type { Deps } from '#server/deps.ts';
import { findSaved, markRemoved } from '#server/repos/discovery/saved-playlists.ts';
import type { SavedInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { savedNotFound } from './own-saved.ts';
import type { Listener } from './own-saved.ts';
import { showSavedPlaylist } from './show-saved-playlist.ts';
import { undoableSince } from './undo-time.ts';

/** Restores a deleted playlist with all its versions, within 30 days; later throws `not_found`. One that is not deleted stays as it is. */
export async function undoRemoveSavedPlaylist(
  deps: Pick<Deps, 'db' | 'now' | 'settings'>,
  listener: Listener,
  { savedId }: SavedInput,
): Promise<SavedPlaylistView> {
  const saved = await findSaved(deps.db, { id: savedId, userId: listener.userId });
  if (!saved || (saved.removedAt !== null && saved.removedAt <= undoableSince(deps.now()))) throw savedNotFound();
  if (saved.removedAt !== null) await markRemoved(deps.db, saved.id, null);
  return showSavedPlaylist(deps, listener, { savedId });
}
