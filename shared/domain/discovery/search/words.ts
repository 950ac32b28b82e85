import { hashText } from '#shared/domain/hash.ts';
import { cutText } from '#shared/domain/text.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';

/** Characters of scripts that write without spaces between words, or join words: any run of them may be what somebody types. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const SPACELESS_CHARACTER = new RegExp(SPACELESS.source, 'u');
const NOT_OF_A_WORD = /[^\p{L}\p{N}\p{M}]+/u;
/** Longer texts are cut; a recording by eighty artists stays below. */
const TEXT_CHARS_MAX = 2_000;
const WORD_CHARS_MAX = 40;
const TITLE_KEY_CHARS = 80;
/** Shorter words have too few letters to recognize a misspelled one by. */
const FORMS_FROM_LETTERS = 3;

/** What is stored to find one thing. */
export interface IndexedText {
  readonly titleKey: string;
  /** The words of the title, then of each artist, one line each. */
  readonly text: string;
  readonly words: readonly string[];
}

/** The words of a text, folded, without punctuation. A text of only punctuation keeps it: there are bands and songs with such names. */
export function wordsOf(text: string): string[] {
  return spokenOf(chunksOf(text));
}

/** The key of a whole title: its words with single spaces, cut to 80 characters. */
export function titleKeyOf(words: readonly string[]): string {
  return cutText(words.join(' '), TITLE_KEY_CHARS);
}

/** What is stored to find a title by its artists. Names with punctuation are found with it, with spaces, and without both: AC/DC, ac dc, acdc. */
export function indexedText(title: string, artistNames: readonly string[]): IndexedText {
  const words = new Set<string>();
  const lines: string[] = [];
  for (const line of [title, ...artistNames]) {
    const chunks = chunksOf(line);
    const written = chunks.flatMap((parts) => (parts.length > 1 ? [...parts, parts.join('')] : parts));
    for (const token of written.flatMap(storedTokens)) words.add(token);
    lines.push(spokenOf(chunks).join(' '));
  }
  return { titleKey: titleKeyOf(wordsOf(title)), text: cutText(lines.join('\n'), TEXT_CHARS_MAX), words: [...words] };
}

/** The stored words that an entry has, all of them, when it contains this word of a query. */
export function queryTokens(word: string): string[] {
  return runsOf(word).flatMap(({ run, isSpaceless }) => {
    if (!isSpaceless) return [cutText(run, WORD_CHARS_MAX)];
    const characters = Array.from(run);
    return characters.length === 1 ? characters : pairsOf(characters);
  });
}

/** Whether a word contains characters of a script that writes without spaces. */
export function isSpacelessWord(word: string): boolean {
  return SPACELESS_CHARACTER.test(word);
}

/**
 * Hashes of a word and of it without each one of its letters. Two words that differ by one edit (a letter more, less or other, or two neighbors swapped)
 * share one. Empty for words of one or two letters and for scripts without spaces. (The deletion neighborhood of SymSpell, with hashes.)
 */
export function wordForms(word: string): number[] {
  const letters = Array.from(word);
  if (letters.length < FORMS_FROM_LETTERS || isSpacelessWord(word)) return [];
  const forms = [word, ...letters.map((_, without) => letters.filter((_letter, at) => at !== without).join(''))];
  return [...new Set(forms.map((form) => hashText(form) | 0))];
}

/** Words by space; each as its parts between punctuation. */
function chunksOf(text: string): string[][] {
  return foldText(cutText(text, TEXT_CHARS_MAX))
    .split(' ')
    .filter((chunk) => chunk !== '')
    .map((chunk) => {
      const parts = chunk.split(NOT_OF_A_WORD).filter((part) => part !== '');
      return parts.length === 0 ? [chunk] : parts;
    });
}

function spokenOf(chunks: readonly (readonly string[])[]): string[] {
  const words = chunks.flat();
  const spoken = words.filter((word) => !/^[^\p{L}\p{N}\p{M}]+$/u.test(word));
  return spoken.length > 0 ? spoken : words;
}

function storedTokens(word: string): string[] {
  return runsOf(word).flatMap(({ run, isSpaceless }) => {
    if (!isSpaceless) return [cutText(run, WORD_CHARS_MAX)];
    const characters = Array.from(run);
    return [...characters, ...pairsOf(characters)];
  });
}

function runsOf(word: string): { readonly run: string; readonly isSpaceless: boolean }[] {
  if (!isSpacelessWord(word)) return [{ run: word, isSpaceless: false }];
  const runs: { run: string; isSpaceless: boolean }[] = [];
  let end = 0;
  for (const match of word.matchAll(SPACELESS)) {
    if (match.index > end) runs.push({ run: word.slice(end, match.index), isSpaceless: false });
    runs.push({ run: match[0], isSpaceless: true });
    end = match.index + match[0].length;
  }
  if (end < word.length) runs.push({ run: word.slice(end), isSpaceless: false });
  return runs;
}

function pairsOf(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}
