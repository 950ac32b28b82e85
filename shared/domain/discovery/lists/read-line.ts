import { cutText } from '#shared/domain/text.ts';
import type { LineReading, ListedLine } from './listed-track.ts';
import { readReference } from './read-link.ts';

/** Longer lines are cut: artist, title and album of the longest seen stay far below. */
const LINE_CHARS_MAX = 600;
const GIVEN_CHARS_MAX = 300;
/** Separators that are tried; a line with more is a sentence. */
const PARTS_MAX = 5;
const READINGS_MAX = 10;

// oxlint-disable-next-line no-control-regex -- these are the characters that must go
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u2060\ufeff]/g;
const BULLET = /^[\s•·▪●◦‣*+>]+(?=\S)|^[-–—]\s+/u;
const NUMBER = /^(?:[#№]\s?\d{1,5}[.):]?\s+|\d{1,5}\s?[.):\]]\s*(?=\D)|[([]\d{1,5}[)\]]\s*|\d{1,5}\s+[-–—]\s+(?=.*\s[-–—]\s))/u;
const TIME = String.raw`[([]?(?:\d{1,2}:)?\d{1,2}:\d{2}[)\]]?`;
const TIME_FIRST = new RegExp(String.raw`^${TIME}(?:\s*[-–—]\s*${TIME})?[\s\-–—|.:]+(?=\S)`, 'u');
const TIME_LAST = new RegExp(String.raw`[\s\-–—|]+${TIME}$`, 'u');
const SEPARATOR = /\s+[-‐‑‒–—―−|~/•·]+\s+|\s*[–—―]\s*|\t+/u;
const COUNTS_ONLY = /^(?:\d{1,5}|(?:\d{1,2}:)?\d{1,2}:\d{2})$/u;
const QUOTED = /^(.*?)[\s,:]*["“„«]([^"“”„«»]+)["”“»][\s,]*(.*)$/u;

/** Reads one line: a link, an ISRC, or artist and title in either order with any dash, numbering or time. */
export function readLine(line: number, text: string): ListedLine {
  const clean = cutText(text.trimStart(), LINE_CHARS_MAX).replace(INVISIBLE, ' ').trim();
  const { trackId, isrc, local, rest, problem } = readReference(clean);
  const readings = local ? [local] : readingsOf(rest);
  const isNothing = trackId === null && isrc === null && readings.length === 0;
  return {
    line,
    given: cutText(clean, GIVEN_CHARS_MAX),
    trackId,
    isrc,
    readings,
    durationMs: null,
    album: null,
    isLocalFile: local !== null,
    // A link to something else is a remark when the line has words as well.
    problem: problem !== null && (readings.length === 0 || problem !== 'other_link') ? problem : isNothing ? 'no_words' : null,
  };
}

/** The ways to read the words of a line, the likeliest first. */
export function readingsOf(text: string): LineReading[] {
  const stripped = withoutTimes(text.replace(BULLET, '').replace(NUMBER, '').trim());
  const all = [...new Set([stripped, withoutTimes(text.trim()), text.trim()])].filter(hasWords).flatMap(readParts);
  const distinct = new Map(all.map((reading) => [`${reading.title}\n${reading.artists ?? ''}`, reading]));
  return [...distinct.values()].slice(0, READINGS_MAX);
}

const hasWords = (text: string) => /[\p{L}\p{N}\p{S}\p{P}]/u.test(text);

function withoutTimes(text: string): string {
  const bare = text.replace(TIME_FIRST, '').replace(TIME_LAST, '').trim();
  return bare === '' ? text : bare;
}

function readParts(text: string): LineReading[] {
  const parts = text
    .split(SEPARATOR)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const named = parts.length > 2 && text.includes('\t') ? parts.filter((part) => !COUNTS_ONLY.test(part)) : parts;
  if (named.length > 1 && named.length <= PARTS_MAX) return [...pairsOf(named), ...byReadings(text)];
  return [...quotedReadings(text), ...byReadings(text), { title: text, artists: null }, ...tightReadings(text)];
}

const both = (one: string, other: string): LineReading[] => [
  { title: other, artists: one },
  { title: one, artists: other },
];

/** Every split into artists and title, in both orders; then the first and the last part alone, for lines with an album between. */
function pairsOf(parts: readonly string[]): LineReading[] {
  const splits = parts.slice(1).flatMap((_, at) => both(parts.slice(0, at + 1).join(' - '), parts.slice(at + 1).join(' - ')));
  if (parts.length === 2) return splits;
  const [first = '', second = '', last = ''] = [parts[0], parts[1], parts.at(-1)];
  const others = [...both(first, second), ...both(first, last)];
  return [...splits, ...others.map((reading): LineReading => ({ ...reading, leavesOut: true }))];
}

function quotedReadings(text: string): LineReading[] {
  const [, before = '', title = '', after = ''] = QUOTED.exec(text) ?? [];
  const artists = before.trim() || after.replace(/^(?:by|von|de|par|di|av)\s+/iu, '').trim();
  return title.trim() === '' || artists === '' ? [] : [{ title: title.trim(), artists }];
}

/** "Title by Artist"; a title may contain the word, too. */
function byReadings(text: string): LineReading[] {
  const at = text.toLowerCase().lastIndexOf(' by ');
  return at <= 0 ? [] : [{ title: text.slice(0, at).trim(), artists: text.slice(at + 4).trim() }].filter(({ artists }) => artists !== '');
}

/** "Artist-Title", "Artist: Title" and "Title, Artist". */
function tightReadings(text: string): LineReading[] {
  return [/-/u, /:\s+/u, /[,;]\s*/u].flatMap((separator) => {
    const found = separator.exec(text);
    if (!found) return [];
    const [one, other] = [text.slice(0, found.index).trim(), text.slice(found.index + found[0].length).trim()];
    if (one === '' || other === '') return [];
    return both(one, other);
  });
}
