import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { EFFECTS } from './effects.ts';
import { contentSense, isSense } from './items.ts';
import type { Item } from './items.ts';
import { sameGenres } from './lexicon/genres.ts';
import type { ContentSense } from './lexicon/pack.ts';

/** The most unknown words that are listed one by one. */
const WORDS_LISTED_MAX = 12;
/** Songs of a remembered year came out from two years before it to one after. */
const REMEMBERED: readonly [number, number] = [-2, 1];
/** Languages in the names of genres. */
const GENRE_LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/^italian |^italo |^neapolitan|^cantautori/, 'it'],
  [/^french |^chanson$|^variete|^yeye$/, 'fr'],
  [/^spanish |^rock en espanol/, 'es'],
  [/^german |^neue deutsche|^schlager$/, 'de'],
  [/^turkish |^anatolian|^arabesk$/, 'tr'],
  [/^dutch |^levenslied/, 'nl'],
  [/^polish |^disco polo/, 'pl'],
  [/^brazilian |^sertanejo$|^fado$/, 'pt'],
  [/^j-pop$|^j-rock$|^enka$|^kayokyoku$|^city pop$/, 'ja'],
  [/^k-pop$|^k-rock$|^k-rap$/, 'ko'],
];
/** Wishes that exclude each other, although they are about different fields. */
const OPPOSITES: readonly (readonly [ContentSense, ContentSense])[] = [
  ['sleep', 'party'],
  ['sleep', 'danceable'],
  ['sleep', 'lively'],
  ['sleep', 'workout'],
  ['yoga', 'party'],
  ['study', 'party'],
  ['instrumental', 'singAlong'],
  ['instrumental', 'spoken'],
  ['clean', 'explicit'],
  ['newToMe', 'known'],
  ['slow', 'fast'],
  ['hits', 'deep'],
  ['short', 'long'],
  ['acoustic', 'synthesizer'],
];
const SECONDS_SHORT = 150;
const SECONDS_LONG = 330;
const LONGEST_SONG_SECONDS = 7_200;
/** No list has songs this much shorter or longer on average. */
const AVERAGE_SECONDS: readonly [number, number] = [45, 1_200];

type Facts = Omit<VibeSpec, 'report' | 'conflict'> & { report: string[]; conflict: string[] };

/** The fields that a sentence states besides sound: genres, years, artists, lengths, counts, and what no field can honor. */
export function readFacts(items: readonly Item[], year: number): { readonly facts: Facts; readonly questions: readonly string[] } {
  const senses = items.flatMap((item) => contentSense(item) ?? []);
  const isWanted = (sense: ContentSense) => items.some((item) => contentSense(item) === sense && !item.isNegated);
  const isRefused = (sense: ContentSense) => items.some((item) => contentSense(item) === sense && item.isNegated);
  const facts: Facts = { report: [], conflict: [], ...genresOf(items), ...yearsOf(items, year), ...artistsOf(items), ...lengthsOf(items) };
  if (isWanted('clean') || isWanted('kids') || isRefused('explicit')) facts.explicit = false;
  else if (isWanted('explicit')) facts.explicit = true;
  const [isHits, isDeep] = [isWanted('hits') || isRefused('deep'), isWanted('deep') || isRefused('hits')];
  if (isHits !== isDeep) facts.popularity = isHits ? 'hits' : 'deep';
  if (isWanted('notRecently')) facts.heard = 'not recently';
  else if (isWanted('newToMe') !== isWanted('known')) facts.heard = isWanted('newToMe') ? 'new' : 'known';
  if (isWanted('myArtists')) {
    const span = items.find((item) => item.kind === 'lastYears');
    facts.artists_from = span?.kind === 'lastYears' ? `history:${span.count}y` : 'history';
  }
  if (isWanted('short') && !facts.track_seconds) facts.track_seconds = [0, SECONDS_SHORT];
  if (isWanted('long') && !facts.track_seconds) facts.track_seconds = [SECONDS_LONG, LONGEST_SONG_SECONDS];
  const words = notWordsOf(items);
  if (words.length > 0) facts.not_words = words;
  facts.report = reportsOf(items, facts);
  facts.conflict = conflictsOf(items, facts);
  return { facts, questions: questionsOf(senses, items) };
}

const some = <T>(values: readonly T[]): T[] | undefined => (values.length > 0 ? [...new Set(values)] : undefined);
const without = <T extends object>(facts: T): T => Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;

function genresOf(items: readonly Item[]): Pick<Facts, 'genres' | 'not_genres'> {
  const has = (sense: ContentSense) => items.some((item) => contentSense(item) === sense && !item.isNegated);
  const wanted = items.flatMap((item, at) => {
    if (item.isNegated) return [];
    if (item.kind === 'genre') return item.genre === 'christmas' ? [] : [item.genre];
    // "Dance hits" are hits of dance music.
    const next = items[at + 1];
    if (contentSense(item) === 'danceable' && next?.from === item.to && (isSense(next, 'song') || contentSense(next) === 'hits')) return ['dance'];
    return contentSense(item) === 'film' ? ['soundtrack'] : [];
  });
  const refused = items.flatMap((item) => {
    if (!item.isNegated) return [];
    if (item.kind === 'genre') return item.genre === 'christmas' ? [] : [...sameGenres(item.genre)];
    return contentSense(item) === 'film' ? ['soundtrack'] : [];
  });
  if (wanted.length === 0 && has('cafe') && has('paris')) wanted.push('chanson', 'jazz');
  return without({ genres: some(wanted), not_genres: some(refused) });
}

function yearsOf(items: readonly Item[], year: number): Pick<Facts, 'years' | 'years_any' | 'not_years'> {
  const isRemembered = items.some((item) => isSense(item, 'memory'));
  const spans = items.flatMap((item): [number, number][] => {
    if (item.isNegated) return [];
    const isWithHistory = items.some((one) => contentSense(one) === 'myArtists' || contentSense(one) === 'notRecently');
    if (item.kind === 'lastYears') return isWithHistory ? [] : [[year - Math.round(item.count), year]];
    if (item.kind !== 'years') return [];
    const [from, to] = item.years;
    return [isRemembered && from === to ? [from + REMEMBERED[0], to + REMEMBERED[1]] : [from, to]];
  });
  const refused = items.flatMap((item): [number, number][] => (item.kind === 'years' && item.isNegated ? [[...item.years]] : []));
  const merged: [number, number][] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return without({
    years: merged.length === 1 ? merged[0] : undefined,
    years_any: merged.length > 1 ? merged.slice(0, 12) : undefined,
    not_years: refused.length > 0 ? refused.slice(0, 12) : undefined,
  });
}

function artistsOf(items: readonly Item[]): Pick<Facts, 'seeds' | 'artists' | 'not_artists'> {
  const named = items.flatMap((item) => (item.kind === 'artist' ? [item] : []));
  const isOnly = items.some((item) => isSense(item, 'only'));
  const refused = items.flatMap((item) => (item.kind === 'word' && isNamedAgain(item, items) ? [item.text] : []));
  return without({
    seeds: some(named.filter(({ role, isNegated }) => !isNegated && (role === 'seed' || (role === 'bare' && !isOnly))).map(({ name }) => name)),
    artists: some(named.filter(({ role, isNegated }) => !isNegated && (role === 'only' || (role === 'bare' && isOnly))).map(({ name }) => name)),
    not_artists: some([...named.filter(({ isNegated }) => isNegated).map(({ name }) => name), ...refused]),
  });
}

/** "Like X but without X": the unknown word is the artist who was named before. */
function isNamedAgain(item: Item, items: readonly Item[]): boolean {
  if (item.kind !== 'word' || !item.isNegated) return false;
  return items.some((other) => other.kind === 'artist' && foldText(other.name) === foldText(item.text));
}

function lengthsOf(items: readonly Item[]): Pick<Facts, 'minutes' | 'tracks' | 'track_seconds'> {
  const minutes = items.find((item) => item.kind === 'minutes');
  const tracks = items.find((item) => item.kind === 'tracks');
  const songs = items.find((item) => item.kind === 'trackSeconds');
  return without({
    minutes: minutes?.kind === 'minutes' ? minutes.minutes : undefined,
    tracks: tracks?.kind === 'tracks' ? tracks.count : undefined,
    track_seconds: songs?.kind === 'trackSeconds' ? ([...songs.seconds] as [number, number]) : undefined,
  });
}

/** What titles must not have: unknown words, and themes by their name and as they were written. */
function notWordsOf(items: readonly Item[]): string[] {
  const words = items.flatMap((item): string[] => {
    if (!item.isNegated) return [];
    if (item.kind === 'word') return isNamedAgain(item, items) ? [] : [item.text];
    if (item.kind === 'genre') return item.genre === 'christmas' ? ['christmas'] : [];
    const sense = contentSense(item);
    const report = sense === undefined ? undefined : EFFECTS[sense]?.report;
    if (sense === 'remix') return ['remix'];
    if (sense === 'christmas') return ['christmas'];
    return report?.startsWith('theme:') && item.kind === 'sense' ? [report.slice('theme:'.length).replace('*', item.text)] : [];
  });
  return [...new Set(words)].slice(0, 50);
}

function reportsOf(items: readonly Item[], facts: Facts): string[] {
  const known = items.flatMap((item): string[] => {
    if (item.kind === 'genre') {
      if (item.genre === 'christmas') return item.isNegated ? [] : ['theme:christmas'];
      const language = item.isNegated ? undefined : GENRE_LANGUAGES.find(([names]) => names.test(item.genre))?.[1];
      return language === undefined ? [] : [`vocal_language:${language}`];
    }
    const sense = contentSense(item);
    const report = sense === undefined ? undefined : EFFECTS[sense]?.report;
    if (report === undefined || item.kind !== 'sense') return [];
    if (item.isNegated) return report.startsWith('theme:') || sense === 'remix' ? [] : [report];
    return [report.replace(/(?:\*|other)$/u, item.text)];
  });
  const history = [
    facts.heard === undefined ? [] : [`history:${facts.heard}`],
    facts.artists_from === undefined ? [] : ['history:your artists'],
  ].flat();
  const unknown = items.flatMap((item) => (item.kind === 'word' && !item.isNegated ? [`theme:${item.text.slice(0, 100)}`] : []));
  const more = unknown.length > WORDS_LISTED_MAX ? [`more:${unknown.length - WORDS_LISTED_MAX} words`] : [];
  return [...new Set([...known, ...history, ...unknown.slice(0, WORDS_LISTED_MAX), ...more])].slice(0, 40);
}

function conflictsOf(items: readonly Item[], facts: Facts): string[] {
  const textOf = (sense: ContentSense) => {
    const item = items.find((one) => contentSense(one) === sense && !one.isNegated);
    return item?.kind === 'sense' ? item.text : undefined;
  };
  const opposed = OPPOSITES.flatMap(([one, other]) => {
    const [first, second] = [textOf(one), textOf(other)];
    return first !== undefined && second !== undefined ? [`${first} / ${second}`] : [];
  });
  const both = (facts.genres ?? []).filter((genre) => facts.not_genres?.includes(genre)).map((genre) => `${genre} / no ${genre}`);
  const names = (facts.artists ?? []).filter((name) => facts.not_artists?.includes(name)).map((name) => `only ${name} / no ${name}`);
  const [shortest, longest] = AVERAGE_SECONDS;
  const average = facts.minutes !== undefined && facts.tracks !== undefined ? (facts.minutes * 60) / facts.tracks : undefined;
  const lengths = average !== undefined && (average < shortest || average > longest) ? [`${facts.tracks} tracks / ${facts.minutes} minutes`] : [];
  const span = facts.years;
  const years =
    span && facts.not_years?.some(([from, to]) => from <= span[0] && to >= span[1]) ? [`${span[0]}–${span[1]} / not ${span[0]}–${span[1]}`] : [];
  return [...opposed, ...both, ...names, ...lengths, ...years];
}

function questionsOf(senses: readonly ContentSense[], items: readonly Item[]): string[] {
  const hasYears = items.some((item) => item.kind === 'years' || item.kind === 'lastYears');
  return [
    ...(senses.includes('birthYear') ? ['Which years were they?'] : []),
    ...(senses.includes('recent') && !hasYears ? ['How recent: since which year?'] : []),
    ...(senses.includes('old') && !hasYears ? ['How old: up to which year?'] : []),
  ];
}
