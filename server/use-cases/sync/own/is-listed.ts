import type { SpotifyPlaylistId } from '#shared/ids.ts';
import type { OwnSession } from './with-own-playlist.ts';

/** Whether a playlist is in its owner's library. Spotify still returns a deleted one by its id, so only the list tells. */
export async function isListedOnSpotify({ remote }: OwnSession, id: SpotifyPlaylistId): Promise<boolean> {
  return (await remote.list()).some((playlist) => playlist.id === id);
}
