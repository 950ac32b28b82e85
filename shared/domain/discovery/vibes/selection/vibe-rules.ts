import type { LeafRule, Rule } from '#shared/contracts/policies/policy.ts';
import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { VIBE_SHARES } from '#shared/contracts/discovery/vibe-spec.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { FIELD_OF_SHARE, valueAt } from '../feature-scale.ts';
import type { FeatureScale } from '../feature-scale.ts';
import { tagsOfGenre } from './genre-tags.ts';

/** What may be relaxed when too few tracks match, in the order in which it is. Exclusions, explicit and artists are never. */
export const RELAXABLE = [
  'likeness',
  'popularity',
  'valence',
  'energy',
  'dance',
  'speech',
  'live',
  'acoustic',
  'instrumental',
  'tempo',
  'years',
  'unknown genres',
] as const;
export type Relaxable = (typeof RELAXABLE)[number];

/** A tempo is widened by so many beats per minute, years by so many years. */
const TEMPO_WIDENED = 5;
const YEARS_WIDENED = 2;
/** A range of beats this narrow was one number: it counts at half and double time as well. */
const ONE_TEMPO_RATIO = 1.15;
const TEXT_CHARS_MAX = 200;
const HITS_PERCENTILE = 0.75;
const DEEP_PERCENTILE = 0.35;
const MS = 1_000;

/** Titles of Christmas in the languages in which it is mostly sung. */
const CHRISTMAS_TITLES = [
  'christmas',
  'xmas',
  'x-mas',
  'noel',
  'navidad',
  'natal ',
  'weihnacht',
  'jingle bell',
  'santa claus',
  'silent night',
  'mistletoe',
  'kerst',
  'rudolph',
];

/** A rule of a vibe, and what it comes from. */
export interface VibeRule {
  readonly field: Relaxable | 'genres' | 'hard';
  readonly rule: Rule;
}

interface Question {
  readonly spec: VibeSpec;
  readonly catalog: Catalog;
  readonly scale: FeatureScale;
  readonly relaxed: ReadonlySet<Relaxable>;
  /** Genres of the seeds' own recordings: what "like them" at least means. */
  readonly seedTags: readonly string[];
}

const between = (
  field: 'tempo' | 'release_year' | 'duration_ms' | 'popularity' | (typeof FIELD_OF_SHARE)[keyof typeof FIELD_OF_SHARE],
  value: readonly [number, number],
): LeafRule => ({
  field,
  op: 'between',
  value: [value[0], value[1]],
  whenUnknown: 'exclude',
});
const any = (rules: readonly Rule[]): Rule => (rules.length === 1 ? (rules[0] as Rule) : { any: [...rules] });

/** The rules of a spec's pool, without what was relaxed. An unknown value never matches; unknown genres do when that was relaxed. */
export function rulesOf(question: Question): VibeRule[] {
  const { spec, relaxed } = question;
  return [...hardRules(question), ...genreRules(question), ...yearRules(spec, relaxed), ...softRules(question)];
}

const hard = (rule: Rule): VibeRule => ({ field: 'hard', rule });
const names = (values: readonly string[]) => values.map((value) => value.slice(0, TEXT_CHARS_MAX));

function hardRules({ spec, catalog, relaxed }: Question): VibeRule[] {
  const words = (spec.not_words ?? []).flatMap((word) => (word === 'christmas' ? CHRISTMAS_TITLES : [word]));
  const tags = [...new Set((spec.not_genres ?? []).flatMap((genre) => tagsOfGenre(catalog, genre)))].slice(0, 200);
  const whenUnknown = relaxed.has('unknown genres') ? 'include' : 'exclude';
  return [
    ...(spec.explicit === undefined ? [] : [hard({ field: 'explicit', op: 'is', value: spec.explicit, whenUnknown: 'exclude' })]),
    ...(spec.artists ? [hard({ field: 'artist', op: 'one_of', value: names(spec.artists), whenUnknown: 'exclude' })] : []),
    ...(spec.not_artists ? [hard({ not: { field: 'artist', op: 'one_of', value: names(spec.not_artists), whenUnknown: 'exclude' } })] : []),
    ...(words.length > 0 ? [hard({ not: { field: 'title', op: 'contains', value: names(words), whenUnknown: 'exclude' } })] : []),
    ...(tags.length > 0 ? [hard({ not: { field: 'genre', op: 'has_any', value: tags, whenUnknown } })] : []),
    ...(spec.not_years ? [hard({ not: any(spec.not_years.map((years) => between('release_year', years))) })] : []),
    ...(spec.track_seconds ? [hard(between('duration_ms', [spec.track_seconds[0] * MS, spec.track_seconds[1] * MS]))] : []),
  ];
}

function genreRules({ spec, catalog, seedTags, relaxed }: Question): VibeRule[] {
  const tags = [...new Set((spec.genres ?? []).flatMap((genre) => tagsOfGenre(catalog, genre)))].slice(0, 200);
  const isKnown = catalog.tagNumbers.genre.size > 0;
  if (spec.genres && isKnown) {
    // Nothing in the catalog has the genre, which the list says; what else was asked for can still be met (acoustic alone often follows from the genre).
    if (tags.length === 0 && (spec.tempo !== undefined || VIBE_SHARES.some((field) => field !== 'acoustic' && spec[field]))) return [];
    return [{ field: 'genres', rule: { field: 'genre', op: 'has_any', value: tags.length > 0 ? tags : [...spec.genres], whenUnknown: 'exclude' } }];
  }
  if (spec.genres || seedTags.length === 0 || relaxed.has('likeness')) return [];
  return [{ field: 'likeness', rule: { field: 'genre', op: 'has_any', value: [...seedTags], whenUnknown: 'exclude' } }];
}

function yearRules(spec: VibeSpec, relaxed: ReadonlySet<Relaxable>): VibeRule[] {
  const spans = spec.years ? [spec.years] : (spec.years_any ?? []);
  if (spans.length === 0) return [];
  const more = relaxed.has('years') ? YEARS_WIDENED : 0;
  return [{ field: 'years', rule: any(spans.map(([from, to]) => between('release_year', [from - more, to + more]))) }];
}

function softRules({ spec, scale, relaxed }: Question): VibeRule[] {
  const shares = VIBE_SHARES.flatMap((field): VibeRule[] => {
    const range = spec[field];
    return range && !relaxed.has(field) ? [{ field, rule: between(FIELD_OF_SHARE[field], range) }] : [];
  });
  const { popularity, tempo } = spec;
  const popular: readonly [number, number] =
    popularity === 'hits' ? [valueAt(scale, 'popularity', HITS_PERCENTILE), 100] : [0, valueAt(scale, 'popularity', DEEP_PERCENTILE)];
  return [
    ...shares,
    ...(popularity && !relaxed.has('popularity') ? [{ field: 'popularity' as const, rule: between('popularity', popular) }] : []),
    ...(tempo ? [{ field: 'tempo' as const, rule: tempoRule(tempo, relaxed.has('tempo')) }] : []),
  ];
}

function tempoRule([low, high]: readonly [number, number], isWidened: boolean): Rule {
  const more = isWidened ? TEMPO_WIDENED : 0;
  const range: [number, number] = [Math.max(0, low - more), high + more];
  if (!isOneTempo([low, high])) return between('tempo', range);
  return any([1, 0.5, 2].map((factor) => between('tempo', [range[0] * factor, range[1] * factor])));
}

/** Whether a range of beats came from one number, which counts at half and double time as well. */
export function isOneTempo([low, high]: readonly [number, number]): boolean {
  return low > 0 && high / low <= ONE_TEMPO_RATIO;
}
