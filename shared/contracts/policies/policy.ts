import { z } from 'zod';
import { DATE_FIELDS, FLAG_FIELDS, NUMBER_FIELDS, TAG_FIELDS, TEXT_FIELDS } from '#shared/domain/catalog/fields.ts';
import { ENERGY_ARCS } from '#shared/domain/policies/document-vocabulary.ts';
import {
  dateInput,
  idInput,
  isrcInput,
  nameInput,
  numberInput,
  patternInput,
  playlistIndexInput,
  positiveInput,
  shareInput,
  textInput,
  wholeInput,
} from '#shared/input-types.ts';
import { PROVENANCES } from '#shared/vocabulary.ts';

export { DATE_FIELDS, FLAG_FIELDS, NUMBER_FIELDS, TAG_FIELDS, TEXT_FIELDS } from '#shared/domain/catalog/fields.ts';
export { POLICY_DEPTH_MAX } from '#shared/domain/policies/document-vocabulary.ts';

/** Depth and node limits are checked before zod parses the value: a recursive schema overflows the stack long before JSON.parse does. */
export const POLICY_NODES_MAX = 5_000;

/** Far beyond every measured value, and exact as a number. */
const VALUE_MAX = 1e15;
const boundary = numberInput(-VALUE_MAX, VALUE_MAX);
const words = (lengthMax: number) => textInput(lengthMax).min(1, 'is empty');

/** What a rule does with a recording whose field is unknown: `exclude` by default. Values are never guessed. */
const whenUnknown = z.enum(['exclude', 'include']).default('exclude');

const numberRule = z.strictObject({
  field: z.enum(NUMBER_FIELDS),
  op: z.enum(['gte', 'lte', 'eq', 'between']),
  value: z.union([boundary, z.tuple([boundary, boundary])]),
  whenUnknown,
});
/** `within_days` and `older_than_days` count back from the snapshot's day; dates are UTC days. */
const dateRule = z.strictObject({
  field: z.enum(DATE_FIELDS),
  op: z.enum(['on_or_after', 'on_or_before', 'within_days', 'older_than_days']),
  value: z.union([dateInput, wholeInput(1, 36_500)]),
  whenUnknown,
});
const flagRule = z.strictObject({ field: z.enum(FLAG_FIELDS), op: z.literal('is'), value: z.boolean(), whenUnknown });
const textRule = z.strictObject({
  field: z.enum(TEXT_FIELDS),
  op: z.enum(['equals', 'contains', 'one_of']),
  value: z.union([words(200), z.array(words(200)).min(1).max(500)]),
  whenUnknown,
});
const tagRule = z.strictObject({
  field: z.enum(TAG_FIELDS),
  op: z.enum(['has', 'has_any', 'has_all']),
  value: z.union([words(100), z.array(words(100)).min(1).max(200)]),
  whenUnknown,
});
/** The source of the audio features. */
const sourceRule = z.strictObject({ field: z.literal('features_source'), op: z.literal('is'), value: z.enum(PROVENANCES), whenUnknown });

export const leafRule = z.union([numberRule, dateRule, flagRule, textRule, tagRule, sourceRule]);
export type LeafRule = z.infer<typeof leafRule>;
export type NumberRule = z.infer<typeof numberRule>;
export type DateRule = z.infer<typeof dateRule>;
export type FlagRule = z.infer<typeof flagRule>;
export type TextRule = z.infer<typeof textRule>;
export type TagRule = z.infer<typeof tagRule>;
export type SourceRule = z.infer<typeof sourceRule>;
export type Rule = LeafRule | { all: Rule[] } | { any: Rule[] } | { not: Rule };
export const rule: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    leafRule,
    z.strictObject({ all: z.array(rule).max(200) }),
    z.strictObject({ any: z.array(rule).min(1).max(200) }),
    z.strictObject({ not: rule }),
  ]),
);

/** A preference affects the score and never excludes: an unknown value scores the neutral middle and is marked unknown in the reason. */
export const preference = z.union([
  z.strictObject({ field: z.enum(NUMBER_FIELDS), toward: boundary, spread: positiveInput(VALUE_MAX), weight: positiveInput(100) }),
  z.strictObject({ field: z.enum(TAG_FIELDS), has: words(100), weight: positiveInput(100) }),
  z.strictObject({ field: z.literal('release_date'), newest: z.literal(true), weight: positiveInput(100) }),
]);
export type Preference = z.infer<typeof preference>;

/** A permanent reference to one recording: by Segue's id, by ISRC, or by one of its Spotify tracks. */
const recordingRef = z.union([
  z.strictObject({ recordingId: idInput }),
  z.strictObject({ isrc: isrcInput }),
  z.strictObject({ trackId: patternInput(/^[0-9A-Za-z]{22}$/, 'is not a Spotify track id') }),
]);
export type RecordingRef = z.infer<typeof recordingRef>;

/** An example of what a list goes with: a recording, everything by an artist (by Spotify id), or the last list of a playlist (by its number). */
const seed = z.union([
  ...recordingRef.options,
  z.strictObject({ artistId: patternInput(/^[0-9A-Za-z]{22}$/, 'is not a Spotify artist id') }),
  z.strictObject({ playlistIndex: playlistIndexInput }),
]);
export type Seed = z.infer<typeof seed>;
export const SEEDS_MAX = 200;

/**
 * A preference by example. Recordings that are on lists, albums or credits with the `seeds`, or sound like them, are preferred; those that go with `avoid`
 * are not. Never excludes. The seeds themselves are examples, not members of the list: a pin makes them members.
 */
const goesWith = z.strictObject({
  seeds: z.array(seed).max(SEEDS_MAX).default([]),
  avoid: z.array(seed).max(SEEDS_MAX).default([]),
  weight: positiveInput(100).default(1),
});
export type GoesWith = z.infer<typeof goesWith>;

/** One block of the mix: `share` percent of the list comes from the recordings of the pool that match `rule`. The shares add up to 100. */
export const mixBlock = z.strictObject({ name: nameInput(60), rule, share: positiveInput(100) });
export type MixBlock = z.infer<typeof mixBlock>;

export type EnergyArc = (typeof ENERGY_ARCS)[number];

/**
 * The order of the list. `energy` is the energy arc; `harmonic` and `tempo` (0–1) weight harmonic mixing (by Camelot key) and tempo matching of
 * neighbors. These affect the order only, never which tracks are in the list.
 */
const flow = z.strictObject({
  energy: z.enum(ENERGY_ARCS).default('free'),
  harmonic: shareInput.default(0),
  tempo: shareInput.default(0),
});
export type Flow = z.infer<typeof flow>;

/** A pin is in every list, at `position` if given. Its placement has no end, so it has no repeat window and appears in no other list of its repeat scope. */
const pin = z.strictObject({ recording: recordingRef, position: wholeInput(1, 500).optional() });
export type Pin = z.infer<typeof pin>;

/** What is always excluded: recordings, or everything by an artist or on an album (by Spotify id). */
const bans = z.strictObject({
  recordings: z.array(recordingRef).max(2_000).default([]),
  artists: z
    .array(patternInput(/^[0-9A-Za-z]{22}$/, 'is not a Spotify artist id'))
    .max(2_000)
    .default([]),
  albums: z
    .array(patternInput(/^[0-9A-Za-z]{22}$/, 'is not a Spotify album id'))
    .max(2_000)
    .default([]),
});
export type Bans = z.infer<typeof bans>;

const groupName = patternInput(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is not a group name: use lowercase letters, digits and hyphens');
/** Playlists of one group never show the same recording on the same day. `yieldsTo` names groups with higher priority that share nothing with this one. */
const exclusivity = z.strictObject({ group: groupName.optional(), yieldsTo: z.array(groupName).max(20).default([]) });
export type Exclusivity = z.infer<typeof exclusivity>;

/** What a role of the order wants of its track: preferences among the tracks of the list. */
const role = z.array(preference).max(5).default([]);
/** The tracks with a role in the order. Without preferences the opener is a well-known track near the middle of the list. */
const roles = z.strictObject({ opener: role, closer: role, peak: role });

/** What a policy of either version has: hard rules (pool, caps, repeat window `rest`, artist separation, size) and preferences. */
const parts = {
  pool: rule,
  prefer: z.array(preference).max(50).default([]),
  caps: z.strictObject({ perArtist: wholeInput(1, 500), perAlbum: wholeInput(1, 500) }).default({ perArtist: 2, perAlbum: 1 }),
  rest: z.strictObject({ days: wholeInput(0, 730), scope: z.enum(['network', 'playlist', 'policy']) }).default({ days: 30, scope: 'network' }),
  size: wholeInput(1, 500).default(50),
  separation: z.strictObject({ artist: wholeInput(0, 50) }).default({ artist: 3 }),
  /** Total playing time in minutes; if given, `size` is the maximum number of tracks. */
  duration: z.strictObject({ minutes: numberInput(5, 1_440), tolerance: numberInput(0.5, 60).default(3) }).optional(),
  mix: z.array(mixBlock).max(10).default([]),
  flow: flow.default({ energy: 'free', harmonic: 0, tempo: 0 }),
  /** Share of the list that changes every day: 1 is all of it, 0.2 keeps four of five tracks. Staying is not a repeat; returning is. */
  turnover: shareInput.default(1),
  pins: z.array(pin).max(100).default([]),
  bans: bans.default({ recordings: [], artists: [], albums: [] }),
  exclusivity: exclusivity.default({ yieldsTo: [] }),
  variety: shareInput.default(0.25),
  seed: words(64).default('segue'),
};

/**
 * Policy version 1. `{ "all": [] }` is the whole catalog. Each track is scored alone; `spread` is the tolerance of a preference, `variety` the share
 * (0–1) of the score that is seeded randomness.
 */
export const policyV1 = z.strictObject({ version: z.literal(1), ...parts });
export type PolicyV1Input = z.input<typeof policyV1>;

/**
 * Policy version 2. Lists are chosen as lists: `toward` is their mean and `spread` their standard deviation. Candidates are drawn by lot from what the
 * repeat window needs; `variety` (0–1) widens that.
 */
export const policyV2 = z.strictObject({
  version: z.literal(2),
  ...parts,
  /** A song is in a list once, and not again in the same playlist within so many days, whichever recording of it. */
  songs: z.strictObject({ days: wholeInput(0, 30) }).default({ days: 7 }),
  /** Artists of the lists of so many days before are avoided where there is another choice. */
  artistDays: wholeInput(0, 14).default(1),
  /** Whether titles of a season (Christmas, Halloween) are left out outside it. */
  seasonal: z.enum(['in_season', 'always']).default('in_season'),
  roles: roles.default({ opener: [], closer: [], peak: [] }),
  goesWith: goesWith.default({ seeds: [], avoid: [], weight: 1 }),
});
export type PolicyV2 = z.infer<typeof policyV2>;

/** A policy of either version. */
export type Policy = z.infer<typeof policyV1> | PolicyV2;
