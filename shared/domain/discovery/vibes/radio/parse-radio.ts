import type { ParsedVibe, VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import type { ArtistNames } from '../names.ts';
import { foldedWords } from '../tokens.ts';
import { isRadioPrompt, RADIO_CHARS_MAX, readRadioElements } from './radio-elements.ts';
import type { RadioElement } from './radio-elements.ts';
import { fieldOf, VALUE_EXAMPLES } from './radio-values.ts';

const SPANS: Readonly<Record<string, string>> = { year: 'history:1y', this_year: 'history:1y' };
const NAMES_MAX = 50;
const REPORTS_MAX = 40;

/** Parses a prompt in LB Radio's syntax; undefined for a sentence. What no field can honor, and what cannot be read, is reported. */
export function parseRadioPrompt(prompt: string, artists: ArtistNames): ParsedVibe | undefined {
  if (!isRadioPrompt(prompt)) return undefined;
  const { elements, words, errors } = readRadioElements(prompt);
  const spec: VibeSpec = { report: [], conflict: [] };
  for (const element of elements) applyElement(spec, element, artists);
  const stray = [...words, ...errors.map(({ at, length }) => prompt.slice(at, at + length))];
  spec.report = [...spec.report, ...stray.map((word) => `theme:${word.slice(0, 100)}`)].slice(0, REPORTS_MAX);
  return { spec, languages: ['LB Radio'], questions: [], isCut: prompt.length > RADIO_CHARS_MAX, isEmpty: Object.keys(spec).length === 2 };
}

type NameField = 'genres' | 'not_genres' | 'seeds' | 'artists' | 'not_artists' | 'not_words';

function addNames(spec: VibeSpec, field: NameField, names: readonly string[]): void {
  const all = [...new Set([...(spec[field] ?? []), ...names.map((name) => name.slice(0, 200))])].slice(0, NAMES_MAX);
  if (all.length > 0) spec[field] = all;
}

function applyElement(spec: VibeSpec, element: RadioElement, artists: ArtistNames): void {
  const { entity, values, options, isNot, weight } = element;
  const [value = ''] = values;
  if (entity === 'artist') {
    const names = values.map((name) => artists.exact(foldedWords(name)) ?? name);
    const isOnly = options.includes('nosim');
    addNames(spec, isNot ? 'not_artists' : isOnly ? 'artists' : 'seeds', names);
    // Only some artists are wanted: each has its share of the list, whatever its weight.
    if (isOnly && weight > 1) spec.report.push(`weight:artist ${weight}`);
    else if (!isNot) addWeights(spec, { of: 'seeds', names, weight });
    return;
  }
  if (entity === 'tag') {
    const genres = values.map((genre) => foldText(genre.replaceAll('_', ' '))).filter((genre) => genre !== '');
    addNames(spec, isNot ? 'not_genres' : 'genres', genres);
    if (isNot) return;
    if (values.length > 1 && !options.includes('or')) spec.report.push(`all of:${values.join(', ').slice(0, 100)}`);
    addWeights(spec, { of: 'genres', names: genres, weight });
    return;
  }
  if (entity === 'word' && isNot)
    return addNames(
      spec,
      'not_words',
      values.map(foldText).filter((word) => word !== ''),
    );
  if (entity === 'stats') {
    spec.artists_from = SPANS[options.at(-1) ?? ''] ?? 'history';
    spec.report.push('history:your artists');
    return;
  }
  if (entity === 'recs') {
    if (options.length > 0) spec.heard = options.includes('unlistened') ? 'new' : 'known';
    spec.report.push('history:recommendations');
    return;
  }
  const field = VALUE_EXAMPLES[entity] === undefined ? undefined : fieldOf(element);
  if (!field) spec.report.push(`${entity}:${value.slice(0, 100)}`);
  else if (field.not_years) spec.not_years = [...(spec.not_years ?? []), ...field.not_years].slice(0, 12);
  else if (field.years) addYears(spec, field.years);
  else Object.assign(spec, field);
}

/** A second span of years is another one that is enough. */
function addYears(spec: VibeSpec, years: readonly [number, number]): void {
  const spans = [...(spec.years_any ?? (spec.years ? [spec.years] : [])), [...years] as [number, number]].slice(0, 12);
  delete spec.years;
  delete spec.years_any;
  if (spans.length === 1) spec.years = [...years];
  else spec.years_any = spans;
}

function addWeights(
  spec: VibeSpec,
  { of, names, weight }: { readonly of: 'genres' | 'seeds'; readonly names: readonly string[]; readonly weight: number },
): void {
  if (weight <= 1 || names.length === 0) return;
  spec.weights = [...(spec.weights ?? []), ...names.map((name) => ({ of, name: name.slice(0, 200), weight }))].slice(0, NAMES_MAX);
}
