import { VIBE_ORDERS, VIBE_SHARES, vibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { z } from 'zod';
import { valueAt } from '../feature-scale.ts';
import type { FeatureScale } from '../feature-scale.ts';
import { GENRE_NAMES, sameGenres } from '../lexicon/genres.ts';
import type { ArtistNames } from '../names.ts';
import { foldedWords } from '../tokens.ts';

const nameList = z.array(z.string().max(200)).max(50).optional();
const span = (most: number) =>
  z.strictObject({ from: z.number().min(0).max(most), to: z.number().min(0).max(most) }).refine(({ from, to }) => from <= to);
const range = (most: number) => span(most).optional();
const spans = z.array(span(2199)).max(12).optional();

/** What a model may answer; an unknown field, such as a list of songs, makes the whole answer unusable. */
const answer = z.strictObject({
  genres: nameList,
  not_genres: nameList,
  years: range(2199),
  years_any: spans,
  not_years: spans,
  artists_from: z.string().max(12).optional(),
  ...Object.fromEntries(VIBE_SHARES.map((field) => [field, range(100)])),
  tempo: range(400),
  track_seconds: range(86_400),
  explicit: z.boolean().optional(),
  seeds: nameList,
  artists: nameList,
  not_artists: nameList,
  not_words: nameList,
  minutes: z.number().min(1).max(1_440).optional(),
  track_count: z.int().min(1).max(500).optional(),
  order: z.enum(VIBE_ORDERS).optional(),
  popularity: z.enum(['hits', 'deep']).optional(),
  heard: z.enum(['new', 'known', 'not recently']).optional(),
  report: nameList,
  conflict: nameList,
});

/** Fields whose percentiles say little, because most music has none: percent is taken as the value. */
export const PERCENT_FIELDS: readonly string[] = ['acoustic', 'instrumental', 'speech', 'live'];

/**
 * A model's answer as a spec; undefined when it is not in the agreed form. Artists that the sentence does not name, and genres that are neither known
 * nor named, are left out: a model invents them.
 */
export function specOfAnswer(json: unknown, { sentence, scale, artists }: AnsweredSentence): VibeSpec | undefined {
  const parsed = answer.safeParse(json);
  if (!parsed.success) return undefined;
  const {
    track_count: tracks,
    years,
    years_any: yearsAny,
    not_years: notYears,
    tempo,
    track_seconds: seconds,
    genres,
    not_genres: notGenres,
    ...data
  } = parsed.data;
  const isNamed = namedIn(sentence);
  const isGenre = (genre: string) => GENRE_NAMES.includes(foldText(genre)) || isNamed(genre);
  // A name as the catalog has it, where it has it.
  const known = (names: readonly string[] | undefined) =>
    names?.filter(isNamed).map((name) => artists.exact(foldedWords(name)) ?? artists.beginning(foldedWords(name)) ?? name);
  const shares = VIBE_SHARES.map((field) => [field, shareOf((data as Readonly<Record<string, unknown>>)[field], field, scale)] as const);
  const spec = {
    ...data,
    ...Object.fromEntries(shares),
    tracks,
    genres: genres?.map(foldText).filter(isGenre),
    not_genres: notGenres && [...new Set(notGenres.filter(isGenre).flatMap((genre) => sameGenres(foldText(genre))))],
    years: pair(years) ?? (yearsAny?.length === 1 ? pair(yearsAny[0]) : undefined),
    years_any: (yearsAny?.length ?? 0) > 1 ? yearsAny?.map(pair) : undefined,
    not_years: notYears?.map(pair),
    tempo: tempo && [tempo.from, tempo.to],
    track_seconds: pair(seconds),
    seeds: known(data.seeds),
    artists: known(data.artists),
    not_artists: known(data.not_artists),
    not_words: data.not_words?.filter((word) => word.trim() !== ''),
    report: (data.report ?? []).flatMap((one) => one.trim().slice(0, 120) || []),
    conflict: (data.conflict ?? []).flatMap((one) => one.trim().slice(0, 200) || []).slice(0, 20),
  };
  const checked = vibeSpec.safeParse(withoutEmpty(spec));
  return checked.success ? checked.data : undefined;
}

function shareOf(value: unknown, field: (typeof VIBE_SHARES)[number], scale: FeatureScale): [number, number] | undefined {
  const found = value as { readonly from: number; readonly to: number } | undefined;
  if (!found) return undefined;
  const of = (percent: number) => Math.round((PERCENT_FIELDS.includes(field) ? percent / 100 : valueAt(scale, field, percent / 100)) * 100) / 100;
  return [of(found.from), of(found.to)];
}

const pair = (one: { from: number; to: number } | undefined) => one && [Math.round(one.from), Math.round(one.to)];

interface AnsweredSentence {
  readonly sentence: string;
  readonly scale: FeatureScale;
  readonly artists: ArtistNames;
}

/** Whether a sentence names somebody: all words of the name, or the first of a longer one. */
function namedIn(sentence: string): (name: string) => boolean {
  const words = ` ${foldedWords(sentence).join(' ')} `;
  return (name) => {
    const own = foldedWords(name);
    return (
      own.length > 0 &&
      (words.includes(` ${own.join(' ')} `) || words.replaceAll(' ', '').includes(own.join('')) || words.includes(` ${own.slice(0, 2).join(' ')} `))
    );
  };
}

/** Absent is free; an empty list is absent. */
function withoutEmpty(spec: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(spec).filter(
      ([field, value]) => value !== undefined && (field === 'report' || field === 'conflict' || !Array.isArray(value) || value.length > 0),
    ),
  );
}
