import type { VibeNoticeView } from '#shared/contracts/discovery/generate-vibe.ts';
import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { tagsOfGenre } from './genre-tags.ts';
import type { VibeSelection } from './select-tracks.ts';
import { artistNumbers } from './vibe-policy.ts';
import { isOneTempo } from './vibe-rules.ts';
import type { Relaxable } from './vibe-rules.ts';

/** What notices are about; without tracks when only rules were made. */
type NoticedSelection = Pick<VibeSelection, 'entries' | 'relaxed' | 'wanted' | 'unknown' | 'unwanted'>;

const KINDS: Readonly<Record<string, (value: string) => string>> = {
  theme: (value) => `“${value}”: no field says what a song is about.`,
  mood: (value) => `“${value}”: no field says that.`,
  vocal_language: (value) => `Sung in ${languageName(value)}: the language of the lyrics is not known.`,
  instrument: (value) => `${capital(value)}: the instruments of a recording are not known.`,
  voice: (value) => `Voices of ${value}: who sings is not known.`,
  recording: (value) => `${capital(value)}: no field marks them.`,
  history: (value) =>
    value === 'recommendations' ? 'Recommendations are not available yet.' : `“${value}”: your listening history is not available yet.`,
  country: (value) => `From ${value}: the country of an artist is not known.`,
  weight: (value) => `Weight of ${value}: all parts count the same.`,
  'all of': (value) => `All of ${value}: one of them is enough.`,
  more: (value) => `${value} more were not understood.`,
};

const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  pt: 'Portuguese',
  it: 'Italian',
  nl: 'Dutch',
  pl: 'Polish',
  tr: 'Turkish',
  ja: 'Japanese',
  ko: 'Korean',
  ar: 'Arabic',
  ru: 'Russian',
};
const languageName = (code: string) => LANGUAGES[code] ?? `“${code}”`;
const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const FIELD_WORDS: Readonly<Record<Relaxable, string>> = {
  likeness: 'Genres of the artists named: others were let in.',
  popularity: 'Popularity: any, because too few tracks match.',
  valence: 'Mood (valence): any, because too few tracks match.',
  energy: 'Energy: any, because too few tracks match.',
  dance: 'Danceability: any, because too few tracks match.',
  speech: 'Speech: any, because too few tracks match.',
  live: 'Live recordings: studio recordings were let in.',
  acoustic: 'Acoustic: any, because too few tracks match.',
  instrumental: 'Instrumental: tracks with vocals were let in.',
  tempo: 'Tempo: widened by 5 beats per minute.',
  years: 'Years: widened by 2.',
  'unknown genres': 'Excluded genres: tracks whose genre nobody knows were let in.',
};

/** The notices of a list, in the order in which they matter: what is not honored, what excludes itself, what was relaxed, and figures. */
export function vibeNotices(spec: VibeSpec, catalog: Catalog, selection: NoticedSelection): VibeNoticeView[] {
  const reported = spec.report.map((report) => ({ kind: 'unhonored' as const, text: reportText(report) }));
  const conflicts = spec.conflict.map((pair) => ({
    kind: 'conflict' as const,
    text: `These exclude each other: ${pair.replaceAll(' / ', ' and ')}.`,
  }));
  const relaxed = selection.relaxed.map((field) => ({ kind: 'relaxed' as const, text: FIELD_WORDS[field] }));
  return [...reported, ...conflicts, ...missing(spec, catalog), ...relaxed, ...figures(spec, catalog, selection)];
}

function reportText(report: string): string {
  const at = report.indexOf(':');
  const [kind, value] = [report.slice(0, Math.max(0, at)), report.slice(at + 1)];
  return KINDS[kind]?.(value) ?? `“${value}”: no field can honor this.`;
}

const unhonored = (text: string): VibeNoticeView => ({ kind: 'unhonored', text });
const note = (text: string): VibeNoticeView => ({ kind: 'note', text });

/** Names and genres that the catalog does not have. */
function missing(spec: VibeSpec, catalog: Catalog): VibeNoticeView[] {
  const names = [...(spec.seeds ?? []), ...(spec.artists ?? [])].filter((name) => artistNumbers(catalog, [name]).length === 0);
  const hasGenres = catalog.tagNumbers.genre.size > 0;
  const genres = (spec.genres ?? []).filter((genre) => tagsOfGenre(catalog, genre).length === 0);
  const refused = (spec.not_genres ?? []).filter((genre) => tagsOfGenre(catalog, genre).length === 0);
  return [
    ...names.map((name) => unhonored(`${name} is not in the catalog.`)),
    ...genres.map((genre) =>
      unhonored(hasGenres ? `No recording in the catalog has the genre ${genre}.` : `${capital(genre)}: no genre is known in the catalog.`),
    ),
    ...(hasGenres ? [] : refused.map((genre) => unhonored(`No ${genre}: no genre is known in the catalog.`))),
  ];
}

function figures(spec: VibeSpec, catalog: Catalog, { entries, wanted, unknown, unwanted }: NoticedSelection): VibeNoticeView[] {
  const { tempo, minutes } = spec;
  const halves = tempo && isOneTempo(tempo) ? entries.filter(({ row }) => isOutside(catalog.numbers.tempo[row], tempo)).length : 0;
  const played = entries.reduce((sum, { row }) => sum + (catalog.numbers.duration_ms[row] ?? 0), 0) / 60_000;
  return [
    ...(entries.length === 0 && wanted > 0 ? [note('No track matches. Remove a chip, or use other words.')] : []),
    ...(entries.length > 0 && entries.length < wanted ? [note(`${entries.length} of ${wanted} tracks: no more match.`)] : []),
    ...(minutes !== undefined && entries.length > 0 && Math.abs(played - minutes) > 2.5
      ? [note(`${Math.round(played)} of ${minutes} minutes: no more match.`)]
      : []),
    ...(halves > 0 ? [note(`${halves} ${halves === 1 ? 'track counts' : 'tracks count'} at half or double time.`)] : []),
    ...(unwanted > 0
      ? [note(`${unwanted.toLocaleString('en')} ${unwanted === 1 ? 'recording was' : 'recordings were'} left out because you dislike them.`)]
      : []),
    ...(unknown > 0 ? [note(`${unknown.toLocaleString('en')} recordings were left out because a value is unknown.`)] : []),
  ];
}

const isOutside = (value: number | undefined, [low, high]: readonly [number, number]) =>
  value !== undefined && (value < low - 5.5 || value > high + 5.5);
