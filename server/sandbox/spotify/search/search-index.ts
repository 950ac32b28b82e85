import type { SandboxCatalog } from '#server/sandbox/catalog/catalog.ts';
import { foldSearchText, isInYears } from './search-query.ts';
import type { SearchQuery } from './search-query.ts';

/** Only the first albums of a large catalog are indexed: this many take a few megabytes and under a second. */
const ALBUMS_INDEXED_MAX = 5000;

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly artists: string;
  readonly album: string;
  readonly year: string;
  readonly popularity: number;
  readonly artistId: string;
}

/** Search by kind; returns ids, best match first. */
export interface SearchIndex {
  albums(query: SearchQuery): string[];
  tracks(query: SearchQuery): string[];
  artists(query: SearchQuery): string[];
}

const indexes = new WeakMap<SandboxCatalog, SearchIndex>();

/** The catalog's index, built on the first search. */
export function searchIndexOf(catalog: SandboxCatalog): SearchIndex {
  const known = indexes.get(catalog) ?? build(catalog);
  indexes.set(catalog, known);
  return known;
}

function build(catalog: SandboxCatalog): SearchIndex {
  const albums: Entry[] = [];
  const tracks: Entry[] = [];
  const artists = new Map<string, Entry>();
  for (let i = 0; i < Math.min(ALBUMS_INDEXED_MAX, catalog.albumCount); i++) {
    const album = catalog.album(catalog.albumIdAt(i) ?? '');
    if (!album) continue;
    const shared = { album: foldSearchText(album.name), year: album.releaseDate, artistId: album.artists[0]?.id ?? '' };
    const by = foldSearchText(album.artists.map(({ name }) => name).join(' '));
    albums.push({ ...shared, id: album.id, name: shared.album, artists: by, popularity: album.popularity });
    for (const { id, name, popularity, artists: credited } of album.tracks) {
      tracks.push({ ...shared, id, name: foldSearchText(name), artists: foldSearchText(credited.map((one) => one.name).join(' ')), popularity });
    }
    for (const { id, name } of album.artists)
      artists.set(id, { ...shared, id, name: foldSearchText(name), artists: foldSearchText(name), artistId: id, popularity: album.popularity });
  }
  const genresOf = (artistId: string) => catalog.artist(artistId)?.genres ?? [];
  const found = (entries: Iterable<Entry>, query: SearchQuery, fields: 'track' | 'album' | 'artist') =>
    [...entries]
      .filter((entry) => matches(entry, query, fields) && hasGenre(genresOf, entry, query))
      .toSorted(bestFirst(query))
      .map(({ id }) => id);
  return {
    albums: (query) => found(albums, query, 'album'),
    tracks: (query) => {
      const byIsrc = query.filters.isrc === undefined ? undefined : catalog.recording(query.filters.isrc.toUpperCase());
      return query.filters.isrc === undefined ? found(tracks, query, 'track') : byIsrc ? [byIsrc.trackId] : [];
    },
    artists: (query) => found(artists.values(), query, 'artist'),
  };
}

function matches(entry: Entry, { words, filters }: SearchQuery, kind: 'track' | 'album' | 'artist'): boolean {
  const text = kind === 'artist' ? entry.name : `${entry.name} ${entry.artists} ${entry.album}`;
  if (!words.every((word) => text.includes(word))) return false;
  if (filters.artist !== undefined && !entry.artists.includes(foldSearchText(filters.artist))) return false;
  if (filters.album !== undefined && !entry.album.includes(foldSearchText(filters.album))) return false;
  if (filters.track !== undefined && (kind !== 'track' || !entry.name.includes(foldSearchText(filters.track)))) return false;
  if (filters.upc !== undefined || (filters.isrc !== undefined && kind !== 'track')) return false;
  return filters.year === undefined || isInYears(entry.year, filters.year);
}

function hasGenre(genresOf: (artistId: string) => readonly string[], entry: Entry, { filters }: SearchQuery): boolean {
  const genreName = filters.genre;
  return genreName === undefined || genresOf(entry.artistId).some((genre) => foldSearchText(genre) === foldSearchText(genreName));
}

/** Sorts exact name matches first, then prefixes, then by popularity; the id breaks ties. */
function bestFirst({ words }: SearchQuery): (a: Entry, b: Entry) => number {
  const phrase = words.join(' ');
  const closeness = (entry: Entry) => (entry.name === phrase ? 2 : entry.name.startsWith(phrase) && phrase !== '' ? 1 : 0);
  return (a, b) => closeness(b) - closeness(a) || b.popularity - a.popularity || (a.id < b.id ? -1 : 1);
}
