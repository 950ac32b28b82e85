import type { Deps } from '#server/deps.ts';
import { markRemoved } from '#server/repos/discovery/saved-playlists.ts';
import type { SavedInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { RemovedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { requireSaved, savedNotFound } from './own-saved.ts';
import type { Listener } from './own-saved.ts';
import { removedView } from './undo-time.ts';

/** Deletes a playlist of the listener; it can be restored for 30 days. Its playlist on Spotify stays. Throws `not_found`. */
export async function removeSavedPlaylist(deps: Pick<Deps, 'db' | 'now'>, listener: Listener, { savedId }: SavedInput): Promise<RemovedPlaylistView> {
  const saved = await requireSaved(deps, listener, { savedId });
  const removedAt = deps.now();
  await markRemoved(deps.db, saved.id, removedAt);
  const [view] = removedView({ ...saved, removedAt });
  if (!view) throw savedNotFound();
  return view;
}
