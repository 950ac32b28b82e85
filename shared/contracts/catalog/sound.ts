/** Audio features that a cover or sleeve is drawn from. A missing value is null, never zero. */
export interface SoundNumbers {
  readonly energy: number | null;
  readonly valence: number | null;
  readonly tempo: number | null;
  readonly acousticness: number | null;
  readonly year: number | null;
}
