import type { PlaylistEntry } from '#server/providers/playlist-ports.ts';

/** A track whose music is analyzed, as far as its source tells about it. */
export interface SourceTrack {
  readonly trackId: string | null;
  readonly isrc: string | null;
  readonly durationMs: number | null;
  readonly releaseYear: number | null;
  readonly artistIds: readonly string[];
  readonly artistNames: readonly string[];
}

/** Some music to analyze, read from Spotify, from Segue's cache of it, or from the catalog. */
export interface MusicSource {
  readonly kind: 'playlist' | 'album' | 'list';
  /** Null for a list of tracks. */
  readonly name: string | null;
  readonly tracks: readonly SourceTrack[];
  /** What was left out, each as a sentence. */
  readonly notes: readonly string[];
  /** When Spotify was asked; null when the answer is Segue's own. */
  readonly readAt: string | null;
  /** True when Spotify could not be asked and an older answer is used. */
  readonly isStale: boolean;
}

/** More tracks than this do not change what the music is about. */
export const SOURCE_TRACKS_MAX = 500;

/** A track known by its Spotify id alone. */
export function bareTrack(trackId: string): SourceTrack {
  return { trackId, isrc: null, durationMs: null, releaseYear: null, artistIds: [], artistNames: [] };
}

/** The first year that a release date of any precision can mean; null when there is none. */
export function releaseYearOf(releaseDate: string | null): number | null {
  const year = /^\d{4}/.exec(releaseDate ?? '')?.[0];
  return year === undefined || year === '0000' ? null : Number(year);
}

/** The tracks of a playlist, and what was left out of it in sentences. */
export function tracksOfEntries(entries: readonly PlaylistEntry[], total: number): Pick<MusicSource, 'tracks' | 'notes'> {
  const count = (kind: PlaylistEntry['kind']) => entries.filter((entry) => entry.kind === kind).length;
  const left: readonly (readonly [number, string, string])[] = [
    [count('episode'), 'podcast episode', 'podcast episodes'],
    [count('local_file'), 'local file', 'local files'],
    [count('gone'), 'track that Spotify no longer has', 'tracks that Spotify no longer has'],
  ];
  const parts = left.filter(([number]) => number > 0).map(([number, one, more]) => `${number.toLocaleString('en')} ${number === 1 ? one : more}`);
  const notes = [
    ...(parts.length === 0 ? [] : [`Not analyzed: ${parts.join(', ')}.`]),
    ...(total > entries.length ? [`The first ${entries.length.toLocaleString('en')} of ${total.toLocaleString('en')} entries were analyzed.`] : []),
  ];
  const tracks = entries.flatMap((entry) =>
    entry.kind === 'track'
      ? [
          {
            trackId: entry.id,
            isrc: entry.isrc,
            durationMs: entry.durationMs,
            releaseYear: releaseYearOf(entry.releaseDate),
            artistIds: entry.artistIds,
            artistNames: entry.artistNames,
          },
        ]
      : [],
  );
  return { tracks, notes };
}
