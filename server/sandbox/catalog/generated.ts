import { ACTS_PER_BLOCK, ALBUMS_PER_BLOCK } from './acts.ts';
import { TRACKS_PER_ALBUM_MAX } from './album-plan.ts';
import type { SandboxCatalogue } from './catalog.ts';
import { createIsrcs } from './isrcs.ts';
import { keyOf, pressAlbum, recordingFace, releaseDate } from './pressing.ts';
import { rememberRecent } from './recent-cache.ts';
import { idFor, indexOf } from './reversible-ids.ts';
import { createShop } from './shop.ts';
import { soundOf } from './sound.ts';

/** How many albums, and which world: the same seed is the same catalogue everywhere, and a larger one begins with the smaller. */
export interface GeneratedOptions {
  readonly albums: number;
  readonly seed: number;
}

export const GENERATED_DEFAULTS: GeneratedOptions = { albums: 600, seed: 1 };

/** Albums kept ready for the tracks that are read next: a few megabytes. */
const ALBUMS_KEPT = 500;

/** Ids of the generated albums `offset`…`offset + count − 1`, without making any of them. */
export function generatedAlbumIds(count: number, { seed = GENERATED_DEFAULTS.seed, offset = 0 } = {}): string[] {
  return Array.from({ length: count }, (_, i) => idFor(seed, 'album', offset + i));
}

/** A believable record shop, made album by album when somebody asks: 100,000 albums take no more memory than one. */
export function createGeneratedCatalogue({ albums, seed }: GeneratedOptions): SandboxCatalogue {
  const isrcs = createIsrcs(seed, albums * TRACKS_PER_ALBUM_MAX);
  const shop = createShop(seed);
  const pressed = rememberRecent(ALBUMS_KEPT, (index: number) => pressAlbum(shop, isrcs, index));
  const acts = Math.ceil(albums / ALBUMS_PER_BLOCK) * ACTS_PER_BLOCK;
  const known = (album: number | undefined) => (album !== undefined && album < albums ? album : undefined);
  const trackPlace = (id: string) => {
    const index = indexOf(seed, 'track', id);
    const album = known(index === undefined ? undefined : Math.floor(index / TRACKS_PER_ALBUM_MAX));
    return index === undefined || album === undefined ? undefined : { album, position: (index % TRACKS_PER_ALBUM_MAX) - 1 };
  };
  return {
    albumCount: albums,
    albumIdAt: (index) => (index >= 0 && index < albums ? idFor(seed, 'album', index) : undefined),
    album: (id) => {
      const index = known(indexOf(seed, 'album', id));
      return index === undefined ? undefined : pressed(index);
    },
    track: (id) => {
      const place = trackPlace(id);
      const album = place && pressed(place.album);
      const track = album?.tracks[place?.position ?? -1];
      return album && track && { track, album };
    },
    hasTrack: (id) => {
      const place = trackPlace(id);
      return place !== undefined && place.position < shop.plan(place.album).tracks.length && place.position >= 0;
    },
    artist: (id) => {
      const index = indexOf(seed, 'artist', id);
      if (index === undefined || index >= acts) return undefined;
      const { name, genres, popularity } = shop.act(index);
      return { id, name, genres, popularity, followers: Math.round(1.12 ** popularity * 260) };
    },
    albumIdsOf: (artistId) => {
      const index = indexOf(seed, 'artist', artistId);
      if (index === undefined || index >= acts) return [];
      const { firstAlbum, albumCount } = shop.act(index);
      return generatedAlbumIds(Math.max(0, Math.min(albumCount, albums - firstAlbum)), { seed, offset: firstAlbum });
    },
    features: (trackId) => {
      const place = trackPlace(trackId);
      const track = place && shop.plan(place.album).tracks[place.position];
      return track && soundOf(seed, shop.actOf(track.album), { key: keyOf(track), year: shop.plan(track.album).year });
    },
    recording: (isrc) => {
      const key = isrcs.recordingOf(isrc);
      const album = known(key === undefined ? undefined : Math.floor(key / TRACKS_PER_ALBUM_MAX));
      if (key === undefined || album === undefined) return undefined;
      const { year, tracks } = shop.plan(album);
      const position = tracks.findIndex((one) => keyOf(one) === key);
      const track = tracks[position];
      const act = shop.actOf(album);
      if (!track || isrcs.isrcOf(key, act.country, year) !== isrc) return undefined;
      const { title, artists, durationMs } = recordingFace(shop, track);
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
