/** Whether Postgres can store the text: it has no NUL and no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** The text without NUL and with U+FFFD in place of each half of a surrogate pair, so that Postgres can store it. */
export function storableText(text: string): string {
  return isStorable(text) ? text : text.replaceAll('\u0000', '').toWellFormed();
}

/** Splits text into what a person sees as one character (grapheme clusters, UAX #29). */
const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The first whole characters of a text, at most `lengthMax` UTF-16 units. Only a character that is longer than that is itself cut, between code points. */
export function cutText(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  if (lengthMax < 1) return '';
  // Two units more than fit: whether the cut splits a character depends on what follows it.
  const end = CHARACTERS.segment(text.slice(0, lengthMax + 2)).containing(lengthMax)?.index ?? 0;
  return end > 0 ? text.slice(0, end) : text.slice(0, lengthMax).replace(/[\ud800-\udbff]$/, '');
}
