import type { Deps } from '#server/deps.ts';
import { findFaceOf } from '#server/repos/playlists/playlist-history.ts';
import type { KeptFace } from '#server/repos/playlists/playlist-history.ts';
import { findPlaylistByIndex } from '#server/repos/curation/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { AppError } from '#shared/errors.ts';

export async function requirePlaylistOf(deps: Pick<Deps, 'db'>, index: number): Promise<CuratedPlaylist> {
  const playlist = await findPlaylistByIndex(deps.db, index);
  if (!playlist) throw new AppError('not_found', { message: `There is no playlist #${index}.`, remedy: 'Go back to the network.' });
  return playlist;
}

/** The kept title and description of a day that has a list; throws `not_found` for one that has none. */
export async function requireListOf(deps: Pick<Deps, 'db'>, playlist: CuratedPlaylist, day: string): Promise<KeptFace> {
  const face = await findFaceOf(deps.db, playlist.id, day);
  if (face) return face;
  throw new AppError('not_found', {
    message: `Playlist #${playlist.globalIndex} has no list for ${day}.`,
    remedy: 'Choose another day.',
  });
}
