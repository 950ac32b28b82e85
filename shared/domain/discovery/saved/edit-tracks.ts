import { SAVED_TRACKS_MAX } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedEdit } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedTrack } from '#shared/contracts/discovery/saved-views.ts';
import { AppError } from '#shared/errors.ts';

/** An edit whose tracks were looked up in the catalog. */
export type ReadyEdit =
  | Exclude<SavedEdit, { kind: 'add' | 'swap' }>
  | { readonly kind: 'add'; readonly track: SavedTrack; readonly position?: number | undefined }
  | { readonly kind: 'swap'; readonly recordingId: number; readonly to: SavedTrack };

/** The list after the edits, in their order. Throws `invalid_input` that names the edit for a track that is not in the list, or is in it twice. */
export function editTracks(tracks: readonly SavedTrack[], edits: readonly ReadyEdit[]): SavedTrack[] {
  return edits.reduce((list: SavedTrack[], edit, at) => editOnce(list, edit, at), [...tracks]);
}

function editOnce(list: SavedTrack[], edit: ReadyEdit, at: number): SavedTrack[] {
  if (edit.kind === 'order') return inOrder(list, edit.recordingIds, at);
  if (edit.kind === 'add') return insert(list, edit.track, { place: edit.position ?? list.length + 1, at });
  const index = list.findIndex((track) => track.recordingId === edit.recordingId);
  const track = list[index];
  if (!track) throw refuse(`${at}.recordingId`, 'This track is not in the list.', 'Reload the playlist.');
  switch (edit.kind) {
    case 'remove':
      return list.toSpliced(index, 1);
    case 'move':
      return list.toSpliced(index, 1).toSpliced(edit.position - 1, 0, track);
    case 'pin':
    case 'unpin':
      return list.with(index, { ...track, isPinned: edit.kind === 'pin' });
    case 'swap':
      break;
  }
  return insert(list.toSpliced(index, 1), edit.to, { place: index + 1, at });
}

function insert(list: SavedTrack[], track: SavedTrack, { place, at }: { readonly place: number; readonly at: number }): SavedTrack[] {
  if (list.length >= SAVED_TRACKS_MAX) throw refuse(`${at}.track`, 'The list has 10,000 tracks, the maximum.', 'Remove a track first.');
  const twin = list.findIndex(({ recordingId }) => recordingId === track.recordingId);
  if (twin >= 0) throw refuse(`${at}.track`, `“${track.title}” is already in the list, at position ${twin + 1}.`, 'Choose another track.');
  return list.toSpliced(place - 1, 0, track);
}

function inOrder(list: readonly SavedTrack[], ids: readonly number[], at: number): SavedTrack[] {
  const byId = new Map(list.map((track) => [track.recordingId, track]));
  const ordered = [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  if (ordered.length === list.length && ids.length === list.length) return ordered;
  throw refuse(`${at}.recordingIds`, 'The order does not name exactly the tracks of the list.', 'Reload the playlist, then order it again.');
}

function refuse(field: string, message: string, remedy: string): AppError {
  return new AppError('invalid_input', { message, remedy, field: `edits.${field}` });
}

const SAID = { remove: 'removed', add: 'added', swap: 'swapped', move: 'moved', pin: 'pinned', unpin: 'unpinned' } as const;

/** What edits did, in a few words: "2 removed, 1 pinned, order changed". */
export function describeEdits(edits: readonly { readonly kind: SavedEdit['kind'] }[]): string {
  const counted = Object.entries(SAID).flatMap(([kind, said]) => {
    const count = edits.filter((edit) => edit.kind === kind).length;
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${said}`];
  });
  const ordered = edits.some(({ kind }) => kind === 'order') ? ['order changed'] : [];
  const text = [...counted, ...ordered].join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
