/** The music data shared by all sandbox vendors. Each vendor converts it to its own wire format. */

export interface SandboxArtistName {
  readonly id: string;
  readonly name: string;
}

export interface SandboxArtist extends SandboxArtistName {
  readonly genres: readonly string[];
  /** 0–100. */
  readonly popularity: number;
  readonly followers: number;
}

export interface SandboxTrack {
  readonly id: string;
  readonly name: string;
  readonly artists: readonly SandboxArtistName[];
  readonly durationMs: number;
  readonly explicit: boolean;
  readonly discNumber: number;
  readonly trackNumber: number;
  /** Null when the source table has none; never invented. */
  readonly isrc: string | null;
  /** 0–100. */
  readonly popularity: number;
}

export interface SandboxAlbum {
  readonly id: string;
  readonly name: string;
  readonly albumType: 'album' | 'single' | 'compilation';
  readonly artists: readonly SandboxArtistName[];
  /** 4, 7 or 10 characters, depending on the precision. */
  readonly releaseDate: string;
  readonly releaseDatePrecision: 'year' | 'month' | 'day';
  readonly label: string;
  readonly upc: string | null;
  readonly popularity: number;
  readonly tracks: readonly SandboxTrack[];
}

/** Loudness in dB, tempo in beats a minute, key −1…11, the rest 0–1. */
export interface SandboxFeatures {
  readonly danceability: number;
  readonly energy: number;
  readonly key: number;
  readonly loudness: number;
  readonly mode: number;
  readonly speechiness: number;
  readonly acousticness: number;
  readonly instrumentalness: number;
  readonly liveness: number;
  readonly valence: number;
  readonly tempo: number;
  readonly timeSignature: number;
}

export interface TrackOnAlbum {
  readonly track: SandboxTrack;
  readonly album: SandboxAlbum;
}

/** A recording as known outside Spotify, identified by ISRC. */
export interface SandboxRecording {
  readonly isrc: string;
  readonly title: string;
  readonly artists: readonly SandboxArtistName[];
  readonly durationMs: number;
  readonly genres: readonly string[];
  readonly firstReleaseDate: string;
  /** The track on its first release. */
  readonly trackId: string;
}

/** The catalog that all sandbox vendors read. The same id always returns the same data within a process. */
export interface SandboxCatalog {
  readonly albumCount: number;
  /** `undefined` past the end. */
  albumIdAt(index: number): string | undefined;
  album(id: string): SandboxAlbum | undefined;
  track(id: string): TrackOnAlbum | undefined;
  /** Equal to `track(id) !== undefined`, without generating the track. */
  hasTrack(id: string): boolean;
  artist(id: string): SandboxArtist | undefined;
  albumIdsOf(artistId: string): readonly string[];
  features(trackId: string): SandboxFeatures | undefined;
  recording(isrc: string): SandboxRecording | undefined;
}
