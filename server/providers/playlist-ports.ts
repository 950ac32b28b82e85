import type { SpotifyArtistId, SpotifyTrackId } from '#shared/ids.ts';

/** What the playlist host tells about a playlist's music and its picture. */

/** One entry of a playlist as far as it tells how the playlist sounds. `gone`: Spotify no longer has it. */
export type PlaylistEntry =
  | { readonly kind: 'episode' | 'local_file' | 'gone' }
  | {
      readonly kind: 'track';
      readonly id: SpotifyTrackId;
      readonly isrc: string | null;
      readonly durationMs: number | null;
      readonly artistIds: readonly SpotifyArtistId[];
      readonly artistNames: readonly string[];
      /** A year, a month or a day. */
      readonly releaseDate: string | null;
    };

/** Expected results of reading a playlist of any owner. `hidden`: the account may see the playlist but not its entries. */
export type PlaylistContents =
  | { readonly kind: 'gone' }
  | { readonly kind: 'hidden'; readonly name: string; readonly ownerId: string }
  | { readonly kind: 'found'; readonly name: string; readonly ownerId: string; readonly entries: readonly PlaylistEntry[]; readonly total: number };

/** A picture of a playlist. Its URL expires within a day; sizes are null for an uploaded one. */
export interface PlaylistImage {
  readonly url: string;
  /** The part of the URL that names the picture and does not expire. */
  readonly key: string;
  /** `mosaic`: made by the host of album covers, or one of them. */
  readonly origin: 'mosaic' | 'uploaded';
  readonly width: number | null;
  readonly height: number | null;
}
