import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { SandboxAlbum, SandboxCatalogue, SandboxTrack } from './catalog.ts';
import { csvRows } from './csv.ts';
import { readTrackRow } from './track-row.ts';
import type { TrackRow } from './track-row.ts';
import { rememberRecent } from './recent-cache.ts';
import { idFor } from './reversible-ids.ts';
import { digestOf } from '#server/sandbox/text-digest.ts';

/** Made-up ids (artists have none in the tables; some tracks have no album) come from this seed. */
const LOADED_SEED = 20_261_121;

export interface LoadedCatalogue extends SandboxCatalogue {
  /** Albums that the tables name; they come first. The rest are singles made up around tracks without album. */
  readonly realAlbumCount: number;
  readonly skippedRows: number;
}

/** Tracks of one album as the tables have them, in table order. */
interface Shelf {
  readonly name: string;
  readonly releaseDate: string;
  /** Whether the tables name this album, or it was made up around a track without one. */
  readonly isReal: boolean;
  readonly rows: TrackRow[];
}

/**
 * A catalogue of real tracks from one or more tables. A track is taken from the first table that has it; rows without id are left out and counted.
 * Nothing is invented that a person could take for data: no ISRC, no genre, no UPC. Artists get ids from their names, tracks without album a single of their own.
 */
export async function loadCatalogue(files: readonly string[]): Promise<LoadedCatalogue> {
  const tracks = new Map<string, TrackRow>();
  let skippedRows = 0;
  for (const file of files) {
    for await (const row of rowsOf(file)) {
      if (!row) skippedRows++;
      else if (!tracks.has(row.id) || (tracks.get(row.id)?.albumId === null && row.albumId !== null)) tracks.set(row.id, row);
    }
  }
  return { ...catalogueOf(tracks), skippedRows };
}

async function* rowsOf(file: string): AsyncGenerator<TrackRow | undefined> {
  const raw = createReadStream(file);
  const unpacked = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => unpacked.destroy(error));
  let columns: ReadonlyMap<string, number> | undefined;
  for await (const cells of csvRows(unpacked.setEncoding('utf8'))) {
    if (columns) yield readTrackRow(columns, cells);
    else columns = new Map(cells.map((name, i) => [name.replace(/^\uFEFF/, ''), i]));
  }
  if (!columns?.has('track_id')) throw new TypeError(`${file} has no column track_id: it is not a table of tracks.`);
}

function catalogueOf(tracks: ReadonlyMap<string, TrackRow>): Omit<LoadedCatalogue, 'skippedRows'> {
  const shelves = shelvesOf(tracks);
  // Whole albums first, so that the head of the list is worth ingesting; made-up singles last.
  const albumIds = [...shelves]
    .toSorted(([a, one], [b, other]) => Number(other.isReal) - Number(one.isReal) || other.rows.length - one.rows.length || (a < b ? -1 : 1))
    .map(([id]) => id);
  const realAlbumCount = [...shelves.values()].filter(({ isReal }) => isReal).length;
  const artists = artistsOf(shelves);
  const album = rememberRecent(500, (id: string) => pressed(id, shelves.get(id)));
  return {
    albumCount: albumIds.length,
    realAlbumCount,
    albumIdAt: (index) => albumIds[index],
    album,
    track: (id) => {
      const row = tracks.get(id);
      const home = row && album(albumIdOf(row));
      const track = home?.tracks.find((one) => one.id === id);
      return home && track && { track, album: home };
    },
    hasTrack: (id) => tracks.has(id),
    artist: (id) => {
      const known = artists.get(id);
      return known && { id, name: known.name, genres: [], popularity: known.popularity, followers: known.popularity * 1000 };
    },
    albumIdsOf: (artistId) => artists.get(artistId)?.albumIds ?? [],
    features: (id) => tracks.get(id)?.features,
    recording: () => undefined,
  };
}

function shelvesOf(tracks: ReadonlyMap<string, TrackRow>): Map<string, Shelf> {
  const shelves = new Map<string, Shelf>();
  for (const row of tracks.values()) {
    const id = albumIdOf(row);
    const shelf = shelves.get(id) ?? { name: row.albumName || row.name, releaseDate: row.releaseDate, isReal: row.albumId !== null, rows: [] };
    shelf.rows.push(row);
    shelves.set(id, shelf);
  }
  return shelves;
}

const albumIdOf = (row: TrackRow) => row.albumId ?? idFor(LOADED_SEED, 'album', digestOf(row.id) & 0x1fffffff);
const artistId = (name: string) => idFor(LOADED_SEED, 'artist', digestOf(name) & 0x1fffffff);

function artistsOf(shelves: ReadonlyMap<string, Shelf>): Map<string, { name: string; popularity: number; albumIds: string[] }> {
  const artists = new Map<string, { name: string; popularity: number; albumIds: string[] }>();
  for (const [albumId, { rows }] of shelves) {
    for (const { artist, popularity } of rows) {
      const id = artistId(artist);
      const known = artists.get(id) ?? { name: artist, popularity: 0, albumIds: [] };
      known.popularity = Math.max(known.popularity, popularity);
      if (known.albumIds.at(-1) !== albumId) known.albumIds.push(albumId);
      artists.set(id, known);
    }
  }
  return artists;
}

function pressed(id: string, shelf: Shelf | undefined): SandboxAlbum | undefined {
  if (!shelf) return undefined;
  const names = new Set(shelf.rows.map(({ artist }) => artist));
  const [first = 'Unknown artist'] = names;
  const owner = names.size > 3 ? 'Various Artists' : first;
  const { length } = shelf.releaseDate;
  return {
    id,
    name: shelf.name,
    albumType: names.size > 3 ? 'compilation' : shelf.rows.length <= 2 ? 'single' : 'album',
    artists: [{ id: artistId(owner), name: owner }],
    releaseDate: shelf.releaseDate,
    releaseDatePrecision: length === 4 ? 'year' : length === 7 ? 'month' : 'day',
    label: '',
    upc: null,
    popularity: Math.max(...shelf.rows.map(({ popularity }) => popularity)),
    tracks: shelf.rows.map((row, i) => trackOf(row, i)),
  };
}

function trackOf(row: TrackRow, i: number): SandboxTrack {
  const { id, name, artist, durationMs, popularity } = row;
  return {
    id,
    name,
    artists: [{ id: artistId(artist), name: artist }],
    durationMs,
    explicit: false,
    discNumber: 1,
    trackNumber: i + 1,
    isrc: null,
    popularity,
  };
}
