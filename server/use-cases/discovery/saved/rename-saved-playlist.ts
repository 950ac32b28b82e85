import type { Deps } from '#server/deps.ts';
import { updateSaved } from '#server/repos/discovery/saved-playlists.ts';
import type { RenameSavedInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { changedElsewhere, requireSaved } from './own-saved.ts';
import type { Listener } from './own-saved.ts';
import { showSavedPlaylist } from './show-saved-playlist.ts';

/** Changes the name, and the description where one is given. Throws `conflict` when the playlist was changed in the meantime. */
export async function renameSavedPlaylist(
  deps: Pick<Deps, 'db' | 'now' | 'settings'>,
  listener: Listener,
  { savedId, revision, name, description }: RenameSavedInput,
): Promise<SavedPlaylistView> {
  const saved = await requireSaved(deps, listener, { savedId, revision });
  const change = { name, ...(description === undefined ? {} : { description }), changedAt: deps.now() };
  if (!(await updateSaved(deps.db, saved, change))) throw changedElsewhere(await requireSaved(deps, listener, { savedId }));
  return showSavedPlaylist(deps, listener, { savedId });
}
