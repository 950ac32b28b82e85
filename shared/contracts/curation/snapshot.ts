import type { NumberField } from '#shared/domain/catalog/fields.ts';
import type { SoundNumbers } from '#shared/contracts/catalog/sound.ts';

/** Kinds of facts that can decide for a track. */
export type ReasonKind = 'era' | 'artist' | 'neighbor' | 'feature' | 'goes_with' | 'freshness' | 'genre' | 'popularity';

/** Why a recording was placed; stored with the ledger entry, so it never has to be reconstructed later. */
export interface EntryReasons {
  /** The pool rules that admitted it, in plain words, at most five. */
  readonly admittedBy: readonly string[];
  /** Each preference with its share of the score (0–1 of the total) and whether the value was unknown. */
  readonly preferences: readonly { readonly what: string; readonly share: number; readonly unknown: boolean }[];
  /** The seeded random part of the score, 0–1 of the total. */
  readonly chance: number;
  /** Rank among the candidates that day, from 1, before caps. */
  readonly rank: number;
  /** The day it was last placed in its repeat scope; null if never. */
  readonly lastUsedOn: string | null;
  readonly restDays: number;
  /** First day of its placement, if it was already in the list. Absent in entries older than this field. */
  readonly staysSince?: string;
  /** Pinned by the policy, or for this list only. Absent when not pinned. */
  readonly pinnedBy?: 'policy' | 'list';
  /** The block of the mix it fills. Absent without a mix. */
  readonly block?: string;
  /** From policy version 2 on: the fact that lifts the track most above its pool; absent when only the lot decided. */
  readonly decisive?: { readonly kind: ReasonKind; readonly what: string };
  /** From policy version 2 on: the number of candidates that had the same chance. */
  readonly equals?: number;
  /** What it improved in the list when it was exchanged for another track. */
  readonly exchange?: string;
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
  'song_twice',
  'song_recent',
  'outranked',
] as const;
export type Rejection = (typeof REJECTIONS)[number];

/** The mean and standard deviation that a list reached of a target; null where no value is known. */
export interface ListMeasure {
  readonly field: NumberField;
  readonly toward: number;
  readonly spread: number;
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly known: number;
}

/** Curation's figures for a snapshot; for an unfilled one, why it failed. Counts are of recordings. Stored as JSON. */
export interface SnapshotReport {
  readonly catalog: number;
  readonly pool: number;
  readonly resting: number;
  readonly candidates: number;
  readonly cappedByArtist: number;
  readonly cappedByAlbum: number;
  readonly chosen: number;
  readonly size: number;
  readonly seed: string;
  /** In the pool but banned, pinned in another list, or shown by another list of the exclusivity group. Absent in older reports. */
  readonly banned?: number;
  readonly pinnedElsewhere?: number;
  readonly exclusive?: number;
  /** How many of the chosen are pins, and how many others stayed from the previous list. Absent in older reports. */
  readonly pinned?: number;
  readonly staying?: number;
  /** The mix as wanted and as filled; absent without one. */
  readonly blocks?: readonly { readonly name: string; readonly slots: number; readonly filled: number }[];
  /** Playing time in minutes; absent in older reports. */
  readonly minutes?: number;
  /** What the policy names and the catalog does not have, each as a sentence; also in `notes`. Absent when empty. */
  readonly unknownNames?: readonly string[];
  /** What a person should know about a published list: pins that wait, names not in the catalog, an artist separation that cannot be met. */
  readonly notes?: readonly string[];
  /** What the list reached of each target, from policy version 2 on. */
  readonly measures?: readonly ListMeasure[];
  /** For an unfilled snapshot: which rules conflict, each as a sentence. Empty when published. */
  readonly shortfall: readonly string[];
  /** The best-scoring recordings that were not chosen, with the reason: enough to answer "why not" quickly. */
  readonly nearMisses: readonly { readonly recordingId: number; readonly score: number; readonly why: Rejection; readonly detail: string }[];
  /** Mean audio features of the chosen, null when unknown; the sleeve is drawn from them. */
  readonly sound: SoundNumbers;
}
