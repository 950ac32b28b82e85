import { z } from 'zod';
import { recordingId, spotifyAlbumId, spotifyArtistId } from '#shared/ids.ts';
import { playlistIndexInput } from '#shared/input-types.ts';
import type { AlbumHit, ArtistHit, PlaylistHit, TrackHit } from './search.ts';

/** Music that is known by its ids. */
export const lookUpInput = z.strictObject({
  recordingIds: z.array(recordingId).max(500, 'has more than 500 recordings; ask for fewer at once').default([]),
  artistIds: z.array(spotifyArtistId).max(100, 'has more than 100 artists; ask for fewer at once').default([]),
  albumIds: z.array(spotifyAlbumId).max(20, 'has more than 20 albums; ask for fewer at once').default([]),
  playlistIndexes: z.array(playlistIndexInput).max(20, 'has more than 20 playlists; ask for fewer at once').default([]),
});
export type LookUpInput = z.infer<typeof lookUpInput>;

/** What a person needs to recognize it: names, artwork, lengths and Spotify ids. What the catalog does not have is absent. */
export interface LookUpView {
  readonly tracks: readonly TrackHit[];
  readonly artists: readonly ArtistHit[];
  readonly albums: readonly AlbumHit[];
  readonly playlists: readonly PlaylistHit[];
}
