import type { SandboxFeatures } from './catalog.ts';

/** A row of either table, not cleaned: names may be empty, dates of any precision, numbers missing. */
export interface TrackRow {
  readonly id: string;
  readonly name: string;
  readonly artist: string;
  /** Null when the table has no album. */
  readonly albumId: string | null;
  readonly albumName: string;
  /** 4, 7 or 10 characters; `0000` when unknown, as on Spotify. */
  readonly releaseDate: string;
  readonly popularity: number;
  readonly durationMs: number;
  readonly features: SandboxFeatures | undefined;
}

const ID = /^[0-9A-Za-z]{22}$/;

/** Reads one row under the column names of either table; `undefined` when it has no usable track id. */
export function readTrackRow(columns: ReadonlyMap<string, number>, cells: readonly string[]): TrackRow | undefined {
  const cell = (...names: readonly string[]) => {
    for (const name of names) {
      const at = columns.get(name);
      if (at !== undefined) return (cells[at] ?? '').trim();
    }
    return '';
  };
  const id = cell('track_id');
  if (!ID.test(id)) return undefined;
  const albumId = cell('album_id', 'track_album_id');
  return {
    id,
    name: cell('name', 'track_name'),
    artist: cell('artist', 'track_artist') || 'Unknown artist',
    albumId: ID.test(albumId) ? albumId : null,
    albumName: cell('album_name', 'track_album_name'),
    releaseDate: dateOf(cell('release_date', 'track_album_release_date'), cell('decade')),
    popularity: Math.round(Math.min(100, Math.max(0, number(cell('popularity', 'track_popularity')) ?? 0))),
    durationMs: Math.round(number(cell('duration_ms')) ?? 0),
    features: featuresOf(cell),
  };
}

function featuresOf(cell: (name: string) => string): SandboxFeatures | undefined {
  const [danceability, energy, valence] = [number(cell('danceability')), number(cell('energy')), number(cell('valence'))];
  if (danceability === undefined || energy === undefined || valence === undefined) return undefined;
  return {
    danceability,
    energy,
    valence,
    key: number(cell('key')) ?? -1,
    loudness: number(cell('loudness')) ?? -60,
    mode: number(cell('mode')) ?? 0,
    speechiness: number(cell('speechiness')) ?? 0,
    acousticness: number(cell('acousticness')) ?? 0,
    instrumentalness: number(cell('instrumentalness')) ?? 0,
    liveness: number(cell('liveness')) ?? 0,
    tempo: number(cell('tempo')) ?? 0,
    timeSignature: number(cell('time_signature')) ?? 4,
  };
}

function number(text: string): number | undefined {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** A date of known precision. A decade becomes its first year. */
function dateOf(date: string, decade: string): string {
  if (/^\d{4}(-\d{2}){0,2}$/.test(date)) return date;
  const year = /\d{4}/.exec(date)?.[0] ?? /^(\d{2})s$|^(\d{4})s?$/.exec(decade)?.slice(1).find(Boolean);
  if (year === undefined) return '0000';
  return year.length === 4 ? year : `${Number(year) < 30 ? 20 : 19}${year}`;
}
