import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { cutText } from '#shared/domain/text.ts';
import type { ListedLine } from './listed-track.ts';
import { readReference } from './read-link.ts';
import type { TableRow } from './read-table.ts';

/** Names of columns in exports of Exportify, Soundiiz, TuneMyMusic and others, as they are compared: letters only. */
const NAMES = {
  title: ['trackname', 'title', 'songname', 'song', 'name', 'track', 'tracktitle', 'titel', 'titre', 'titulo', 'titolo'],
  artists: ['artistnames', 'artistname', 'artist', 'artists', 'performer', 'creator', 'kunstler', 'artiste', 'artista'],
  album: ['albumname', 'album', 'release', 'releasename'],
  link: ['trackuri', 'spotifyuri', 'uri', 'spotifyid', 'spotifytrackid', 'trackid', 'trackurl', 'spotifyurl', 'url', 'link', 'id'],
  isrc: ['isrc', 'isrccode'],
  duration: ['trackdurationms', 'durationms', 'trackduration', 'duration', 'length'],
} as const;
type Column = keyof typeof NAMES;

/** Where the columns of a table are; absent ones are not there. */
type ListColumns = ReadonlyMap<Column, number>;

/** The columns that a header row names; undefined when it is not the header of a list of tracks. */
export function columnsOf(cells: readonly string[]): ListColumns | undefined {
  const names = cells.map((cell) => foldText(cell).replace(/[^\p{L}]/gu, ''));
  const found = Object.entries(NAMES).flatMap(([column, known]): [Column, number][] => {
    // The first name of the list that is there, because an export may have both "Track URI" and "Artist URI".
    const at = known.map((name) => names.indexOf(name)).find((place) => place >= 0);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of NAMES
    return at === undefined ? [] : [[column as Column, at]];
  });
  const columns = new Map(found);
  const isList = columns.has('link') || columns.has('isrc') ? cells.length > 1 : columns.has('title') && columns.has('artists');
  return isList ? columns : undefined;
}

/** One row of a table as a track. */
export function trackOfRow(columns: ListColumns, { line, cells }: TableRow): ListedLine {
  const cell = (column: Column) => cells[columns.get(column) ?? -1] ?? '';
  const reference = readReference(cell('link').trim());
  const title = cutText(cell('title'), 300);
  const artists = cutText(cell('artists'), 300).trim();
  const readings = title === '' ? [] : [{ title, artists: artists === '' ? null : artists.replaceAll(/[;,]/g, ', ') }];
  const given = cutText([artists, title].filter((part) => part !== '').join(' - ') || cells.join(', '), 300);
  const isNothing = readings.length === 0 && reference.trackId === null && normalizeIsrc(cell('isrc')) === null && !reference.local;
  return {
    line,
    given,
    trackId: reference.trackId,
    isrc: normalizeIsrc(cell('isrc')),
    readings: readings.length > 0 || !reference.local ? readings : [reference.local],
    durationMs: durationOf(cell('duration')),
    album: cell('album') === '' ? null : cutText(cell('album'), 300),
    isLocalFile: reference.local !== null,
    problem: reference.problem === 'podcast' ? 'podcast' : isNothing ? (reference.problem ?? 'no_words') : null,
  };
}

/** Milliseconds, seconds, or minutes and seconds; null when it is neither. */
function durationOf(text: string): number | null {
  const clock = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$/.exec(text);
  if (clock) return ((Number(clock[1] ?? 0) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1_000;
  if (!/^\d{1,8}(?:\.\d+)?$/.test(text)) return null;
  const value = Number(text);
  return value === 0 ? null : value < 10_000 ? value * 1_000 : value;
}
