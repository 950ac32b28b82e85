import type { EditSavedInput, SavedEdit, SavedTrackInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedPlaylistView, SavedTrack } from '#shared/contracts/discovery/saved-views.ts';
import { describeEdits, editTracks } from '#shared/domain/discovery/saved/edit-tracks.ts';
import type { ReadyEdit } from '#shared/domain/discovery/saved/edit-tracks.ts';
import { AppError } from '#shared/errors.ts';
import { chooseAnother } from './choose-another.ts';
import type { DrawDeps, ListActor } from './draw-list.ts';
import { requireSaved, requireVersion } from './own-saved.ts';
import { showSavedPlaylist } from './show-saved-playlist.ts';
import { storeVersion } from './store-version.ts';
import { takeTracks } from './take-tracks.ts';

/**
 * Applies edits as one new version; those of a draft replace it. Throws `conflict` when the playlist was changed in the meantime, and `invalid_input`
 * that names the edit which does not fit.
 */
export async function editSavedPlaylist(
  deps: DrawDeps,
  listener: ListActor,
  { savedId, revision, edits }: EditSavedInput,
): Promise<SavedPlaylistView> {
  const saved = await requireSaved(deps, listener, { savedId, revision });
  const current = await requireVersion(deps, saved);
  const ready: ReadyEdit[] = [];
  for (const edit of edits) ready.push(await lookUp(deps, edit, (id) => chooseAnother(deps, listener, { saved, current, ready, swapped: id })));
  const tracks = editTracks(current.tracks, ready);
  if (tracks.length === 0 && saved.state === 'saved') {
    throw new AppError('invalid_input', { message: 'The list would be empty.', remedy: 'Keep a track, or delete the playlist.', field: 'edits' });
  }
  const { criteria, seed, notes } = current;
  await storeVersion(deps, saved, { how: 'edited', says: describeEdits(edits), criteria, seed, notes, tracks });
  return showSavedPlaylist(deps, listener, { savedId });
}

async function lookUp(deps: DrawDeps, edit: SavedEdit, choose: (swapped: number) => ReturnType<typeof chooseAnother>): Promise<ReadyEdit> {
  if (edit.kind === 'add') return { ...edit, track: await takeOne(deps, edit.track) };
  if (edit.kind === 'swap') return { ...edit, to: edit.to ? await takeOne(deps, edit.to) : await choose(edit.recordingId) };
  return edit;
}

async function takeOne(deps: DrawDeps, given: SavedTrackInput): Promise<SavedTrack> {
  const [track] = (await takeTracks(deps, [given])).tracks;
  if (!track) throw new Error('A track that is in the catalog was not taken.');
  return track;
}
