/** One track as the analysis reads it. Null is unknown. */
export interface AnalyzedTrack {
  readonly durationMs: number | null;
  readonly valence: number | null;
  readonly energy: number | null;
  readonly danceability: number | null;
  readonly acousticness: number | null;
  readonly instrumentalness: number | null;
  readonly liveness: number | null;
  readonly speechiness: number | null;
  readonly tempo: number | null;
  /** Names in any case; of equal weight. Empty when unknown. */
  readonly genres: readonly string[];
  readonly releaseYear: number | null;
}
