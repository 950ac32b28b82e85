import { AppError } from '#shared/errors.ts';

/** Longest title on a cover, in characters as people count them. Spotify's own names end there. */
export const TITLE_CHARACTERS_MAX = 100;
/** More marks on one letter than any language stacks would cover other lines. */
const MARKS_MAX = 4;

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Direction overrides, isolates and marks: the drawing decides the direction, a title must not. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Invisible characters without a use in titles. The joiners stay: emoji, Arabic and Devanagari need them. */
const INVISIBLE = /[\u00ad\u180e\u2060-\u2065\ufeff\ufff9-\ufffb]|(?![\s])\p{Cc}/gu;
/** Tag characters that follow no flag hide text. */
const LOOSE_TAGS = /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0000}-\u{e007f}]/gu;

/** The characters of a text as people count them (grapheme clusters, UAX 29). */
export function charactersOf(text: string): readonly string[] {
  return Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
}

/**
 * A title ready to be set: composed (NFC), without direction controls and invisible characters, spaces single. Throws `invalid_input` when nothing is
 * left, when it is too long, or when marks are stacked on one letter.
 */
export function cleanTitle(text: string, field: 'title' | 'subtitle' = 'title'): string {
  const title = text
    .toWellFormed()
    .replace(BIDI_CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(LOOSE_TAGS, '')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = charactersOf(title);
  if (!/[^\p{M}\p{Z}\p{C}]/u.test(title)) throw refusal(field, `The ${field} is empty.`, `Enter at least one letter, digit or sign.`);
  if (characters.length > TITLE_CHARACTERS_MAX) {
    throw refusal(
      field,
      `The ${field} has ${characters.length} characters; a cover holds at most ${TITLE_CHARACTERS_MAX}.`,
      'Shorten it; the playlist itself may keep the long name.',
    );
  }
  const stacked = characters.find((character) => (character.match(/(?!\ufe0f)\p{M}/gu)?.length ?? 0) > MARKS_MAX);
  if (stacked) throw refusal(field, `“${stacked.slice(0, 1)}” in the ${field} carries too many marks.`, `Remove the marks above and below it.`);
  return title;
}

const refusal = (field: string, message: string, remedy: string) => new AppError('invalid_input', { message, remedy, field });
