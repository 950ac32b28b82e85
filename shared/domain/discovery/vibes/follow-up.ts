import type { ParsedVibe, VibeShare, VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { EFFECTS } from './effects.ts';
import { contentSense, isSense } from './items.ts';
import type { Item } from './items.ts';
import { genresAbove, sameGenres } from './lexicon/genres.ts';
import { parseVibe, readSentence, vibeOfItems } from './parse-vibe.ts';
import type { VibeContext } from './parse-vibe.ts';

/** "More" and "less" move a range by this much, and a tempo by that. */
const STEP = 0.2;
const TEMPO_STEP = 15;
/** A moved range stays this wide. */
const WIDTH_MIN = 0.15;

/**
 * Applies a follow-up ("less upbeat", "more pop", "no rap") to a spec: words of sound move the ranges that are there, exclusions take back what was
 * wished, and everything else is added or replaces its field.
 */
export function editVibe(spec: VibeSpec, sentence: string, context: VibeContext): ParsedVibe {
  const read = readSentence(sentence, context);
  const parsed = parseVibe(sentence, context);
  if (parsed.languages[0] === 'LB Radio') return { ...parsed, spec: merged(spec, parsed.spec) };
  const isMoved = (item: Item) => contentSense(item) !== undefined && soundFields(item).some((field) => spec[field] !== undefined);
  const rest = vibeOfItems({ ...read, items: read.items.filter((item) => !isMoved(item)) }, context);
  const edited = merged(spec, rest.spec);
  read.items.forEach((item, at) => {
    if (isMoved(item)) move(edited, item, isSense(read.items[at - 1], 'less', 'not'));
  });
  return { ...rest, spec: edited, isEmpty: parsed.isEmpty };
}

const soundFields = (item: Item): (VibeShare | 'tempo')[] => {
  const sense = contentSense(item);
  return sense === undefined ? [] : (EFFECTS[sense]?.ranges ?? []).map(({ field }) => field);
};

function move(spec: VibeSpec, item: Item, isLess: boolean): void {
  const sense = contentSense(item);
  for (const { field, from, to, scale } of sense === undefined ? [] : (EFFECTS[sense]?.ranges ?? [])) {
    const range = spec[field];
    if (!range) continue;
    const isLow = field === 'tempo' ? to <= 100 : (from + to) / 2 < (scale === 'value' ? 0.4 : 0.5);
    const direction = (isLow ? -1 : 1) * (isLess || item.isNegated ? -1 : 1);
    spec[field] =
      field === 'tempo'
        ? shifted(range, direction * TEMPO_STEP, { most: 300, width: 10 })
        : shifted(range, direction * STEP, { most: 1, width: WIDTH_MIN });
  }
}

function shifted(
  [from, to]: readonly [number, number],
  by: number,
  { most, width }: { readonly most: number; readonly width: number },
): [number, number] {
  const clamp = (value: number) => Math.round(Math.min(most, Math.max(0, value)) * 100) / 100;
  const [low, high] = [clamp(from + by), clamp(to + by)];
  if (high - low >= width) return [low, high];
  return by > 0 ? [clamp(high - width), high] : [low, clamp(low + width)];
}

const union = (one: readonly string[] | undefined, other: readonly string[] | undefined, out: readonly string[] = []) => {
  const all = [...new Set([...(one ?? []), ...(other ?? [])])].filter((name) => !out.includes(name));
  return all.length > 0 ? all.slice(0, 50) : undefined;
};

/** The earlier spec with the fields of a later one: lists grow, what is excluded is taken out, single values are replaced. */
function merged(spec: VibeSpec, later: VibeSpec): VibeSpec {
  const isBelow = (genre: string) =>
    later.not_genres?.some((refused) => sameGenres(refused).includes(genre) || genresAbove(genre).includes(refused)) === true;
  const result: VibeSpec = { ...spec, ...later };
  const lists = {
    genres: union(
      spec.genres?.filter((genre) => !isBelow(genre)),
      later.genres,
    ),
    not_genres: union(spec.not_genres, later.not_genres, later.genres),
    seeds: union(spec.seeds, later.seeds, later.not_artists),
    artists: union(spec.artists, later.artists, later.not_artists),
    not_artists: union(spec.not_artists, later.not_artists, [...(later.seeds ?? []), ...(later.artists ?? [])]),
    not_words: union(spec.not_words, later.not_words),
  };
  for (const [field, list] of Object.entries(lists)) {
    if (list) Object.assign(result, { [field]: list });
    else Reflect.deleteProperty(result, field);
  }
  if (later.years) Reflect.deleteProperty(result, 'years_any');
  if (later.years_any) Reflect.deleteProperty(result, 'years');
  result.report = union(spec.report, later.report)?.slice(0, 40) ?? [];
  result.conflict = later.conflict;
  return result;
}
