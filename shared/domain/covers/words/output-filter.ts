import { foldText } from '#shared/domain/catalog/text-match.ts';
import { plainLine } from './untrusted-text.ts';

/** What a model's texts are checked against. */
export interface ForbiddenTexts {
  /** Names of artists; a text must not contain one of at least four letters, nor equal a shorter one. */
  readonly artistNames: readonly string[];
  /** Texts of strangers that were sent; five words in a row must not come back. */
  readonly sent: readonly string[];
}

/** Why a text is not used. */
export type TextFault = 'empty' | 'too_long' | 'link' | 'markup' | 'artist_name' | 'trademark' | 'copied';

const COPIED_WORDS = 5;
/** Shorter names are common words: "Yes", "Air", "Low". */
const NAME_CHARS_MIN = 4;
const LINK = /https?:|www\.|:\/\/|\b[\w-]+\.(?:com|net|org|io|ly|me|co|app|fm|tv|gg|link|info|biz|ru|de|uk|eu)\b|@\w/i;
const MARKUP = /[<>{}[\]`\\|]|&[a-z]+;|\*\*|__|#\w/i;
/** Companies and products that pictures and titles of music would name first. */
const TRADEMARKS =
  /\b(?:spotify|apple|itunes|youtube|google|amazon|netflix|disney|pixar|marvel|star wars|harry potter|pok[eé]mon|nintendo|mario|sony|playstation|xbox|microsoft|coca.?cola|pepsi|mcdonald'?s|starbucks|nike|adidas|gucci|chanel|louis vuitton|supreme|barbie|lego|hello kitty|mickey|batman|superman|spider.?man|tiktok|instagram|facebook|twitter|tesla|ferrari|porsche|mercedes|bmw|rolex|fender|gibson|moog|roland|yamaha|steinway|marshall|grammy|billboard|mtv|rolling stone|motown|blue note)\b/i;

/** Whether a model's text may be used: undefined, or what is wrong with it. */
export function faultOf(text: string, { charsMax, forbidden }: { charsMax: number; forbidden: ForbiddenTexts }): TextFault | undefined {
  const line = plainLine(text, text.length + 1);
  if (line === '' || !/[\p{L}\p{N}]/u.test(line)) return 'empty';
  if (line.length > charsMax) return 'too_long';
  if (LINK.test(line)) return 'link';
  if (MARKUP.test(line)) return 'markup';
  if (TRADEMARKS.test(line)) return 'trademark';
  const words = wordsOf(line);
  if (forbidden.artistNames.some((name) => namesArtist(words, wordsOf(name)))) return 'artist_name';
  return forbidden.sent.some((one) => copiesFrom(words, wordsOf(one))) ? 'copied' : undefined;
}

function wordsOf(text: string): readonly string[] {
  return foldText(text)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}

function namesArtist(words: readonly string[], name: readonly string[]): boolean {
  if (name.length === 0) return false;
  const isShort = name.join('').length < NAME_CHARS_MIN;
  return isShort ? words.join(' ') === name.join(' ') : ` ${words.join(' ')} `.includes(` ${name.join(' ')} `);
}

function copiesFrom(words: readonly string[], sent: readonly string[]): boolean {
  const original = ` ${sent.join(' ')} `;
  return words.some((_, at) => at + COPIED_WORDS <= words.length && original.includes(` ${words.slice(at, at + COPIED_WORDS).join(' ')} `));
}
