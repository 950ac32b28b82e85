import { cutText } from '#shared/domain/text.ts';
import { foldText } from './text-match.ts';

/** Longer texts are cut; a recording by eighty artists stays well below. */
const SEARCH_CHARS_MAX = 4_000;
/** Trigram indexes need three characters. Each character of a script that writes words with one or two becomes three, on both sides. */
const TERSE_CHARACTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/gu;
const TRIGRAM = 3;

/** What is stored to find a recording: the folded title and artists, each on its own line, each word after a space. */
export function searchText(title: string, artistNames: readonly string[]): string {
  const lines = [title, ...artistNames].map((text) => ` ${tripled(foldText(text))}`);
  return cutText(lines.join('\n'), SEARCH_CHARS_MAX);
}

/** A search as patterns of SQL's LIKE for stored search texts. */
export interface SearchPatterns {
  /** All must match: one per word of the query, without the punctuation around it. */
  readonly words: readonly string[];
  /** Matches where the words stand together in their order; such hits come first. */
  readonly phrase: string;
}

/**
 * The patterns of a query; undefined when it has no word. Words match anywhere. A query of only one- and two-letter words matches beginnings of words.
 */
export function searchPatterns(query: string): SearchPatterns | undefined {
  const words = foldText(query)
    .split(' ')
    .map(bareWord)
    .filter((word) => word !== '')
    .map(tripled);
  if (words.length === 0) return undefined;
  const start = words.every((word) => word.length < TRIGRAM) ? ' ' : '';
  const pattern = (text: string) => `%${start}${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return { words: [...new Set(words)].map(pattern), phrase: pattern(words.join(' ')) };
}

/** A word of only punctuation is kept: there are bands with such names. */
function bareWord(word: string): string {
  return word.replace(/^[^\p{L}\p{N}\p{S}\p{M}]+|[^\p{L}\p{N}\p{S}\p{M}]+$/gu, '') || word;
}

function tripled(folded: string): string {
  return folded.replace(TERSE_CHARACTER, '$&$&$&');
}
