import type { ParsedVibe, VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import type { ArtistNames } from './names.ts';
import { foldedWords } from './tokens.ts';

/** Elements of the prompts of ListenBrainz' LB Radio (troi): `artist:(Portishead):2:nosim tag:(trip hop,downtempo)::or #punk`. */
const ELEMENT =
  /(artist|tag|country|stats|recs|playlist|collection|years?|mode):(?:\(([^)]*)\)|([^\s:]*))((?::[^\s:]*)*)|#(?:\(([^)]*)\)|([\p{L}\p{N}_-]+))/giu;
const PROMPT = /^\s*(?:(?:artist|tag|country|stats|recs|playlist|collection|years?|mode):\S|#[\p{L}(])/iu;
const YEARS = /^(\d{4})(?:-(\d{4}))?$/u;
const SPANS: Readonly<Record<string, string>> = { year: 'history:1y', this_year: 'history:1y', all_time: 'history' };

/** Parses a prompt in LB Radio's syntax; undefined for a sentence. What no field can honor is reported, weights among it. */
export function parseRadioPrompt(prompt: string, artists: ArtistNames): ParsedVibe | undefined {
  if (!PROMPT.test(prompt)) return undefined;
  const text = prompt.slice(0, 2_000);
  const spec: VibeSpec = { report: [], conflict: [] };
  let rest = text;
  for (const match of text.matchAll(ELEMENT)) {
    rest = rest.replace(match[0], ' ');
    const [, entity = 'tag', inBrackets, bare, options = '', taggedList, tag] = match;
    const values = (inBrackets ?? bare ?? taggedList ?? tag ?? '').split(',').flatMap((value) => value.trim() || []);
    applyElement(spec, { entity: entity.toLowerCase(), values, options: options.split(':').filter((one) => one !== ''), artists });
  }
  spec.report = [...spec.report, ...rest.split(/\s+/u).flatMap((word) => (word.trim() === '' ? [] : [`theme:${word.slice(0, 100)}`]))].slice(0, 40);
  return { spec, languages: ['LB Radio'], questions: [], isCut: text.length < prompt.length, isEmpty: Object.keys(spec).length === 2 };
}

interface Element {
  readonly entity: string;
  readonly values: readonly string[];
  readonly options: readonly string[];
  readonly artists: ArtistNames;
}

function applyElement(spec: VibeSpec, { entity, values, options, artists }: Element): void {
  const add = (field: 'genres' | 'seeds' | 'artists', found: readonly string[]) => {
    const all = [...new Set([...(spec[field] ?? []), ...found])].slice(0, 50);
    if (all.length > 0) spec[field] = all;
  };
  if (options.some((option) => /^\d+$/u.test(option) && option !== '1'))
    spec.report.push(`weight:${entity} ${options.find((option) => /^\d+$/u.test(option))}`);
  const [value = ''] = values;
  switch (entity) {
    case 'artist':
      return add(
        options.includes('nosim') ? 'artists' : 'seeds',
        values.map((name) => artists.exact(foldedWords(name)) ?? name),
      );
    case 'tag':
      if (values.length > 1 && !options.includes('or')) spec.report.push(`all of:${values.join(', ').slice(0, 100)}`);
      return add(
        'genres',
        values.map((genre) => foldText(genre.replaceAll('_', ' '))),
      );
    case 'year':
    case 'years': {
      const found = YEARS.exec(value);
      if (found) spec.years = [Number(found[1]), Math.max(Number(found[1]), Number(found[2] ?? found[1]))];
      else spec.report.push(`years:${value.slice(0, 100)}`);
      return;
    }
    case 'mode':
      if (value === 'easy') spec.popularity = 'hits';
      else if (value === 'hard') spec.popularity = 'deep';
      return;
    case 'stats':
      spec.artists_from = SPANS[options.at(-1) ?? ''] ?? 'history';
      spec.report.push('history:your artists');
      return;
    case 'recs':
      if (options.includes('unlistened') || options.includes('listened')) spec.heard = options.includes('unlistened') ? 'new' : 'known';
      spec.report.push('history:recommendations');
      return;
    default:
      spec.report.push(`${entity}:${value.slice(0, 100)}`);
  }
}
