import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';
import { cutText } from '#shared/domain/text.ts';
import { AppError } from '#shared/errors.ts';
import { spotifyAlbumId, spotifyArtistId, spotifyPlaylistId, spotifyTrackId } from '#shared/ids.ts';
import { parseResponse } from '#server/providers/http.ts';
import type { CatalogArtist, ProviderCache } from '#server/providers/ports.ts';
import type { FoundAlbum, FoundMusic, FoundTrack, MusicSearch } from '#server/providers/search-ports.ts';
import type { AppToken } from './app-token.ts';
import type { SpotifyGateway } from './gateway.ts';
import { foundTrackWire, searchWire } from './search-wire.ts';
import type { FoundAlbumWire, FoundTrackWire } from './search-wire.ts';
import { spotifyErrorKind } from './spotify-errors.ts';
import type { ArtistsWire } from './wire.ts';

/** Spotify's limit since 2026. */
const PER_PAGE = 10;
const QUERY_CHARS_MAX = 200;
const GOOD_FOR_MS = 10 * MINUTE_MS;

interface SearchParts {
  readonly gateway: SpotifyGateway;
  readonly appToken: AppToken;
  readonly cache: ProviderCache | undefined;
}

/** Searches with one request a page, whatever the number of kinds. */
export function createMusicSearch(parts: SearchParts): MusicSearch {
  return {
    search: async ({ query, page }, signal) => {
      const q = cutText(query, QUERY_CHARS_MAX);
      const key = `search:${page}:${q}`;
      const cached = (await parts.cache?.find('spotify', [key]))?.get(key);
      if (cached?.isFresh) return toFoundMusic(cached.body);
      try {
        const body = await requestPage(parts, { q, page }, signal);
        await parts.cache?.store('spotify', [{ key, body, goodForMs: GOOD_FOR_MS }]);
        return toFoundMusic(body);
      } catch (error) {
        if (cached && error instanceof AppError) return toFoundMusic(cached.body);
        throw error;
      }
    },
    findTrack: async (id, signal) => {
      try {
        const { gateway, appToken } = parts;
        const answer = await appToken.use(
          (token) => gateway.call({ token, signal, idempotent: true, bucket: 'tracks', send: ({ api }) => api.getTrack(id) }),
          signal,
        );
        return toFoundTrack(parseResponse('Spotify', foundTrackWire, answer));
      } catch (error) {
        const kind = spotifyErrorKind(error);
        if (kind === 'NotFound' || kind === 'Rejected') return undefined;
        throw error;
      }
    },
  };
}

async function requestPage({ gateway, appToken }: SearchParts, { q, page }: { q: string; page: number }, signal: AbortSignal): Promise<object> {
  const query = { q, type: 'track,artist,album,playlist', limit: PER_PAGE, offset: page * PER_PAGE };
  const answer = await appToken.use(
    (token) =>
      gateway.call({ token, signal, idempotent: true, bucket: 'search', send: (library) => library.send('get', { path: '/search', query }) }),
    signal,
  );
  return parseResponse('Spotify', searchWire, answer);
}

function toFoundMusic(body: unknown): FoundMusic {
  const { tracks, artists, albums, playlists } = searchWire.parse(body);
  return {
    tracks: (tracks?.items ?? []).flatMap((track) => (track && toFoundTrack(track)) ?? []),
    artists: toArtists(artists?.items ?? null),
    albums: (albums?.items ?? []).flatMap((album) => (album && toFoundAlbum(album)) ?? []),
    playlists: (playlists?.items ?? []).flatMap((playlist) => {
      const id = spotifyPlaylistId.safeParse(playlist?.id);
      return id.success ? [{ id: id.data, name: playlist?.name ?? '' }] : [];
    }),
  };
}

function toFoundTrack(wire: FoundTrackWire): FoundTrack | undefined {
  const id = spotifyTrackId.safeParse(wire.id);
  if (!id.success || wire.is_local || (wire.type !== null && wire.type !== 'track')) return undefined;
  return {
    id: id.data,
    name: wire.name ?? '',
    artists: toArtists(wire.artists),
    album: (wire.album && toFoundAlbum(wire.album)) ?? null,
    durationMs: Math.round(wire.duration_ms),
    explicit: wire.explicit,
    isrc: normalizeIsrc(wire.external_ids?.isrc),
    popularity: wire.popularity,
  };
}

function toFoundAlbum(wire: FoundAlbumWire): FoundAlbum | undefined {
  const id = spotifyAlbumId.safeParse(wire.id);
  if (!id.success) return undefined;
  const imageUrl = wire.images?.find((image) => image !== null)?.url ?? null;
  return { id: id.data, name: wire.name ?? '', artists: toArtists(wire.artists), releaseDate: wire.release_date, imageUrl };
}

function toArtists(wire: ArtistsWire): CatalogArtist[] {
  return (wire ?? []).flatMap((artist) => {
    const id = spotifyArtistId.safeParse(artist?.id);
    return id.success ? [{ id: id.data, name: artist?.name ?? '' }] : [];
  });
}
