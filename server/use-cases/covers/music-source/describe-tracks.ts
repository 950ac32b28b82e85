import type { Deps } from '#server/deps.ts';
import type { AudioFeatureSource, FeatureReading } from '#server/providers/ports.ts';
import { listArtistGenres, listKnownTracks } from '#server/repos/covers/known-tracks.ts';
import type { KnownTrack } from '#server/repos/covers/known-tracks.ts';
import type { AnalyzedTrack } from '#shared/domain/covers/analysis/analyzed-track.ts';
import { AppError } from '#shared/errors.ts';
import { spotifyTrackId } from '#shared/ids.ts';
import type { SpotifyTrackId } from '#shared/ids.ts';
import type { SourceTrack } from './music-source.ts';

/** Tracks outside the catalog whose audio features are asked for while a person waits: three requests. */
const FEATURES_ASKED_MAX = 120;

interface Described {
  readonly tracks: readonly AnalyzedTrack[];
  /** Names of the artists, each once; titles and prompts must not contain them. */
  readonly artistNames: readonly string[];
  /** False when a source of audio features could not be asked for all tracks. */
  readonly isComplete: boolean;
}

type DescribeDeps = Pick<Deps, 'db' | 'featureSources'>;

/** Joins tracks with what the catalog knows of them, and asks for the audio features of others. What stays unknown is null. */
export async function describeTracks(deps: DescribeDeps, tracks: readonly SourceTrack[], signal: AbortSignal): Promise<Described> {
  const known = await listKnownTracks(deps.db, {
    trackIds: tracks.flatMap(({ trackId }) => trackId ?? []),
    isrcs: tracks.flatMap(({ isrc }) => isrc ?? []),
  });
  const byId = new Map(known.flatMap((row) => (row.trackId === null ? [] : [[row.trackId, row] as const])));
  const byIsrc = new Map(known.flatMap((row) => (row.isrc === null ? [] : [[row.isrc, row] as const])));
  const rowOf = ({ trackId, isrc }: SourceTrack) => byId.get(trackId ?? '') ?? byIsrc.get(isrc ?? '');
  const unheard = tracks.filter((track) => (rowOf(track)?.energy ?? null) === null);
  const [asked, genres] = await Promise.all([
    askForFeatures(
      deps,
      unheard.flatMap(({ trackId }) => trackId ?? []),
      signal,
    ),
    listArtistGenres(deps.db, [...new Set(tracks.filter((track) => !rowOf(track)).flatMap(({ artistIds }) => artistIds.slice(0, 1)))]),
  ]);
  const described = tracks.map((track) =>
    analyzedTrack(track, {
      row: rowOf(track),
      reading: asked.readings.get(track.trackId ?? ''),
      artistGenres: genres.get(track.artistIds[0] ?? '') ?? [],
    }),
  );
  const artistNames = new Set(tracks.flatMap((track) => [...track.artistNames, ...(rowOf(track)?.artists ?? [])]));
  return { tracks: described, artistNames: [...artistNames], isComplete: asked.isComplete };
}

interface Sources {
  readonly row: KnownTrack | undefined;
  readonly reading: FeatureReading | undefined;
  readonly artistGenres: readonly string[];
}

function analyzedTrack(track: SourceTrack, { row, reading, artistGenres }: Sources): AnalyzedTrack {
  const feature = (name: 'valence' | 'energy' | 'danceability' | 'acousticness' | 'instrumentalness' | 'liveness' | 'speechiness' | 'tempo') =>
    row?.[name] ?? reading?.features[name] ?? null;
  return {
    durationMs: row?.durationMs ?? track.durationMs,
    valence: feature('valence'),
    energy: feature('energy'),
    danceability: feature('danceability'),
    acousticness: feature('acousticness'),
    instrumentalness: feature('instrumentalness'),
    liveness: feature('liveness'),
    speechiness: feature('speechiness'),
    tempo: feature('tempo'),
    genres: row && row.genres.length > 0 ? row.genres : artistGenres,
    releaseYear: row?.releaseYear ?? track.releaseYear,
  };
}

/** Asks each source for what the earlier ones did not know. A source that fails costs its answers only. */
async function askForFeatures(deps: DescribeDeps, trackIds: readonly string[], signal: AbortSignal) {
  const readings = new Map<string, FeatureReading>();
  let isComplete = trackIds.length <= FEATURES_ASKED_MAX;
  const ids = trackIds.slice(0, FEATURES_ASKED_MAX).map((id) => spotifyTrackId.parse(id));
  for (const source of deps.featureSources) {
    try {
      const missing = ids.filter((id) => !readings.has(id));
      for (const reading of await askSource(source, missing, signal)) readings.set(reading.trackId, reading);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      isComplete = false;
    }
  }
  return { readings, isComplete };
}

async function askSource(source: AudioFeatureSource, ids: readonly SpotifyTrackId[], signal: AbortSignal): Promise<readonly FeatureReading[]> {
  const all: FeatureReading[] = [];
  for (let at = 0; at < ids.length; at += source.batchSize) {
    const answer = await source.readFeatures(ids.slice(at, at + source.batchSize), signal);
    if (!answer) return all;
    all.push(...answer);
  }
  return all;
}
