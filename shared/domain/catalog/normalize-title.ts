import { cutText } from '#shared/domain/text.ts';
import { foldLetters } from './text-match.ts';

/** Longer titles are cut: the longest seen has 254 characters. */
const TITLE_CHARS_MAX = 1_000;

/** Title additions that name a release, not another performance. Matched against a whole bracket or dash part, in lower case. */
const SAME_PERFORMANCE = [
  /^(?:album|lp|original album|original|explicit album) version$/,
  /^(?:explicit|explicit version|clean|clean version|edited|amended|bonus track|bonus|hidden track)$/,
  /^(?:deluxe|expanded|anniversary|special|limited)(?: \w+)? (?:edition|version)$/,
  /^official (?:audio|video|music video|lyric video)$/,
  /^(?:\d{2}(?:th|st|nd|rd) )?anniversary(?: edition)?$/,
  /^(?:music )?from (?:the )?(?:\w+ ){0,12}(?:soundtrack|motion picture|film|movie|series)$/,
  /^original (?:motion picture |game |television )?soundtrack$/,
];
const REMASTER =
  /\b(?:versao )?(?:(?:19|20)\d{2} )?(?:(?:digital|digitally|newly) )?re ?master\w*(?: version)?(?: (?:in|en|em))?(?: (?:19|20)\d{2})?\b/g;
/** "(with Anna)" in lower case is how Spotify writes a guest; "(With You)" is part of a song's name. */
const GUEST_PART = /^(?:with\s|(?:[Ff][Ee][Aa][Tt]|[Ff][Tt]|[Ff]eaturing)\b\.?\s)/;
/** Not at the start: "Ft. Worth" is a place. */
const GUESTS = /\s(?:feat|ft|featuring)\b\.?\s.*$/i;
/** Words that name another performance. They count wherever they stand, also after a guest's name. */
const VERSION_WORDS = /\b(?:live|remix|remixed|rmx|mix|acoustic|instrumental|demo|karaoke|edit|part \w+)\b/g;
const PART = /\b(?:pt|pts|parts|part) (\d{1,2}|(?=[ivx])x{0,2}(?:ix|iv|v?i{0,3})|one|two|three|four|five|six|seven|eight|nine|ten)\b/g;
const NUMBER_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** A title as identity reads it: what all releases of one performance share, and the words of its guests' names. */
export interface ReadTitle {
  readonly title: string;
  readonly guests: readonly string[];
}

/**
 * The part of a title that all releases of one performance share: without case, accents, punctuation, featured artists and remaster, edition, explicit
 * or clean notes. Live, remix, acoustic, instrumental, demo, edit and the number of a part stay: those are other performances.
 */
export function normalizeTitle(title: string): string {
  return readTitle(title).title;
}

/** `normalizeTitle`, and the guests that the title names, as words: releases write a guest in the title, among the artists, or in both. */
export function readTitle(title: string): ReadTitle {
  const clean = foldLetters(cutText(title, TITLE_CHARS_MAX));
  const kept: string[] = [];
  const guests: string[] = [];
  const collect = (part: string): string => {
    const text = GUEST_PART.test(part) ? takeGuests(part, guests) : distinctivePart(withoutGuests(part, guests));
    if (text !== '') kept.push(text);
    return ' ';
  };
  const marked = clean.replace(/[([{]([^()[\]{}]*)[)\]}]/g, (_, part: string) => collect(part.trim()));
  const [main = '', ...parts] = marked.split(/\s[-–—]\s|\s[-–—]$/);
  const bare = numberedParts(words(withoutGuests(main, guests).toLowerCase()));
  for (const part of parts) collect(part.trim());
  return { title: [bare, ...kept].filter((part) => part !== '').join(' ') || clean.trim().toLowerCase(), guests };
}

/** An artist's name without case, accents, punctuation and a leading "the". */
export function normalizeArtist(name: string): string {
  const folded = foldLetters(cutText(name, TITLE_CHARS_MAX)).toLowerCase();
  const bare = words(folded).replace(/^the (?=.)/, '');
  return bare || folded.trim();
}

/** Notes the guests in a text and returns it without them, but with what names another version: "ft. Anna Live" keeps "live". */
function withoutGuests(text: string, guests: string[]): string {
  const found = GUESTS.exec(text);
  if (!found) return text;
  return `${text.slice(0, found.index)} ${takeGuests(found[0].trim(), guests)}`;
}

function takeGuests(text: string, guests: string[]): string {
  const names = numberedParts(words(text.toLowerCase())).replace(/^(?:feat|ft|featuring|with) /, '');
  guests.push(...names.replace(VERSION_WORDS, ' ').split(' '));
  return names.match(VERSION_WORDS)?.join(' ') ?? '';
}

function distinctivePart(part: string): string {
  const text = numberedParts(words(part.toLowerCase())).replace(REMASTER, ' ').replace(/\s+/g, ' ').trim();
  return SAME_PERFORMANCE.some((pattern) => pattern.test(text)) ? '' : text;
}

/** "pt 2", "part ii" and "part two" are one part. */
function numberedParts(text: string): string {
  return text.replace(PART, (_, number: string) => `part ${partNumber(number)}`);
}

function partNumber(text: string): number {
  const word = NUMBER_WORDS.indexOf(text);
  if (word > 0) return word;
  if (/^\d+$/.test(text)) return Number(text);
  const values: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };
  const numerals = Array.from(text, (letter) => values[letter] ?? 0);
  return numerals.reduce((sum, value, at) => sum + (value < (numerals[at + 1] ?? 0) ? -value : value), 0);
}

function words(text: string): string {
  return text
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}\p{M}\p{S}]+/gu, ' ')
    .trim();
}
