import { z } from 'zod';
import { AUDIO_FEATURES, PROVENANCES } from '../vocabulary.ts';

/** Depth and node limits hold before zod sees the value: a recursive schema overflows the stack long before JSON.parse does. */
export const POLICY_DEPTH_MAX = 20;
export const POLICY_NODES_MAX = 5_000;

export const NUMBER_FIELDS = [...AUDIO_FEATURES, 'popularity', 'duration_ms', 'release_year', 'artist_count'] as const;
export const DATE_FIELDS = ['release_date', 'ingested_on'] as const;
export const FLAG_FIELDS = ['explicit', 'has_isrc'] as const;
export const TEXT_FIELDS = ['title', 'artist', 'album'] as const;
export const TAG_FIELDS = ['genre', 'mood'] as const;

/** What a rule does with a recording whose field is unknown. Never guessed: `exclude` unless the policy says otherwise. */
const whenUnknown = z.enum(['exclude', 'include']).default('exclude');

const numberRule = z.strictObject({
  field: z.enum(NUMBER_FIELDS),
  op: z.enum(['gte', 'lte', 'eq', 'between']),
  value: z.union([z.number(), z.tuple([z.number(), z.number()])]),
  whenUnknown,
});
/** `within_days` and `older_than_days` count back from the snapshot's day; dates are whole days in UTC. */
const dateRule = z.strictObject({
  field: z.enum(DATE_FIELDS),
  op: z.enum(['on_or_after', 'on_or_before', 'within_days', 'older_than_days']),
  value: z.union([z.iso.date(), z.int().positive().max(36_500)]),
  whenUnknown,
});
const flagRule = z.strictObject({ field: z.enum(FLAG_FIELDS), op: z.literal('is'), value: z.boolean(), whenUnknown });
const textRule = z.strictObject({
  field: z.enum(TEXT_FIELDS),
  op: z.enum(['equals', 'contains', 'one_of']),
  value: z.union([z.string().min(1).max(200), z.array(z.string().min(1).max(200)).min(1).max(500)]),
  whenUnknown,
});
const tagRule = z.strictObject({
  field: z.enum(TAG_FIELDS),
  op: z.enum(['has', 'has_any', 'has_all']),
  value: z.union([z.string().min(1).max(100), z.array(z.string().min(1).max(100)).min(1).max(200)]),
  whenUnknown,
});
/** Who supplied the audio features. */
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

/** A preference pulls, it never excludes: an unknown value scores the neutral middle and is named as unknown in the reason. */
export const preference = z.union([
  z.strictObject({ field: z.enum(NUMBER_FIELDS), toward: z.number(), spread: z.number().positive(), weight: z.number().positive().max(100) }),
  z.strictObject({ field: z.enum(TAG_FIELDS), has: z.string().min(1).max(100), weight: z.number().positive().max(100) }),
  z.strictObject({ field: z.literal('release_date'), newest: z.literal(true), weight: z.number().positive().max(100) }),
]);
export type Preference = z.infer<typeof preference>;

/**
 * Policy v1: what must hold (pool, caps, rest, separation, size) and what is preferred.
 * `{ "all": [] }` is the whole catalogue. `variety` is the share (0–1) of the score that is seeded chance.
 */
export const policyV1 = z.strictObject({
  version: z.literal(1),
  pool: rule,
  prefer: z.array(preference).max(50).default([]),
  caps: z.strictObject({ perArtist: z.int().min(1).max(500), perAlbum: z.int().min(1).max(500) }).default({ perArtist: 2, perAlbum: 1 }),
  rest: z.strictObject({ days: z.int().min(0).max(730), scope: z.enum(['network', 'playlist', 'policy']) }).default({ days: 30, scope: 'network' }),
  size: z.int().min(1).max(500).default(50),
  separation: z.strictObject({ artist: z.int().min(0).max(50) }).default({ artist: 3 }),
  variety: z.number().min(0).max(1).default(0.25),
  seed: z.string().min(1).max(64).default('segue'),
});
export type PolicyV1 = z.infer<typeof policyV1>;
export type PolicyV1Input = z.input<typeof policyV1>;
