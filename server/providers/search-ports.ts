import type { SpotifyAlbumId, SpotifyArtistId, SpotifyPlaylistId, SpotifyTrackId } from '#shared/ids.ts';
import type { CatalogArtist } from './ports.ts';

/** A track as a search shows it. */
export interface FoundTrack {
  readonly id: SpotifyTrackId;
  readonly name: string;
  readonly artists: readonly CatalogArtist[];
  readonly album: FoundAlbum | null;
  readonly durationMs: number;
  readonly explicit: boolean | null;
  readonly isrc: string | null;
  readonly popularity: number | null;
}

export interface FoundAlbum {
  readonly id: SpotifyAlbumId;
  readonly name: string;
  readonly artists: readonly CatalogArtist[];
  readonly releaseDate: string | null;
  readonly imageUrl: string | null;
}

/** One page of each kind, best first. */
export interface FoundMusic {
  readonly tracks: readonly FoundTrack[];
  readonly artists: readonly { readonly id: SpotifyArtistId; readonly name: string }[];
  readonly albums: readonly FoundAlbum[];
  readonly playlists: readonly { readonly id: SpotifyPlaylistId; readonly name: string }[];
}

/** The vendor's own search. Its answers are kept for ten minutes, and longer while it is unavailable. */
export interface MusicSearch {
  /** Ten results of each kind, the most that one request returns; `page` counts from 0. */
  search(request: { readonly query: string; readonly page: number }, signal: AbortSignal): Promise<FoundMusic>;
  /** Reads one track; undefined when there is none with this id. */
  findTrack(id: SpotifyTrackId, signal: AbortSignal): Promise<FoundTrack | undefined>;
}
