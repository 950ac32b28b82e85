import type { Deps } from '#server/deps.ts';
import type { RestoreSavedInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { requireSaved, requireVersion } from './own-saved.ts';
import type { Listener } from './own-saved.ts';
import { showSavedPlaylist } from './show-saved-playlist.ts';
import { storeVersion } from './store-version.ts';

/** Adds a version that equals an older one; nothing of the history is lost. Throws `not_found`, and `conflict` when the playlist was changed in the meantime. */
export async function restoreSavedVersion(
  deps: Pick<Deps, 'db' | 'now' | 'settings'>,
  listener: Listener,
  { savedId, revision, version }: RestoreSavedInput,
): Promise<SavedPlaylistView> {
  const saved = await requireSaved(deps, listener, { savedId, revision });
  const { criteria, seed, notes, tracks } = await requireVersion(deps, saved, version);
  await storeVersion(deps, saved, { how: 'restored', says: `Restored version ${version}`, criteria, seed, notes, tracks });
  return showSavedPlaylist(deps, listener, { savedId });
}
