import { normalizeArtist, normalizeTitle } from '#shared/domain/catalog/normalize-title.ts';
import { editDistance } from '#shared/domain/discovery/search/edit-distance.ts';
import { wordsOf } from '#shared/domain/discovery/search/words.ts';
import type { LineReading, ListedLine } from './listed-track.ts';

/** From here on a match needs no check by a person, and below the second it is only a suggestion. */
export const MATCHED_FROM = 0.8;
export const UNSURE_FROM = 0.45;

/** A recording as it is compared. */
export interface ComparedTrack {
  readonly title: string;
  /** The title without versions, guests and notes of a release. */
  readonly bare: string;
  readonly titleWords: readonly string[];
  readonly artists: readonly (readonly string[])[];
  readonly durationMs: number;
  readonly album: string;
}

/** A line as it is compared. */
interface ComparedLine {
  readonly readings: readonly {
    readonly title: string;
    readonly bare: string;
    readonly titleWords: readonly string[];
    readonly artists: readonly string[] | null;
    readonly isWhole: boolean;
  }[];
  readonly durationMs: number | null;
  readonly album: string | null;
}

/** What is not part of a song's name: brackets, and what follows a dash. */
const ADDITIONS = /\s*[([{][^()[\]{}]*[)\]}]|\s[-–—]\s.*$/g;
/** Words that join the names of artists. */
const JOINING: ReadonlySet<string> = new Set(['feat', 'ft', 'featuring', 'with', 'and', 'vs', 'x', 'the', 'und', 'et', 'y', 'e']);

/** Scores of a title: the same song in another version, and what each edit costs. */
const OTHER_VERSION = 0.85;
const PER_EDIT = 0.08;
/** Scores of an artist: a guest, a part of the name, somebody else. */
const GUEST = 0.95;
const PART_OF_NAME = 0.85;
const OTHER_ARTIST = 0.4;
/** A title alone may be of anybody. */
const NO_ARTIST = 0.7;
/** A part of the line, such as an album, is in neither. */
const PART_OF_LINE = 0.85;
/** All words of a line are in title and artist. */
const ALL_WORDS = 0.9;
const NEAR_MS = 3_000;
const FAR_MS = 10_000;

/** A recording prepared for comparison. */
export function compareTrack(
  title: string,
  artists: readonly string[],
  rest: { readonly durationMs: number; readonly album: string },
): ComparedTrack {
  return {
    title: normalizeTitle(title),
    bare: bareTitle(title),
    titleWords: wordsOf(normalizeTitle(title)),
    artists: artists.map(nameWords),
    ...rest,
  };
}

/** A line prepared for comparison. */
export function compareLine({ readings, durationMs, album }: ListedLine): ComparedLine {
  return { readings: readings.map(compareReading), durationMs, album: album === null ? null : normalizeTitle(album) };
}

function compareReading({ title, artists, leavesOut }: LineReading) {
  const names = artists === null ? null : nameWords(artists);
  return { title: normalizeTitle(title), bare: bareTitle(title), titleWords: wordsOf(title), artists: names, isWhole: leavesOut !== true };
}

function bareTitle(title: string): string {
  const bare = title.replace(ADDITIONS, '').trim();
  return normalizeTitle(bare === '' ? title : bare);
}

/** The words of a name without those that join names; all words of a name that has no others. */
export function nameWords(name: string): string[] {
  const words = normalizeArtist(name)
    .split(' ')
    .filter((word) => word !== '');
  const distinct = words.filter((word) => !JOINING.has(word));
  return distinct.length > 0 ? distinct : words;
}

/** How surely a line means a recording, from 0 to 1: the best of its readings by title and artist, lowered where the durations differ. */
export function judgeMatch(line: ComparedLine, track: ComparedTrack): number {
  const best = line.readings.reduce((most, reading) => Math.max(most, (reading.isWhole ? 1 : PART_OF_LINE) * readingScore(reading, track)), 0);
  const apartMs = line.durationMs === null || track.durationMs <= 0 ? 0 : Math.abs(line.durationMs - track.durationMs);
  const duration = apartMs <= NEAR_MS ? 1 : apartMs <= FAR_MS ? 0.97 : 0.85;
  const isAlbum = line.album !== null && line.album === normalizeTitle(track.album);
  return Math.round(Math.min(1, best * duration * (isAlbum || line.album === null ? 1 : 0.99)) * 1_000) / 1_000;
}

function readingScore(reading: ComparedLine['readings'][number], track: ComparedTrack): number {
  const title = titleScore(reading, track);
  if (reading.artists !== null) return title === 0 ? 0 : title * artistScore(reading.artists, track.artists);
  return Math.max(title * NO_ARTIST, hasAllWords(reading.titleWords, track) ? ALL_WORDS : 0);
}

function titleScore(reading: { readonly title: string; readonly bare: string }, track: ComparedTrack): number {
  if (reading.title === track.title) return 1;
  // The whole title with a typo is nearer than the same song in another version.
  return Math.max(nearness(reading.title, track.title), OTHER_VERSION * nearness(reading.bare, track.bare));
}

function artistScore(words: readonly string[], artists: readonly (readonly string[])[]): number {
  const given = new Set(words);
  const compact = words.join('');
  const scores = artists.map((artist, at) => {
    const place = at === 0 ? 1 : GUEST;
    if (artist.length > 0 && (artist.every((word) => given.has(word)) || artist.join('') === compact)) return place;
    if (words.some((word) => word.length > 2 && artist.includes(word)) && words.every((word) => artist.includes(word))) return PART_OF_NAME * place;
    return nearness(compact, artist.join('')) * place;
  });
  return Math.max(OTHER_ARTIST, ...scores);
}

/** From 1 for the same letters downward with each edit; 0 when there are too many for the length. */
function nearness(a: string, b: string): number {
  const [one, other] = [a.replaceAll(' ', ''), b.replaceAll(' ', '')];
  if (one === '' || other === '') return 0;
  const most = Math.min(3, Math.floor(Math.max(one.length, other.length) / 4));
  const edits = editDistance(one, other, most);
  return edits > most ? 0 : 1 - PER_EDIT * edits;
}

/** Whether the words of a line without a separator are those of title and artist, each of both named in full. */
function hasAllWords(words: readonly string[], { titleWords, artists }: ComparedTrack): boolean {
  const given = new Set(words);
  const all = new Set([...titleWords, ...artists.flat(), ...JOINING, 'by']);
  const [main = []] = artists;
  return (
    main.length > 0 && titleWords.every((word) => given.has(word)) && main.every((word) => given.has(word)) && words.every((word) => all.has(word))
  );
}
