import type { Deps } from '#server/deps.ts';
import type { DuplicateSavedInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { cutText } from '#shared/domain/text.ts';
import { insertSavedPlaylist } from './insert-saved-playlist.ts';
import { requireSaved, requireVersion } from './own-saved.ts';
import type { Listener } from './own-saved.ts';
import { showSavedPlaylist } from './show-saved-playlist.ts';

const COPY = ' (copy)';
const NAME_MAX = 100;

/** Copies the current version into a new playlist, which is not on Spotify. Throws `not_found`, and `conflict` above the most playlists of a person. */
export async function duplicateSavedPlaylist(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>,
  listener: Listener,
  { savedId, name }: DuplicateSavedInput,
): Promise<SavedPlaylistView> {
  const saved = await requireSaved(deps, listener, { savedId });
  const { criteria, seed, notes, tracks } = await requireVersion(deps, saved);
  const { description, state, repeatDays } = saved;
  const named = name ?? `${cutText(saved.name, NAME_MAX - COPY.length)}${COPY}`;
  const copy = await insertSavedPlaylist(deps, listener, {
    head: { name: named, description, state, repeatDays },
    content: { how: 'duplicated', says: `Copy of “${saved.name}”`, criteria, seed, notes, tracks },
  });
  return showSavedPlaylist(deps, listener, { savedId: copy });
}
