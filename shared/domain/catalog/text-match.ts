/** A comparison of texts. */
interface TextTest {
  readonly op: 'equals' | 'contains' | 'one_of';
  readonly value: string | readonly string[];
}

/** Printable ASCII without an apostrophe or a backtick: nothing to fold but its case. */
const PLAIN = /^[\u0020-\u0026\u0028-\u005f\u0061-\u007e]*$/;
const APOSTROPHES = /['`´‘’‛′ʹʻʼʾʿ׳＇]/g;
/** Format characters (zero width, direction marks, soft hyphens), variation selectors and halves of characters: nobody types them. */
const INVISIBLE = /[\p{Cf}\p{Cs}\u{fe00}-\u{fe0f}]/gu;
/** Marks that are accents or optional vowel signs. In other scripts a mark makes another letter (が, й). */
const OPTIONAL_MARKS = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}])\p{M}+/gu;
/** Letters that Unicode does not decompose and that people type in a plain form. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ß: 'ss',
  ẞ: 'SS',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
  ŧ: 't',
  Ŧ: 'T',
  ŋ: 'n',
  Ŋ: 'N',
  ĸ: 'k',
  ё: 'е',
  Ё: 'Е',
  '⁄': '/',
};
const SPECIAL_LETTERS = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'g');

/** A text without what typists leave out, in its own case: compatibility forms, accents, apostrophes, typographic quotes and dashes. */
export function foldLetters(text: string): string {
  if (PLAIN.test(text)) return text;
  // Apostrophes first: the compatibility form of an acute accent is a space with a mark.
  const bare = text.replace(APOSTROPHES, '').normalize('NFKD').replace(INVISIBLE, '').replace(OPTIONAL_MARKS, '').normalize('NFC');
  return bare
    .replace(APOSTROPHES, '')
    .replace(SPECIAL_LETTERS, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐-―−]/g, '-');
}

/**
 * A text as search, text rules and recording identity compare it: `foldLetters`, in lower case, with single spaces. Folding twice changes nothing. It
 * runs when a text is stored and when one is asked for, so no second implementation in SQL has to agree with it.
 */
export function foldText(text: string): string {
  return foldLetters(text)
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** The predicate of a comparison, for folded texts. */
export function matchesText(test: TextTest): (folded: string) => boolean {
  const wanted = (typeof test.value === 'string' ? [test.value] : test.value).map(foldText);
  if (test.op === 'contains') return (text) => wanted.some((part) => text.includes(part));
  const exact = new Set(wanted);
  return (text) => exact.has(text);
}
