import { ARTISTS_PER_BLOCK, ALBUMS_PER_BLOCK } from './generated-artists.ts';
import { TRACKS_PER_ALBUM_MAX } from './album-plan.ts';
import type { SandboxCatalog } from './catalog.ts';
import { createIsrcs } from './isrcs.ts';
import { recordingKey, generateAlbum, recordingDetails, releaseDate } from './generated-albums.ts';
import { memoizeRecent } from './recent-cache.ts';
import { idFor, indexOf } from './reversible-ids.ts';
import { createCatalogGenerator } from './catalog-generator.ts';
import { generateFeatures } from './generated-features.ts';

/** Size and seed of a generated catalog. The same seed gives the same catalog everywhere; a larger catalog starts with the smaller one. */
export interface GeneratedOptions {
  readonly albums: number;
  readonly seed: number;
}

export const GENERATED_DEFAULTS: GeneratedOptions = { albums: 600, seed: 1 };

/** Number of cached albums: a few megabytes. */
const ALBUMS_CACHED = 500;

/** The ids of the generated albums `offset`…`offset + count − 1`, without generating the albums. */
export function generatedAlbumIds(count: number, { seed = GENERATED_DEFAULTS.seed, offset = 0 } = {}): string[] {
  return Array.from({ length: count }, (_, i) => idFor(seed, 'album', offset + i));
}

/** A realistic catalog, generated album by album on demand: 100,000 albums need no more memory than one. */
export function createGeneratedCatalog({ albums, seed }: GeneratedOptions): SandboxCatalog {
  const isrcs = createIsrcs(seed, albums * TRACKS_PER_ALBUM_MAX);
  const generator = createCatalogGenerator(seed);
  const cachedAlbum = memoizeRecent(ALBUMS_CACHED, (index: number) => generateAlbum(generator, isrcs, index));
  const artistCount = Math.ceil(albums / ALBUMS_PER_BLOCK) * ARTISTS_PER_BLOCK;
  const withinCatalog = (album: number | undefined) => (album !== undefined && album < albums ? album : undefined);
  const locateTrack = (id: string) => {
    const index = indexOf(seed, 'track', id);
    const album = withinCatalog(index === undefined ? undefined : Math.floor(index / TRACKS_PER_ALBUM_MAX));
    return index === undefined || album === undefined ? undefined : { album, position: (index % TRACKS_PER_ALBUM_MAX) - 1 };
  };
  return {
    albumCount: albums,
    albumIdAt: (index) => (index >= 0 && index < albums ? idFor(seed, 'album', index) : undefined),
    album: (id) => {
      const index = withinCatalog(indexOf(seed, 'album', id));
      return index === undefined ? undefined : cachedAlbum(index);
    },
    track: (id) => {
      const location = locateTrack(id);
      const album = location && cachedAlbum(location.album);
      const track = album?.tracks[location?.position ?? -1];
      return album && track && { track, album };
    },
    hasTrack: (id) => {
      const location = locateTrack(id);
      return location !== undefined && location.position < generator.plan(location.album).tracks.length && location.position >= 0;
    },
    artist: (id) => {
      const index = indexOf(seed, 'artist', id);
      if (index === undefined || index >= artistCount) return undefined;
      const { name, genres, popularity } = generator.artist(index);
      return { id, name, genres, popularity, followers: Math.round(1.12 ** popularity * 260) };
    },
    albumIdsOf: (artistId) => {
      const index = indexOf(seed, 'artist', artistId);
      if (index === undefined || index >= artistCount) return [];
      const { firstAlbum, albumCount } = generator.artist(index);
      return generatedAlbumIds(Math.max(0, Math.min(albumCount, albums - firstAlbum)), { seed, offset: firstAlbum });
    },
    features: (trackId) => {
      const location = locateTrack(trackId);
      const track = location && generator.plan(location.album).tracks[location.position];
      return track && generateFeatures(seed, generator.artistOf(track.album), { key: recordingKey(track), year: generator.plan(track.album).year });
    },
    recording: (isrc) => {
      const key = isrcs.recordingOf(isrc);
      const album = withinCatalog(key === undefined ? undefined : Math.floor(key / TRACKS_PER_ALBUM_MAX));
      if (key === undefined || album === undefined) return undefined;
      const { year, tracks } = generator.plan(album);
      const position = tracks.findIndex((one) => recordingKey(one) === key);
      const track = tracks[position];
      const act = generator.artistOf(album);
      if (!track || isrcs.isrcOf(key, act.country, year) !== isrc) return undefined;
      const { title, artists, durationMs } = recordingDetails(generator, track);
      return {
        isrc,
        title,
        artists,
        durationMs,
        genres: act.genres,
        firstReleaseDate: releaseDate(seed, album, year).date,
        trackId: idFor(seed, 'track', album * TRACKS_PER_ALBUM_MAX + position + 1),
      };
    },
  };
}
