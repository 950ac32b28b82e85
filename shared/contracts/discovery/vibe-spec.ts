import { nameInput, numberInput, patternInput, shareInput, wholeInput } from '#shared/input-types.ts';
import { z } from 'zod';

/** Longest sentence that is accepted; the parser reads its beginning and says so. */
export const VIBE_CHARS_MAX = 40_000;

const inOrder = ([from, to]: readonly [number, number]) => from <= to;
const IN_ORDER = 'must go from the lower to the higher number';

const share = z.tuple([shareInput, shareInput]).refine(inOrder, IN_ORDER);
const years = z.tuple([wholeInput(1000, 2199), wholeInput(1000, 2199)]).refine(inOrder, IN_ORDER);
const names = z.array(nameInput(200)).min(1).max(50);
const word = nameInput(120);

/** How a list moves from its first track to its last. */
export const VIBE_ORDERS = ['rising', 'falling', 'arc', 'flat'] as const;

/**
 * A sentence as fields of music. Every field is optional and absent when the sentence does not say it. `report` is what no field can honor, as `kind:value`;
 * `conflict` names wishes that exclude each other.
 */
export const vibeSpec = z.strictObject({
  genres: names.optional(),
  not_genres: names.optional(),
  /** Release years, both included. */
  years: years.optional(),
  /** Several spans of years, any of which is enough. */
  years_any: z.array(years).min(2).max(12).optional(),
  not_years: z.array(years).min(1).max(12).optional(),
  energy: share.optional(),
  valence: share.optional(),
  dance: share.optional(),
  acoustic: share.optional(),
  instrumental: share.optional(),
  speech: share.optional(),
  live: share.optional(),
  /** Beats per minute. */
  tempo: z
    .tuple([numberInput(0, 400), numberInput(0, 400)])
    .refine(inOrder, IN_ORDER)
    .optional(),
  track_seconds: z
    .tuple([wholeInput(0, 86_400), wholeInput(0, 86_400)])
    .refine(inOrder, IN_ORDER)
    .optional(),
  /** False leaves explicit tracks out, true asks for them only. */
  explicit: z.boolean().optional(),
  /** Artists whose music is an example; not only theirs is chosen. */
  seeds: names.optional(),
  /** Only these artists. */
  artists: names.optional(),
  not_artists: names.optional(),
  /** Words that a title must not have. */
  not_words: names.optional(),
  /** Length of the whole list. */
  minutes: numberInput(1, 1_440).optional(),
  tracks: wholeInput(1, 500).optional(),
  order: z.enum(VIBE_ORDERS).optional(),
  popularity: z.enum(['hits', 'deep']).optional(),
  heard: z.enum(['new', 'known', 'not recently']).optional(),
  /** Genres and example artists that count more than the others, which have 1. */
  weights: z
    .array(z.strictObject({ of: z.enum(['genres', 'seeds']), name: nameInput(200), weight: wholeInput(2, 10) }))
    .min(1)
    .max(50)
    .optional(),
  artists_from: patternInput(/^history(?::\d{1,2}y)?$/, 'is not a part of a listening history').optional(),
  report: z.array(word).max(40).default([]),
  conflict: z.array(nameInput(300)).max(20).default([]),
});
export type VibeSpec = z.infer<typeof vibeSpec>;

/** Fields that are shares from 0 to 1, and are widened when too few tracks match. */
export const VIBE_SHARES = ['energy', 'valence', 'dance', 'acoustic', 'instrumental', 'speech', 'live'] as const;
export type VibeShare = (typeof VIBE_SHARES)[number];

/** A sentence as parsed: its spec, and what a person should know about the reading. */
export interface ParsedVibe {
  readonly spec: VibeSpec;
  /** Languages that the sentence was read in, the likeliest first. */
  readonly languages: readonly string[];
  /** Words that mean something only with an answer, each as a question. */
  readonly questions: readonly string[];
  /** Whether only the beginning of the sentence was read. */
  readonly isCut: boolean;
  /** Whether anything was understood at all. */
  readonly isEmpty: boolean;
}
