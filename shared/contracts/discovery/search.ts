import { z } from 'zod';
import { nameInput, wholeInput } from '#shared/input-types.ts';

/** One box: words, "artist - title", an ISRC or a Spotify link. */
export const searchInput = z.strictObject({
  query: nameInput(500, 'is empty; type a song, an artist, an album or a link'),
  /** Results of each kind. */
  limit: wholeInput(1, 50).default(20),
  /** Whether to ask Spotify, too: never while somebody types; when the catalog has few; or always. */
  spotify: z.enum(['never', 'when_few', 'always']).default('never'),
  /** The page of Spotify's results, ten each, from 0. */
  page: wholeInput(0, 20).default(0),
});
export type SearchInput = z.infer<typeof searchInput>;

/** What the catalog alone answers. */
export type CatalogAnswer = Omit<SearchAnswer, 'spotify'>;

/** A recording of the catalog, or a track that only Spotify has. */
export interface TrackHit {
  /** Null for a track that is not in the catalog. */
  readonly recordingId: number | null;
  readonly trackId: string;
  readonly title: string;
  readonly artists: readonly { readonly id: string; readonly name: string }[];
  readonly albumId: string;
  readonly album: string;
  readonly imageUrl: string | null;
  readonly durationMs: number;
  readonly explicit: boolean | null;
  readonly popularity: number | null;
}

export interface ArtistHit {
  readonly artistId: string;
  readonly name: string;
  /** Tracks in the catalog; 0 for an artist that only Spotify has. */
  readonly tracks: number;
}

export interface AlbumHit {
  readonly albumId: string;
  readonly name: string;
  readonly artists: readonly string[];
  readonly releaseDate: string | null;
  readonly imageUrl: string | null;
}

/** A playlist of the network, or one that only Spotify has. */
export interface PlaylistHit {
  /** Its number in the network; null for any other playlist. */
  readonly index: number | null;
  readonly spotifyId: string | null;
  readonly name: string;
  readonly blurb: string | null;
}

/** Whether Spotify was asked. `unavailable` means that the answer is of the catalog alone, and says why. */
export interface SpotifyPart {
  readonly state: 'not_asked' | 'answered' | 'unavailable' | 'sign_in';
  readonly message: string | null;
  readonly retryAfterMs: number | null;
}

/** What was found, best first. */
export interface SearchAnswer {
  readonly tracks: readonly TrackHit[];
  readonly artists: readonly ArtistHit[];
  readonly albums: readonly AlbumHit[];
  readonly playlists: readonly PlaylistHit[];
  readonly spotify: SpotifyPart;
  /** Why the query itself cannot find anything, and what to do; null for any other query. */
  readonly notice: string | null;
}
