import type { Deps } from '#server/deps.ts';
import { findDayDetails } from '#server/repos/playlists/playlist-history.ts';
import type { DayDetails } from '#server/repos/playlists/playlist-history.ts';
import { findPlaylistByIndex } from '#server/repos/curation/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { AppError } from '#shared/errors.ts';

/** The playlist with a number. Throws `not_found`. */
export async function requirePlaylist(deps: Pick<Deps, 'db'>, index: number): Promise<CuratedPlaylist> {
  const playlist = await findPlaylistByIndex(deps.db, index);
  if (!playlist) throw new AppError('not_found', { message: `There is no playlist #${index}.`, remedy: 'Go back to the network and choose one.' });
  return playlist;
}

/** The stored title and description of a day that has a list. Throws `not_found` for a day without one. */
export async function requireListOfDay(deps: Pick<Deps, 'db'>, playlist: CuratedPlaylist, day: string): Promise<DayDetails> {
  const details = await findDayDetails(deps.db, playlist.id, day);
  if (details) return details;
  throw new AppError('not_found', {
    message: `Playlist #${playlist.globalIndex} has no list for ${day}.`,
    remedy: 'Choose another day.',
  });
}
