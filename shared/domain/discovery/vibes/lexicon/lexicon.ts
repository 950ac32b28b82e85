import type { TermsByStart, Token } from '../tokens.ts';
import { foldedWords, isBreak } from '../tokens.ts';
import { GENRE_NAMES } from './genres.ts';
import type { Pack, Sense, VibeLanguage } from './pack.ts';
import { DUTCH } from './packs/nl.ts';
import { ENGLISH } from './packs/en.ts';
import { FRENCH } from './packs/fr.ts';
import { GERMAN } from './packs/de.ts';
import { ITALIAN } from './packs/it.ts';
import { JAPANESE } from './packs/ja.ts';
import { POLISH } from './packs/pl.ts';
import { PORTUGUESE } from './packs/pt.ts';
import { SPANISH } from './packs/es.ts';
import { TURKISH } from './packs/tr.ts';

/** What a term means. */
export type Meaning =
  | { readonly kind: 'sense'; readonly sense: Sense }
  | { readonly kind: 'genre'; readonly genre: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'decade'; readonly from: number };

/** A term that a sentence has at some token. */
export interface TermMatch {
  readonly meaning: Meaning;
  readonly length: number;
  /** Its letters; whole words count a little more than stems. */
  readonly weight: number;
}

interface Term {
  readonly words: readonly { readonly text: string; readonly isStem: boolean }[];
  readonly meaning: Meaning;
  /** Terms of more letters win; whole words win over stems. */
  readonly weight: number;
}

/** The terms of one language, by the first word or by the beginning of it. */
export interface Vocabulary {
  readonly language: VibeLanguage | 'any';
  readonly stop: ReadonlySet<string>;
  readonly endings: readonly string[];
  readonly byWord: ReadonlyMap<string, readonly Term[]>;
  readonly byStem: ReadonlyMap<string, readonly Term[]>;
  /** Letters of its longest stem. */
  readonly stemMax: number;
}

/** The terms of a vocabulary that start at a token of one sentence, the longest and most exact first. */
export type TermsAt = (vocabulary: Vocabulary, at: number) => readonly TermMatch[];

const STEM_MIN = 2;
const NO_TERMS: readonly TermMatch[] = [];
const PACKS: readonly Pack[] = [ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, ITALIAN, DUTCH, POLISH, TURKISH, JAPANESE];

const listed = (text: string) => text.split(',').flatMap((term) => term.trim() || []);

const pairs = (text: string) => listed(text).map((term) => term.split('=') as [string, string]);
const foldedTerms = (list: string) => listed(list).flatMap((word) => foldedWords(word).join(' ') || []);

/** The vocabularies of the ten languages. */
export const VOCABULARIES: readonly Vocabulary[] = PACKS.map(compiled);

/** Names of genres, which people write in English in every language. */
export const GENRE_VOCABULARY: Vocabulary = vocabularyOf('any', { stop: '', endings: '' }, [
  ...GENRE_NAMES.map((genre) => [genre, { kind: 'genre', genre }] as const),
  ['hip-hop', { kind: 'genre', genre: 'hip hop' }],
  ['hiphop', { kind: 'genre', genre: 'hip hop' }],
  ['rnb', { kind: 'genre', genre: 'r&b' }],
  ['alt rock', { kind: 'genre', genre: 'alternative rock' }],
  ['drum n bass', { kind: 'genre', genre: 'drum and bass' }],
  ['dnb', { kind: 'genre', genre: 'drum and bass' }],
  ['lofi', { kind: 'genre', genre: 'lo-fi' }],
  ['kpop', { kind: 'genre', genre: 'k-pop' }],
  ['jpop', { kind: 'genre', genre: 'j-pop' }],
  ['synth pop', { kind: 'genre', genre: 'synthpop' }],
  ['synth wave', { kind: 'genre', genre: 'synthwave' }],
  ['electro pop', { kind: 'genre', genre: 'electropop' }],
  ['rock n roll', { kind: 'genre', genre: 'rock and roll' }],
  ['rock roll', { kind: 'genre', genre: 'rock and roll' }],
  ['triphop', { kind: 'genre', genre: 'trip hop' }],
  ['nu soul', { kind: 'genre', genre: 'neo soul' }],
  ['afro beats', { kind: 'genre', genre: 'afrobeats' }],
  ['post rock', { kind: 'genre', genre: 'post-rock' }],
]);

/** Japanese terms: the tokenizer cuts texts without spaces at them. */
export const JAPANESE_TERMS: TermsByStart = byStart(new Set(japaneseTerms()));

function byStart(terms: Iterable<string>): TermsByStart {
  const grouped = new Map<string, string[]>();
  for (const term of [...terms].toSorted((a, b) => b.length - a.length)) grouped.set(term[0] ?? '', [...(grouped.get(term[0] ?? '') ?? []), term]);
  return grouped;
}

function japaneseTerms(): string[] {
  const { senses, genres, stop, numbers, decades } = JAPANESE;
  const named = [genres, numbers, decades].flatMap((text) => listed(text).map((term) => term.split('=')[0] ?? ''));
  return [...named, ...listed(stop), ...Object.values(senses).flatMap((text) => listed(text ?? ''))];
}

function compiled(pack: Pack): Vocabulary {
  return vocabularyOf(pack.language, pack, [
    ...pairs(pack.numbers).map(([term, value]) => [term, { kind: 'number', value: Number(value) }] as const),
    ...pairs(pack.decades).map(([term, from]) => [term, { kind: 'decade', from: Number(from) }] as const),
    ...pairs(pack.genres).map(([term, genre]) => [term, { kind: 'genre', genre }] as const),
    ...Object.entries(pack.senses).flatMap(([sense, terms]) =>
      listed(terms).map((term) => [term, { kind: 'sense', sense: sense as Sense }] as const),
    ),
  ]);
}

function vocabularyOf(
  language: Vocabulary['language'],
  { stop, endings }: Pick<Pack, 'stop' | 'endings'>,
  terms: readonly (readonly [string, Meaning])[],
): Vocabulary {
  const byWord = new Map<string, Term[]>();
  const byStem = new Map<string, Term[]>();
  for (const [text, meaning] of terms) {
    const words = text.split(' ').flatMap((word) => {
      const folded = foldedWords(word);
      return folded.map((part, at) => ({ text: part, isStem: word.endsWith('*') && at === folded.length - 1 }));
    });
    const [first] = words;
    if (!first) continue;
    const weight = words.reduce((sum, word) => sum + word.text.length + (word.isStem ? 0 : 0.5), 0);
    const index = first.isStem ? byStem : byWord;
    index.set(first.text, [...(index.get(first.text) ?? []), { words, meaning, weight }]);
  }
  const stemMax = Math.max(0, ...[...byStem.keys()].map((stem) => stem.length));
  return { language, stop: new Set(foldedTerms(stop)), endings: foldedTerms(endings), byWord, byStem, stemMax };
}

/** Looks up the terms of a sentence. Each place is looked up once, because reading a sentence asks for it again and again. */
export function createTermsAt(tokens: readonly Token[]): TermsAt {
  const known = new Map<Vocabulary, (readonly TermMatch[] | undefined)[]>();
  return (vocabulary, at) => {
    const places = known.get(vocabulary) ?? [];
    known.set(vocabulary, places);
    return (places[at] ??= termsAt(vocabulary, tokens, at));
  };
}

/** The terms of a vocabulary that start at a token, the longest and most exact first. */
export function termsAt(vocabulary: Vocabulary, tokens: readonly Token[], at: number): readonly TermMatch[] {
  const word = tokens[at]?.fold ?? '';
  const found = [...(vocabulary.byWord.get(word) ?? [])];
  for (let length = STEM_MIN; length <= Math.min(word.length, vocabulary.stemMax); length++)
    found.push(...(vocabulary.byStem.get(word.slice(0, length)) ?? []));
  if (found.length === 0) return NO_TERMS;
  return found
    .filter((term) => term.words.every((part, offset) => isPart(tokens, at + offset, { ...part, isFirst: offset === 0 })))
    .toSorted((a, b) => b.words.length - a.words.length || b.weight - a.weight)
    .map(({ meaning, words, weight }) => ({ meaning, length: words.length, weight }));
}

function isPart(tokens: readonly Token[], at: number, part: { readonly text: string; readonly isStem: boolean; readonly isFirst: boolean }): boolean {
  const token = tokens[at];
  if (!token || (!part.isFirst && isBreak(token))) return false;
  return part.isStem ? token.fold.startsWith(part.text) : token.fold === part.text;
}
