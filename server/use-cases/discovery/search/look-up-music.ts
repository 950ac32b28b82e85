import type { Deps } from '#server/deps.ts';
import { listAlbumHits, listArtistHits, listPlaylistHits, listTrackHits } from '#server/repos/discovery/search-hits.ts';
import type { LookUpInput, LookUpView } from '#shared/contracts/discovery/look-up.ts';

/** Names, artwork and Spotify ids of music that is known by its ids, in the order of the ids. A merged recording is the one it became; unknown ids are left out. */
export async function lookUpMusic({ db }: Pick<Deps, 'db'>, input: LookUpInput): Promise<LookUpView> {
  const [tracks, artists, albums, playlists] = await Promise.all([
    listTrackHits(db, input.recordingIds),
    listArtistHits(db, input.artistIds),
    listAlbumHits(db, input.albumIds),
    input.playlistIndexes.length === 0 ? [] : listPlaylistHits(db),
  ]);
  const wanted = new Set<number | null>(input.playlistIndexes);
  return { tracks, artists, albums, playlists: playlists.filter(({ index }) => wanted.has(index)) };
}
