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
  /** The day its stay began, when it was in the list before. Absent in entries that are older than stays. */
  readonly staysSince?: string;
  /** Who pinned it: the policy, or somebody for this list alone. Absent when nobody did. */
  readonly pinnedBy?: 'policy' | 'list';
  /** The part of the mix it fills. Absent without a mix. */
  readonly block?: string;
}

export const REJECTIONS = [
  'not_in_pool',
  'unknown_value',
  'banned',
  'resting',
  'pinned_elsewhere',
  'exclusive',
  'left_today',
  'artist_cap',
  'album_cap',
  'outranked',
] as const;
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
  /** In the pool but banned, pinned in another list, or shown by another list of the exclusivity group. Absent in reports of older lists. */
  readonly banned?: number;
  readonly pinnedElsewhere?: number;
  readonly exclusive?: number;
  /** How many of the chosen are pins, and how many others stayed from the list before. Absent in reports of older lists. */
  readonly pinned?: number;
  readonly staying?: number;
  /** The mix as wanted and as filled; absent without one. */
  readonly blocks?: readonly { readonly name: string; readonly slots: number; readonly filled: number }[];
  /** Playing time in minutes; absent in reports of older lists. */
  readonly minutes?: number;
  /** What the policy names and the catalogue does not have, each as a sentence; also among the notes. Absent when there is nothing. */
  readonly unknownNames?: readonly string[];
  /** What a person should know although the list stands: pins that wait, names the catalogue does not have, a separation that cannot be kept. */
  readonly notes?: readonly string[];
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
