import type { ListFormat } from '#shared/contracts/discovery/export-list.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { cutText } from '#shared/domain/text.ts';

/** A track as it is exported; null is unknown. */
export interface ExportedTrack {
  readonly trackId: string;
  readonly title: string;
  readonly artists: readonly { readonly id: string; readonly name: string }[];
  readonly albumId: string;
  readonly album: string;
  readonly releaseDate: string | null;
  readonly durationMs: number;
  readonly explicit: boolean | null;
  readonly popularity: number | null;
  readonly isrc: string | null;
}

interface NamedList {
  readonly name: string;
  readonly tracks: readonly ExportedTrack[];
  readonly at: Date;
}

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  jspf: 'application/json; charset=utf-8',
  text: 'text/plain; charset=utf-8',
} as const satisfies Record<ListFormat, string>;
const ENDINGS = { csv: 'csv', jspf: 'jspf', text: 'txt' } as const satisfies Record<ListFormat, string>;
const FILE_NAME_CHARS = 80;
/** Names that Windows keeps for devices. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** A list as the text of a file, with its name and media type. */
export function writeList(list: NamedList, format: ListFormat): { readonly fileName: string; readonly mediaType: string; readonly text: string } {
  const texts = { csv: () => writeCsv(list.tracks), jspf: () => writeJspf(list), text: () => writeLines(list.tracks) } as const;
  return { fileName: `${fileNameOf(list.name)}.${ENDINGS[format]}`, mediaType: MEDIA_TYPES[format], text: texts[format]() };
}

/** A name as a file name in any script: lower case, words joined by hyphens, no character that a file system refuses. */
function fileNameOf(name: string): string {
  const bare = cutText(foldText(name).replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-'), FILE_NAME_CHARS).replaceAll(/^-+|-+$/g, '');
  return bare === '' ? 'playlist' : RESERVED.test(bare) ? `playlist-${bare}` : bare;
}

/** The columns of Exportify (github.com/watsonbox/exportify) that the catalog knows. */
const COLUMNS: readonly (readonly [string, (track: ExportedTrack) => string])[] = [
  ['Track URI', ({ trackId }) => `spotify:track:${trackId}`],
  ['Track Name', ({ title }) => title],
  ['Artist URI(s)', ({ artists }) => artists.map(({ id }) => `spotify:artist:${id}`).join(', ')],
  ['Artist Name(s)', ({ artists }) => artists.map(({ name }) => name).join(', ')],
  ['Album URI', ({ albumId }) => `spotify:album:${albumId}`],
  ['Album Name', ({ album }) => album],
  ['Album Release Date', ({ releaseDate }) => releaseDate ?? ''],
  ['Track Duration (ms)', ({ durationMs }) => String(durationMs)],
  ['Explicit', ({ explicit }) => (explicit === null ? '' : String(explicit))],
  ['Popularity', ({ popularity }) => (popularity === null ? '' : String(popularity))],
  ['ISRC', ({ isrc }) => isrc ?? ''],
];

/** RFC 4180, with a header row. A byte order mark tells spreadsheets that it is UTF-8. */
function writeCsv(tracks: readonly ExportedTrack[]): string {
  const rows = [COLUMNS.map(([name]) => name), ...tracks.map((track) => COLUMNS.map(([, valueOf]) => valueOf(track)))];
  return `\ufeff${rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`;
}

/** A quoted cell. One that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection). */
function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** JSPF, version 1 of XSPF as JSON (xspf.org/jspf). */
function writeJspf({ name, tracks, at }: NamedList): string {
  const track = tracks.map(({ trackId, title, artists, album, durationMs, isrc }) => ({
    location: [`https://open.spotify.com/track/${trackId}`],
    identifier: [`spotify:track:${trackId}`, ...(isrc === null ? [] : [`urn:isrc:${isrc}`])],
    title,
    creator: artists.map((artist) => artist.name).join(', '),
    ...(album === '' ? {} : { album }),
    ...(durationMs > 0 ? { duration: durationMs } : {}),
  }));
  return `${JSON.stringify({ playlist: { title: name, creator: 'Segue', date: at.toISOString(), track } }, null, 2)}\n`;
}

/** "Artist - Title", a line each. */
function writeLines(tracks: readonly ExportedTrack[]): string {
  const lines = tracks.map(({ artists, title }) => [artists.map(({ name }) => name).join(', '), title].filter((part) => part !== '').join(' - '));
  return lines.map((line) => `${line.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')}\n`).join('');
}
