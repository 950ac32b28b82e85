/** What families that spell the title need to know of its text. */

/** Scripts whose letters join or combine: an initial alone looks broken, so the first word stands for it. */
const JOINED = /\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Devanagari}|\p{Script=Bengali}|\p{Script=Gurmukhi}|\p{Script=Thai}/u;
/** Scripts with capitals. */
const CASED = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u;
/** Signs before the first letter, such as quotation marks, are passed over. */
const SIGN = /^[\p{P}\p{S}\s]/u;
const WIDE = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The characters of a text as a reader counts them. */
export function graphemesOf(text: string): readonly string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}

/** Capitals where the script has them. */
export function capitals(text: string): string {
  if (!CASED.test(text)) return text;
  // Greek drops its accents in capitals.
  return /\p{Script=Greek}/u.test(text) ? text.toLocaleUpperCase('el') : text.toUpperCase();
}

/** The first letter of a title, or its first word in scripts that join letters. Never empty. */
export function initialOf(title: string): string {
  const letters = graphemesOf(title.trim());
  const first = letters.findIndex((letter) => !SIGN.test(letter) || /\p{Extended_Pictographic}/u.test(letter));
  const text = letters.slice(Math.max(0, first)).join('');
  if (JOINED.test(text)) return text.split(/\s+/u)[0] ?? text;
  return capitals(graphemesOf(text)[0] ?? '·');
}

/** Width of a text in capitals over its height, at the narrowest and the widest that the grotesque can be set; an estimate from the number of letters. */
export function aspectRange(text: string): readonly [number, number] {
  const letters = graphemesOf(text);
  const sum = letters.reduce(
    (total, letter) => total + (WIDE.test(letter) ? 1.5 : /[\sIJl1.,:;'!|]/u.test(letter) ? 0.5 : /[MWmw&@]/u.test(letter) ? 1.35 : 1),
    0,
  );
  return [Math.max(0.4, sum * 0.66), Math.max(0.6, sum * 1.25)];
}

/** The title in lines that fill a measure and a height best when each line is as wide as the measure. At most eight words are considered apart. */
export function linesFilling(title: string, width: number, height: number): readonly { readonly text: string; readonly height: number }[] {
  const words = capitals(title.trim() || '·').split(/\s+/u);
  const parts =
    words.length === 1 && graphemesOf(words[0] ?? '').length <= 8
      ? splitShort(words[0] ?? '')
      : words.slice(0, 8).concat(words.length > 8 ? [words.slice(8).join(' ')] : []);
  let best: { lines: readonly string[]; miss: number } | undefined;
  for (let breaks = 0; breaks < 1 << (parts.length - 1); breaks++) {
    const lines = parts.reduce<string[]>(
      (sum, part, i) => (i > 0 && (breaks >> (i - 1)) & 1 ? [...sum, part] : [...sum.slice(0, -1), [sum.at(-1), part].filter(Boolean).join(' ')]),
      [],
    );
    const [least, most] = [1, 0].map((side) => lines.reduce((sum, line) => sum + width / (aspectRange(line)[side] ?? 1), 0));
    const miss =
      Math.max(0, (least ?? 0) - height) * 3 +
      Math.max(0, height - (most ?? 0)) +
      lines.length * 4 +
      (lines.length > 1 ? 400 * lines.filter((line) => graphemesOf(line).length < 3).length : 0);
    if (!best || miss < best.miss) best = { lines, miss };
  }
  const lines = best?.lines ?? parts;
  const most = lines.map((line) => width / aspectRange(line)[0]);
  const sum = most.reduce((total, one) => total + one, 0);
  const scale = Math.min(1, height / sum);
  return lines.map((text, i) => ({ text, height: (most[i] ?? 0) * scale }));
}

/** A short single word in two halves fills a square better than in one line. */
function splitShort(word: string): readonly string[] {
  const letters = graphemesOf(word);
  if (letters.length < 4 || letters.length > 8 || JOINED.test(word)) return [word];
  const middle = Math.ceil(letters.length / 2);
  return [letters.slice(0, middle).join(''), letters.slice(middle).join('')];
}
