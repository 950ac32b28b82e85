import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { SandboxAlbum, SandboxCatalog, SandboxTrack } from './catalog.ts';
import { csvRows } from './csv.ts';
import { readTrackRow } from './track-row.ts';
import type { TrackRow } from './track-row.ts';
import { memoizeRecent } from './recent-cache.ts';
import { idFor } from './reversible-ids.ts';
import { textHash } from '#server/sandbox/text-hash.ts';

/** Seed of the generated ids: artists have no id in the tables, and some tracks have no album. */
const LOADED_SEED = 20_261_121;

export interface CatalogFile extends SandboxCatalog {
  /** Number of albums named in the tables; they come first. The rest are singles generated for tracks without an album. */
  readonly realAlbumCount: number;
  readonly skippedRows: number;
}

/** One album with its tracks in table order. */
interface AlbumGroup {
  readonly name: string;
  readonly releaseDate: string;
  /** False for a single generated for a track without an album. */
  readonly isReal: boolean;
  readonly rows: TrackRow[];
}

/**
 * Loads a catalog of real tracks from one or more tables. The first table that contains a track wins; rows without an id are skipped and counted.
 * ISRCs, genres and UPCs are never invented. Artist ids are derived from names; a track without an album gets a single of its own.
 */
export async function readCatalogFile(files: readonly string[]): Promise<CatalogFile> {
  const tracks = new Map<string, TrackRow>();
  let skippedRows = 0;
  for (const file of files) {
    for await (const row of rowsOf(file)) {
      if (!row) skippedRows++;
      else if (!tracks.has(row.id) || (tracks.get(row.id)?.albumId === null && row.albumId !== null)) tracks.set(row.id, row);
    }
  }
  return { ...catalogOf(tracks), skippedRows };
}

async function* rowsOf(file: string): AsyncGenerator<TrackRow | undefined> {
  const raw = createReadStream(file);
  const text = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => text.destroy(error));
  let columns: ReadonlyMap<string, number> | undefined;
  for await (const cells of csvRows(text.setEncoding('utf8'))) {
    if (columns) yield readTrackRow(columns, cells);
    else columns = new Map(cells.map((name, i) => [name.replace(/^\uFEFF/, ''), i]));
  }
  if (!columns?.has('track_id')) throw new TypeError(`${file} has no column track_id, so it is not a table of tracks.`);
}

function catalogOf(tracks: ReadonlyMap<string, TrackRow>): Omit<CatalogFile, 'skippedRows'> {
  const groups = groupByAlbum(tracks);
  // Real albums first, longest first, so that a partial import gets whole albums; generated singles last.
  const albumIds = [...groups]
    .toSorted(([a, one], [b, other]) => Number(other.isReal) - Number(one.isReal) || other.rows.length - one.rows.length || (a < b ? -1 : 1))
    .map(([id]) => id);
  const realAlbumCount = [...groups.values()].filter(({ isReal }) => isReal).length;
  const artists = artistsOf(groups);
  const album = memoizeRecent(500, (id: string) => toAlbum(id, groups.get(id)));
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

function groupByAlbum(tracks: ReadonlyMap<string, TrackRow>): Map<string, AlbumGroup> {
  const groups = new Map<string, AlbumGroup>();
  for (const row of tracks.values()) {
    const id = albumIdOf(row);
    const group = groups.get(id) ?? { name: row.albumName || row.name, releaseDate: row.releaseDate, isReal: row.albumId !== null, rows: [] };
    group.rows.push(row);
    groups.set(id, group);
  }
  return groups;
}

const albumIdOf = (row: TrackRow) => row.albumId ?? idFor(LOADED_SEED, 'album', textHash(row.id) & 0x1fffffff);
const artistId = (name: string) => idFor(LOADED_SEED, 'artist', textHash(name) & 0x1fffffff);

function artistsOf(groups: ReadonlyMap<string, AlbumGroup>): Map<string, { name: string; popularity: number; albumIds: string[] }> {
  const artists = new Map<string, { name: string; popularity: number; albumIds: string[] }>();
  for (const [albumId, { rows }] of groups) {
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

function toAlbum(id: string, group: AlbumGroup | undefined): SandboxAlbum | undefined {
  if (!group) return undefined;
  const names = new Set(group.rows.map(({ artist }) => artist));
  const [first = 'Unknown artist'] = names;
  const owner = names.size > 3 ? 'Various Artists' : first;
  const { length } = group.releaseDate;
  return {
    id,
    name: group.name,
    albumType: names.size > 3 ? 'compilation' : group.rows.length <= 2 ? 'single' : 'album',
    artists: [{ id: artistId(owner), name: owner }],
    releaseDate: group.releaseDate,
    releaseDatePrecision: length === 4 ? 'year' : length === 7 ? 'month' : 'day',
    label: '',
    upc: null,
    popularity: Math.max(...group.rows.map(({ popularity }) => popularity)),
    tracks: group.rows.map((row, i) => trackOf(row, i)),
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
