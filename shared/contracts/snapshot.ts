/** Why a recording stands where it stands; stored with the ledger entry, so the answer never has to be guessed later. */
export interface EntryReasons {
  /** The pool rules that admitted it, in plain words, at most five. */
  readonly admittedBy: readonly string[];
  /** Each preference with its share of the score (0–1 of the total) and whether the value was unknown. */
  readonly preferences: readonly { readonly what: string; readonly share: number; readonly unknown: boolean }[];
  /** The seeded chance in the score, 0–1 of the total. */
  readonly chance: number;
  /** Rank among the candidates that day, from 1, before caps. */
  readonly rank: number;
  /** The day it was last in its rest scope, or null when it never was. */
  readonly lastUsedOn: string | null;
  readonly restDays: number;
}

export const REJECTIONS = ['not_in_pool', 'unknown_value', 'resting', 'artist_cap', 'album_cap', 'outranked'] as const;
export type Rejection = (typeof REJECTIONS)[number];

/** What curation saw on the way to a snapshot; for an unfilled one, why. Counts are of recordings. */
export interface SnapshotReport {
  readonly catalogue: number;
  readonly pool: number;
  readonly resting: number;
  readonly candidates: number;
  readonly cappedByArtist: number;
  readonly cappedByAlbum: number;
  readonly chosen: number;
  readonly size: number;
  readonly seed: string;
  /** For an unfilled snapshot: which rules conflict, each as a sentence. Empty when published. */
  readonly shortfall: readonly string[];
  /** The best-scoring recordings that did not make it, with the reason: enough to answer "why not" at a glance. */
  readonly nearMisses: readonly { readonly recordingId: number; readonly score: number; readonly why: Rejection; readonly detail: string }[];
  /** Mean audio features of the chosen, null when unknown: what the sleeve is drawn from. */
  readonly sound: SoundNumbers;
}

/** The music's numbers a cover or a sleeve is drawn from. A missing number is null, never zero. */
export interface SoundNumbers {
  readonly energy: number | null;
  readonly valence: number | null;
  readonly tempo: number | null;
  readonly acousticness: number | null;
  readonly year: number | null;
}
