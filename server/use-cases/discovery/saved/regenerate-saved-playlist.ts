import type { RegenerateSavedInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { composeList, pinnedOf, withinArtistCap } from '#shared/domain/discovery/saved/compose-list.ts';
import { AppError } from '#shared/errors.ts';
import { drawList } from './draw-list.ts';
import type { DrawDeps, DrawnList, ListActor } from './draw-list.ts';
import { requireSaved, requireVersion } from './own-saved.ts';
import { recordingsToRest } from './recordings-to-rest.ts';
import { showSavedPlaylist } from './show-saved-playlist.ts';
import { storeVersion } from './store-version.ts';

/**
 * Makes the list again by its criteria, as a new version with a seed of its own: pinned tracks keep their places, and nothing that the playlist had
 * within its repeat window comes again. Where too few are left the list is shorter, and a note says so. Throws `conflict` when nothing new is left, for a
 * list without criteria, and when the playlist was changed in the meantime.
 */
export async function regenerateSavedPlaylist(
  deps: DrawDeps,
  listener: ListActor,
  { savedId, revision, repeatDays }: RegenerateSavedInput,
): Promise<SavedPlaylistView> {
  const saved = await requireSaved(deps, listener, { savedId, revision });
  const current = await requireVersion(deps, saved);
  const window = { id: saved.id, repeatDays: repeatDays ?? saved.repeatDays };
  const { criteria } = current;
  const pinned = pinnedOf(current.tracks);
  const kept = pinned.map(({ track }) => track);
  const without = [...kept.map(({ recordingId }) => recordingId), ...(await recordingsToRest(deps, window))];
  const seed = `${saved.id}:${saved.version + 1}`;
  const drawn = await drawList(deps, listener, { criteria, seed, without, pinned });
  const ids = new Set(kept.map(({ recordingId }) => recordingId));
  const free = drawn.tracks.filter(({ recordingId }) => !ids.has(recordingId));
  const others = criteria.kind === 'seeds' ? withinArtistCap(kept, free, criteria.request.perArtist) : free;
  if (others.length === 0) throw nothingNew(window.repeatDays);
  const tracks = composeList(pinned, others, Math.max(drawn.wanted, pinned.length));
  const notes = [...drawn.notes, ...shortNotes(drawn, { tracks: tracks.length, repeatDays: window.repeatDays })];
  const says = `New list${kept.length > 0 ? `, ${kept.length} pinned kept` : ''}`;
  await storeVersion(deps, saved, { how: 'regenerated', says, criteria, seed, notes, tracks, head: { repeatDays: window.repeatDays } });
  return showSavedPlaylist(deps, listener, { savedId });
}

function shortNotes({ wanted }: DrawnList, { tracks, repeatDays }: { readonly tracks: number; readonly repeatDays: number }): string[] {
  if (tracks >= wanted) return [];
  const why = repeatDays > 0 ? ` without repeating one of the last ${repeatDays} days` : '';
  return [`${tracks} of ${wanted} tracks: no more were found${why}.`];
}

function nothingNew(repeatDays: number): AppError {
  return new AppError('conflict', {
    message:
      repeatDays > 0
        ? `No track is left that this playlist did not have in the last ${repeatDays} days. The list stays as it is.`
        : 'No track meets the criteria. The list stays as it is.',
    remedy: 'Shorten the repeat window, or widen the criteria.',
    field: 'repeatDays',
  });
}
