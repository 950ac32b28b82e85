import type { Deps } from '#server/deps.ts';
import type { SavePlaylistInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { AppError } from '#shared/errors.ts';
import { insertSavedPlaylist } from './insert-saved-playlist.ts';
import { requireSaved } from './own-saved.ts';
import type { Listener } from './own-saved.ts';
import { showSavedPlaylist } from './show-saved-playlist.ts';
import { storeVersion } from './store-version.ts';
import type { VersionContent } from './store-version.ts';
import { takeTracks } from './take-tracks.ts';

/**
 * Keeps a list as a new playlist, as the content of a draft, or as the next version of a saved one. Throws `conflict` when the playlist was changed in
 * the meantime or is no draft any more, and for the 1,001st playlist; `invalid_input` for tracks that are not in the catalog.
 */
export async function savePlaylist(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>,
  listener: Listener,
  input: SavePlaylistInput,
): Promise<SavedPlaylistView> {
  const { name, description, state, repeatDays, criteria, seed } = input;
  const head = { name, description, state, repeatDays };
  const saved = input.into && (await requireSaved(deps, listener, input.into));
  if (saved?.state === 'saved' && state === 'draft') {
    throw new AppError('conflict', {
      message: `“${saved.name}” is saved and cannot become a draft again.`,
      remedy: 'Save it, or duplicate it.',
      field: 'state',
    });
  }
  const { tracks, repeats } = await takeTracks(deps, input.tracks);
  const notes = repeats > 0 ? [`${repeats} ${repeats === 1 ? 'repeat was' : 'repeats were'} left out.`] : [];
  const content: VersionContent = { how: 'saved', says: state === 'draft' ? 'Draft' : 'Saved', criteria, seed, notes, tracks };
  if (!saved) return showSavedPlaylist(deps, listener, { savedId: await insertSavedPlaylist(deps, listener, { head, content }) });
  await storeVersion(deps, saved, { ...content, head });
  return showSavedPlaylist(deps, listener, { savedId: saved.id });
}
