import type { Token } from '../tokens.ts';
import { GENRE_VOCABULARY, VOCABULARIES, termsAt } from './lexicon.ts';
import type { Meaning, TermMatch, TermsAt, Vocabulary } from './lexicon.ts';
import type { Sense, VibeLanguage } from './pack.ts';

/** Words of the grammar; they count only in the languages of the sentence. */
const GRAMMAR: ReadonlySet<string> = new Set(
  'not notAfter and or but like likeAfter by only more less next start end song second minute hour year last half halfMore decade since until before after between early mid late under over each bpm remove memory'.split(
    ' ',
  ),
);
/** A shorter word of another language is more often a coincidence. */
const FOREIGN_LETTERS_MIN = 5;
/** Languages with words of words: Partyhits, winteravond. */
const COMPOUNDING: readonly string[] = ['de', 'nl'];
const COMPOUND_PART_MIN = 3;
/** No compound that somebody writes is longer; every cut of it is tried. */
const COMPOUND_MAX = 40;
/** A language this near to the best one is read, too. */
const NEAR = 0.75;
const LANGUAGES_MAX = 3;

/** Letters that are of one language among ours. */
const LETTERS: readonly (readonly [VibeLanguage, RegExp])[] = [
  ['de', /ß/u],
  ['es', /[ñ¿¡]/u],
  ['pl', /[łąęśżźć]/iu],
  ['tr', /[ğşıİ]|\d['’]?l[ae]r/u],
  ['de', /\d{2}ern?\b/u],
  ['nl', /jaren \d/u],
  ['pt', /[ãõ]/iu],
  ['fr', /œ/iu],
];
const LETTER_SCORE = 1.5;
/** Words this short are words of several languages. */
const TELLING_LETTERS = 4;
/** Where nothing tells, a sentence is English. */
const ENGLISH_FIRST = 0.15;

/** The vocabularies that a sentence is read with, the likeliest language first. English when nothing tells. */
export function vocabulariesOf(tokens: readonly Token[], terms: TermsAt, sentence: string): Vocabulary[] {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(sentence)) return VOCABULARIES.filter(({ language }) => language === 'ja');
  const candidates = VOCABULARIES.filter(({ language }) => language !== 'ja');
  const scores = new Map<Vocabulary, number>(candidates.map((one) => [one, one.language === 'en' ? ENGLISH_FIRST : 0]));
  const add = (found: readonly Vocabulary[], amount: number) => {
    for (const one of found) scores.set(one, (scores.get(one) ?? 0) + amount / found.length);
  };
  tokens.forEach((token, at) => {
    add(
      candidates.filter(({ stop }) => stop.has(token.fold)),
      1,
    );
    // Names of genres are the same in every language.
    if (terms(GENRE_VOCABULARY, at).length > 0) return;
    const weights = candidates.map((one) => [one, terms(one, at)[0]?.weight ?? 0] as const);
    const heaviest = Math.max(...weights.map(([, weight]) => weight));
    add(
      weights.filter(([, weight]) => weight > 0 && weight === heaviest).map(([one]) => one),
      heaviest >= TELLING_LETTERS ? 0.8 : 0.3,
    );
  });
  for (const [language, letters] of LETTERS)
    if (letters.test(sentence))
      add(
        candidates.filter((one) => one.language === language),
        LETTER_SCORE,
      );
  const ranked = candidates.toSorted((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
  const best = scores.get(ranked[0] as Vocabulary) ?? 0;
  return ranked.filter((one) => (scores.get(one) ?? 0) >= NEAR * best).slice(0, LANGUAGES_MAX);
}

/** What the words of a sentence mean in its languages. */
export interface Lookup {
  readonly languages: readonly VibeLanguage[];
  /** The longest term at a token; also genres with an ending, and words of other languages that are about music. */
  readonly at: (at: number) => TermMatch | undefined;
  /** The meanings of a compound word's parts; empty when it is none. */
  readonly partsOf: (at: number) => readonly TermMatch[];
  /** Number of tokens of a term with that sense; 0 when there is none, whatever else the words may mean. */
  readonly lengthOf: (at: number, sense: Sense) => number;
  readonly isStop: (at: number) => boolean;
  /** What one folded word means alone, if it is about music. */
  readonly meaningOf: (word: string) => Meaning | undefined;
}

/** Reads a sentence with some vocabularies. */
export function createLookup(tokens: readonly Token[], terms: TermsAt, vocabularies: readonly Vocabulary[]): Lookup {
  const all = [...vocabularies, GENRE_VOCABULARY];
  const foreign = [...VOCABULARIES.filter(({ language }) => language === 'en'), ...VOCABULARIES].filter((one) => !vocabularies.includes(one));
  const own = (at: number) => longest(all.flatMap((one) => terms(one, at)));
  return {
    languages: vocabularies.map(({ language }) => language as VibeLanguage),
    at: perToken((at) => own(at) ?? inflectedGenre(tokens, at, vocabularies) ?? foreignTerm(terms, at, foreign)),
    partsOf: perToken((at) => compoundParts(tokens, at, vocabularies)),
    lengthOf: (at, sense) =>
      Math.max(
        0,
        ...vocabularies.flatMap((one) =>
          terms(one, at).flatMap(({ meaning, length }) => (meaning.kind === 'sense' && meaning.sense === sense ? [length] : [])),
        ),
      ),
    meaningOf: (word) => {
      const alone: readonly Token[] = [{ text: word, fold: word, gap: '', value: undefined, isName: false }];
      return longest(all.flatMap((one) => termsAt(one, alone, 0)).filter(isContent))?.meaning;
    },
    isStop: (at) => vocabularies.some(({ stop }) => stop.has(tokens[at]?.fold ?? '')),
  };
}

/** Computes the value of each token at most once. */
function perToken<T>(compute: (at: number) => T): (at: number) => T {
  const known = new Map<number, T>();
  return (at) => {
    const before = known.get(at);
    if (before !== undefined || known.has(at)) return before as T;
    const value = compute(at);
    known.set(at, value);
    return value;
  };
}

/** The first of the longest: vocabularies are in the order of their likelihood, terms in the order of their weight. */
function longest(matches: readonly TermMatch[]): TermMatch | undefined {
  return matches.reduce<TermMatch | undefined>((best, match) => (best && best.length >= match.length ? best : match), undefined);
}

const isContent = ({ meaning }: TermMatch) => meaning.kind === 'genre' || (meaning.kind === 'sense' && !GRAMMAR.has(meaning.sense));

function foreignTerm(terms: TermsAt, at: number, foreign: readonly Vocabulary[]): TermMatch | undefined {
  for (const one of foreign) {
    const isLong = ({ weight }: TermMatch) => weight >= FOREIGN_LETTERS_MIN || one.language === 'en';
    const found = longest(terms(one, at).filter((match) => isContent(match) && isLong(match)));
    if (found) return found;
  }
  return undefined;
}

/** "jazzu", "rock’a", "Punkrocks": a genre with an ending of the language. */
function inflectedGenre(tokens: readonly Token[], at: number, vocabularies: readonly Vocabulary[]): TermMatch | undefined {
  for (const length of [3, 2, 1]) {
    const words = tokens.slice(at, at + length);
    const found = words.length === length ? vocabularies.map((vocabulary) => withoutEnding(words, vocabulary)).find((match) => match) : undefined;
    if (found) return found;
  }
  return undefined;
}

function withoutEnding(words: readonly Token[], vocabulary: Vocabulary): TermMatch | undefined {
  const last = words.at(-1);
  for (const ending of last ? vocabulary.endings : []) {
    if (!last?.fold.endsWith(ending) || last.fold.length - ending.length < COMPOUND_PART_MIN) continue;
    const bare = [...words.slice(0, -1), { ...last, fold: last.fold.slice(0, -ending.length) }];
    const matches = [vocabulary, GENRE_VOCABULARY].flatMap((one) => termsAt(one, bare, 0));
    const found = matches.find((match) => match.meaning.kind === 'genre' && match.length === words.length);
    if (found) return found;
  }
  return undefined;
}

function compoundParts(tokens: readonly Token[], at: number, vocabularies: readonly Vocabulary[]): readonly TermMatch[] {
  const token = tokens[at];
  if (!token || token.fold.length < 2 * COMPOUND_PART_MIN || token.fold.length > COMPOUND_MAX) return [];
  const { fold } = token;
  const isWord = ({ byWord, stop }: Vocabulary) => stop.has(fold) || byWord.get(fold)?.some(({ words }) => words.length === 1) === true;
  if ([...vocabularies, GENRE_VOCABULARY].some(isWord)) return [];
  const compounding = vocabularies.filter(({ language }) => COMPOUNDING.includes(language));
  return compounding.map((vocabulary) => partsIn(token, vocabulary)).find((parts) => parts.length > 0) ?? [];
}

function partsIn(token: Token, vocabulary: Vocabulary): readonly TermMatch[] {
  for (let cut = COMPOUND_PART_MIN; cut <= token.fold.length - COMPOUND_PART_MIN; cut++) {
    const rest = token.fold.slice(cut);
    const first = partTerm({ ...token, fold: token.fold.slice(0, cut) }, vocabulary, false);
    const second = first && partTerm({ ...token, fold: rest }, vocabulary, true);
    if (second) return [first, second];
    // "Schlafmusik": the second part says nothing about music.
    if (first && vocabulary.stop.has(rest)) return [first];
  }
  return [];
}

/** The last part must be a word as it is; the first may have the letter that joins them. */
function partTerm(token: Token, vocabulary: Vocabulary, isLast: boolean): TermMatch | undefined {
  const forms = isLast ? [token.fold] : [token.fold, token.fold.replace(/s$/u, '')];
  for (const fold of forms) {
    const words = [...(vocabulary.byWord.get(fold) ?? []), ...(vocabulary.byStem.get(fold) ?? []), ...(GENRE_VOCABULARY.byWord.get(fold) ?? [])];
    const found = words.find((term) => term.words.length === 1 && (term.meaning.kind === 'genre' || term.meaning.kind === 'sense'));
    if (found) return { meaning: found.meaning, length: 1, weight: found.weight };
  }
  return undefined;
}
