import { cutText } from '#shared/domain/text.ts';

/** Names of playlists, artists and tracks are strangers' words: they reach a model as data only. */
const NAME_CHARS_MAX = 100;
const NAMES_MAX = 60;
/** Controls, format characters (bidi overrides, tags, zero width), private use, halves of characters, line and paragraph separators. */
const UNSEEN = /\p{Cc}|\p{Cf}|\p{Co}|\p{Cs}|\p{Cn}|\p{Zl}|\p{Zp}|\p{Variation_Selector}/gu;

/** A stranger's text in one form (NFKC), on one line, without characters that nobody sees, of at most `charsMax` characters. */
export function plainLine(text: string, charsMax: number = NAME_CHARS_MAX): string {
  const plain = text.normalize('NFKC').replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim();
  return cutText(plain, charsMax);
}

/** Strangers' names as a JSON array of at most sixty, each a plain line; empty ones are left out. */
export function namesAsJson(names: readonly string[]): string {
  const plain = names.map((name) => plainLine(name)).filter((name) => name !== '');
  return JSON.stringify([...new Set(plain)].slice(0, NAMES_MAX));
}
