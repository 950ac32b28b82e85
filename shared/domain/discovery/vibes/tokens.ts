import { foldText } from '#shared/domain/catalog/text-match.ts';
import { emojiMeaning } from './lexicon/emoji.ts';

/** One word, number or emoji of a sentence. */
export interface Token {
  /** As the person wrote it. */
  readonly text: string;
  /** In lower case and without accents. */
  readonly fold: string;
  /** What stands between it and the token before: spaces and punctuation. */
  readonly gap: string;
  readonly value: number | undefined;
  /** Starts with a capital letter, or is in a script without capitals. */
  readonly isName: boolean;
}

/** Articles and pronouns that French and Italian join to the next word with an apostrophe. */
const ELISION = /(^|[^\p{L}\p{N}])(l|d|j|m|n|s|c|t|qu|jusqu|lorsqu|dell|all|nell|sull|dall|un|quell|bell|po)['’](?=\p{L})/giu;
const WORD = /\d+(?:[.,:]\d+)?|[\p{L}\p{M}][\p{L}\p{M}\p{N}'’&]*|\p{Extended_Pictographic}/gu;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const BREAK = /[,.;:!?()[\]{}"“”„«»\n…、。！？・：；]|\s[-–—]\s/u;

/** Whether a token starts a new part of the sentence: after a comma, a period or a bracket. */
export function isBreak(token: Pick<Token, 'gap'>): boolean {
  return BREAK.test(token.gap);
}

/** The words of a term or a name as tokens have them. */
export function foldedWords(text: string): string[] {
  return wordsOf(text).flatMap(({ text: word }) => foldText(word) || []);
}

/** Terms by their first character, the longest first. */
export type TermsByStart = ReadonlyMap<string, readonly string[]>;

/** Cuts a sentence into tokens. Texts without spaces are cut at `terms`, longest first, and where the script changes. */
export function tokenize(sentence: string, terms: TermsByStart): Token[] {
  const tokens: Token[] = [];
  for (const { text, gap } of wordsOf(sentence)) {
    const parts = CJK.test(text) ? cutAtTerms(text, terms) : [text];
    parts.forEach((part, at) => tokens.push(tokenOf(part, at === 0 ? gap : '')));
  }
  return tokens;
}

function tokenOf(text: string, gap: string): Token {
  const [first = ''] = text;
  const isDigit = /\d/.test(first);
  return {
    text,
    fold: emojiMeaning(first) === undefined ? foldText(text) : first,
    gap,
    value: isDigit ? Number(text.replace(',', '.').replace(/:.*$/, '')) : undefined,
    isName: isDigit || first.toLowerCase() !== first || /[\p{Script=Katakana}\p{Script=Han}\p{Script=Hangul}]/u.test(first),
  };
}

function wordsOf(sentence: string): { readonly text: string; readonly gap: string }[] {
  const text = sentence
    .normalize('NFKC')
    .replace(ELISION, '$1$2 ')
    .replace(/(\d)\s?h\s?(\d{2})(?!\d)/giu, '$1 h $2');
  const words: { text: string; gap: string }[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    words.push({ text: match[0], gap: text.slice(end, match.index) });
    end = match.index + match[0].length;
  }
  return words;
}

const scriptOf = (character: string) =>
  /[\p{Script=Katakana}ー]/u.test(character)
    ? 'katakana'
    : /\p{Script=Hiragana}/u.test(character)
      ? 'hiragana'
      : CJK.test(character)
        ? 'han'
        : 'other';

function cutAtTerms(text: string, terms: TermsByStart): string[] {
  const folded = text.toLowerCase();
  const parts: string[] = [];
  let rest = '';
  const flush = () => {
    if (rest !== '') parts.push(rest);
    rest = '';
  };
  for (let at = 0; at < text.length;) {
    const term = terms.get(folded[at] ?? '')?.find((one) => folded.startsWith(one, at) && !cutsAWord(text, at, one.length));
    if (term !== undefined) {
      flush();
      parts.push(text.slice(at, at + term.length));
      at += term.length;
      continue;
    }
    const character = text[at] ?? '';
    if (rest !== '' && scriptOf(rest.at(-1) ?? '') !== scriptOf(character)) flush();
    rest += character;
    at += 1;
  }
  flush();
  return parts;
}

const isWhole = (kind: string) => kind === 'katakana' || kind === 'other';

/** A katakana or Latin term is a whole word: ラップ is not a part of クラップ. */
function cutsAWord(text: string, at: number, length: number): boolean {
  const [before, first, last, after] = [text[at - 1], text[at], text[at + length - 1], text[at + length]];
  return (
    (before !== undefined && isWhole(scriptOf(first ?? '')) && scriptOf(before) === scriptOf(first ?? '')) ||
    (after !== undefined && isWhole(scriptOf(last ?? '')) && scriptOf(after) === scriptOf(last ?? ''))
  );
}
