import type { VibeShare } from '#shared/contracts/discovery/vibe-spec.ts';
import { EFFECTS, LEVELS, NEGATED_EFFECTS } from './effects.ts';
import type { EffectRange } from './effects.ts';
import { valueAt } from './feature-scale.ts';
import type { FeatureScale } from './feature-scale.ts';
import { contentSense } from './items.ts';
import type { Item } from './items.ts';
import { genresAbove } from './lexicon/genres.ts';

type Field = VibeShare | 'tempo';

/** One word's range of a field. */
interface Wish {
  readonly field: Field;
  readonly from: number;
  readonly to: number;
  readonly level: number;
  readonly word: string;
}

export interface FieldRanges {
  readonly ranges: Partial<Record<Field, [number, number]>>;
  /** Pairs of words that exclude each other, as `one / other`. */
  readonly conflicts: readonly string[];
}

/** Genres that are loud, or quiet, in nearly all of their recordings. */
const LOUD = [
  'metal',
  'punk',
  'hardcore',
  'hardstyle',
  'gabber',
  'techno',
  'drum and bass',
  'dubstep',
  'big room',
  'edm',
  'trance',
  'grindcore',
  'hard rock',
];
const QUIET = ['ambient', 'new age', 'lullaby', 'sleep', 'drone'];
const OUGHT_TO_BE_QUIET = 0.4;
const OUGHT_TO_BE_LOUD = 0.6;
/** A quiet list of a loud genre takes its quieter two thirds. */
const WIDENED_QUIET = 0.7;
const WIDENED_LOUD = 0.3;
/** Two ranges that share less than this do not agree. */
const AGREEMENT_MIN = 0.02;
/** A tempo stated in beats per minute, above every word. */
const BEATS_LEVEL = 4;
/** Acoustic by nature; with study, sleep or meditation also without voices. */
const ACOUSTIC_GENRES = ['folk', 'piano', 'singer-songwriter', 'bluegrass', 'flamenco', 'chamber music'];
const WORDLESS_GENRES = ['classical', 'piano', 'ambient', 'lo-fi', 'new age'];

interface Reading {
  readonly items: readonly Item[];
  readonly scale: FeatureScale;
  /** Items that only say how the list moves. */
  readonly moving: ReadonlySet<Item>;
  readonly hasOrder: boolean;
}

/** The ranges of sound that the words of a sentence ask for together. */
export function readRanges(reading: Reading): FieldRanges {
  const { items, scale } = reading;
  const wishes = [...wishesOf(reading), ...genreWishes(items, scale)];
  const ranges: Partial<Record<Field, [number, number]>> = {};
  const conflicts: string[] = [];
  for (const field of new Set(wishes.map((wish) => wish.field))) {
    const { range, conflict } = agreed(
      wishes.filter((wish) => wish.field === field),
      field,
    );
    if (range) ranges[field] = range;
    conflicts.push(...conflict);
  }
  const clash = genreClash(items, { scale, ranges, wishes });
  return { ranges, conflicts: [...new Set([...conflicts, ...clash])] };
}

function wishesOf({ items, scale, moving, hasOrder }: Reading): Wish[] {
  const senses = new Set(items.flatMap((item) => (item.isNegated ? [] : (contentSense(item) ?? []))));
  const isFastByActivity = senses.has('run') || senses.has('workout');
  return items.flatMap((item): Wish[] => {
    if (item.kind === 'tempo' && !item.isNegated)
      return [
        {
          field: 'tempo',
          from: item.tempo[0],
          to: item.tempo[1],
          level: BEATS_LEVEL,
          word: `${Math.round((item.tempo[0] + item.tempo[1]) / 2)} bpm`,
        },
      ];
    const sense = contentSense(item);
    if (sense === undefined || moving.has(item) || item.kind !== 'sense') return [];
    const effect = (item.isNegated ? NEGATED_EFFECTS : EFFECTS)[sense];
    if (!effect) return [];
    // "Fast" for a run is the tempo of a run.
    if (sense === 'fast' && isFastByActivity && !item.isNegated) return [];
    const isAtNight = sense === 'drive' && senses.has('night');
    const ranges = isAtNight ? NIGHT_DRIVE : effect.ranges;
    const resolve = (range: EffectRange, level: number) => ({ ...valuesOf(range, scale), level, word: item.text });
    const own = ranges
      .filter(({ field }) => field !== 'tempo' || effect.level === LEVELS.stated || !hasOrder)
      .map((range) => resolve(range, effect.level));
    return [...own, ...effect.implied.map((range) => resolve(range, LEVELS.ambience))];
  });
}

const NIGHT_DRIVE: readonly EffectRange[] = [
  { field: 'energy', scale: 'percentile', from: 0.12, to: 0.52 },
  { field: 'valence', scale: 'percentile', from: 0.08, to: 0.55 },
];

function valuesOf({ field, scale: kind, from, to }: EffectRange, scale: FeatureScale): Pick<Wish, 'field' | 'from' | 'to'> {
  if (kind === 'value' || field === 'tempo') return { field, from, to };
  return { field, from: valueAt(scale, field, from), to: valueAt(scale, field, to) };
}

function genreWishes(items: readonly Item[], scale: FeatureScale): Wish[] {
  const senses = new Set(items.flatMap((item) => (item.isNegated ? [] : (contentSense(item) ?? []))));
  const isForRest = ['study', 'sleep', 'yoga', 'background'].some((sense) => senses.has(sense as never));
  return items.flatMap((item): Wish[] => {
    if (item.kind !== 'genre' || item.isNegated) return [];
    const family = [item.genre, ...genresAbove(item.genre)];
    const is = (genres: readonly string[]) => family.some((genre) => genres.includes(genre));
    const wish = (field: VibeShare, from: number) => ({ field, from, to: 1, level: LEVELS.ambience, word: item.text });
    return [
      ...(item.genre === 'piano'
        ? [wish('acoustic', 0.5)]
        : is(ACOUSTIC_GENRES)
          ? [wish('acoustic', Math.min(0.35, valueAt(scale, 'acoustic', 0.75)))]
          : []),
      ...(isForRest && is(WORDLESS_GENRES) ? [wish('instrumental', 0.5)] : []),
    ];
  });
}

/** The strongest words decide together; weaker ones narrow what they leave, or give way. */
function agreed(wishes: readonly Wish[], field: Field): { range: [number, number] | undefined; conflict: string[] } {
  const conflict: string[] = [];
  let range: [number, number] | undefined;
  let strongest: Wish | undefined;
  const unit = field === 'tempo' ? 100 : 1;
  const ordered = [BEATS_LEVEL, LEVELS.stated, LEVELS.activity, LEVELS.ambience].flatMap((level) => wishes.filter((one) => one.level === level));
  for (const wish of ordered) {
    if (!range || !strongest) {
      [range, strongest] = [[wish.from, wish.to], wish];
      continue;
    }
    const [from, to] = [Math.max(range[0], wish.from), Math.min(range[1], wish.to)];
    if (to - from >= AGREEMENT_MIN * unit || (to >= from && wish.from === wish.to)) range = [from, to];
    else if (wish.level > LEVELS.ambience && wish.word !== strongest.word) {
      conflict.push(`${strongest.word} / ${wish.word}`);
      // Both were said with the same force: the list may have either.
      if (wish.level === strongest.level) range = [Math.min(range[0], wish.from), Math.max(range[1], wish.to)];
    }
  }
  return { range: range && rounded(range, field), conflict };
}

function rounded([from, to]: readonly [number, number], field: Field): [number, number] {
  const scale = field === 'tempo' ? 10 : 100;
  return [Math.round(from * scale) / scale, Math.round(to * scale) / scale];
}

/** "Quiet death metal": both are kept, and the energy is widened to what the genre has. */
function genreClash(
  items: readonly Item[],
  {
    scale,
    ranges,
    wishes,
  }: { readonly scale: FeatureScale; readonly ranges: Partial<Record<Field, [number, number]>>; readonly wishes: readonly Wish[] },
): string[] {
  const { energy } = ranges;
  if (!energy) return [];
  const words = wishes.filter(({ field, level }) => field === 'energy' && level > LEVELS.ambience).map(({ word }) => word);
  const genreIn = (families: readonly string[]) =>
    items.find(
      (item) => item.kind === 'genre' && !item.isNegated && [item.genre, ...genresAbove(item.genre)].some((genre) => families.includes(genre)),
    );
  const [loud, quiet] = [genreIn(LOUD), genreIn(QUIET)];
  if (loud?.kind === 'genre' && energy[1] <= valueAt(scale, 'energy', OUGHT_TO_BE_QUIET) && words.length > 0) {
    ranges.energy = rounded([energy[0], valueAt(scale, 'energy', WIDENED_QUIET)], 'energy');
    return [`${words[0]} / ${loud.text}`];
  }
  if (quiet?.kind === 'genre' && energy[0] >= valueAt(scale, 'energy', OUGHT_TO_BE_LOUD) && words.length > 0) {
    ranges.energy = rounded([valueAt(scale, 'energy', WIDENED_LOUD) / 2, energy[1]], 'energy');
    return [`${words[0]} / ${quiet.text}`];
  }
  return [];
}
