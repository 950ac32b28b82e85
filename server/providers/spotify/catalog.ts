import type { SpotifyAlbumId, SpotifyTrackId } from '#shared/ids.ts';
import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { parseResponse } from '#server/providers/http.ts';
import type { RawResponse } from '#server/providers/http.ts';
import type { AlbumReading, MusicCatalog, TrackDetails } from '#server/providers/ports.ts';
import { toAlbumReading } from './album-reading.ts';
import type { AppToken } from './app-token.ts';
import type { Capabilities } from './capabilities.ts';
import type { GatewayCall, SpotifyGateway } from './gateway.ts';
import { spotifyErrorKind } from './spotify-errors.ts';
import { albumsWire, albumWire, trackPageWire, tracksWire, trackWire } from './wire.ts';

/** Spotify's own limits. */
const ALBUMS_PER_REQUEST = 20;
const TRACKS_PER_PAGE = 50;

interface CatalogParts {
  readonly gateway: SpotifyGateway;
  readonly appToken: AppToken;
  readonly capabilities: Capabilities;
}

/** Reads public catalog data in batches when the app may use them, otherwise one item at a time. */
export function createCatalog(parts: CatalogParts): MusicCatalog {
  const { capabilities } = parts;
  return {
    profile: () => capabilities.profile(),
    albumsPerRequest: async () => ((await capabilities.mayUse('batch-reads')) ? ALBUMS_PER_REQUEST : 1),
    readAlbums: async (ids, signal) => {
      if (ids.length > 1 && (await capabilities.mayUse('batch-reads'))) {
        const readings = await readBatch(parts, ids, signal);
        if (readings) return readings;
      }
      const readings: AlbumReading[] = [];
      for (const id of ids) readings.push(await readOne(parts, id, signal));
      return readings;
    },
    readTrackDetails: (ids, signal) => readTrackDetails(parts, ids, signal),
  };
}

function read({ gateway, appToken }: CatalogParts, call: Pick<GatewayCall, 'bucket' | 'send'>, signal: AbortSignal): Promise<RawResponse> {
  return appToken.use((token) => gateway.call({ ...call, token, signal, idempotent: true }), signal);
}

/** A batch read. Undefined when Spotify refuses batch reads to this app, which is recorded. */
async function readGated(parts: CatalogParts, call: Pick<GatewayCall, 'bucket' | 'send'>, signal: AbortSignal): Promise<RawResponse | undefined> {
  try {
    return await read(parts, call, signal);
  } catch (error) {
    const kind = spotifyErrorKind(error);
    if (kind !== 'EndpointUnavailable' && kind !== 'NotFound') throw error;
    await parts.capabilities.markRefused('batch-reads');
    return undefined;
  }
}

async function readOne(parts: CatalogParts, id: SpotifyAlbumId, signal: AbortSignal): Promise<AlbumReading> {
  try {
    const answer = await read(parts, { bucket: 'albums', send: ({ api }) => api.getAlbum(id) }, signal);
    return await readingFrom(parts, answer.body, signal);
  } catch (error) {
    const kind = spotifyErrorKind(error);
    // Spotify returns 400 for a well-formed id that never existed.
    if (kind === 'NotFound' || kind === 'Rejected') return { kind: 'gone' };
    throw error;
  }
}

/** Undefined when the batch as a whole failed and each album must be read on its own. */
async function readBatch(parts: CatalogParts, ids: readonly SpotifyAlbumId[], signal: AbortSignal): Promise<AlbumReading[] | undefined> {
  const answer = await readGated(parts, { bucket: 'albums', send: ({ api }) => api.getAlbums(ids) }, signal).catch((error: unknown) => {
    // One malformed id makes Spotify reject the whole batch.
    if (spotifyErrorKind(error) === 'Rejected') return undefined;
    throw error;
  });
  const albums = albumsWire.safeParse(answer?.body);
  if (!albums.success || albums.data.albums.length !== ids.length) return undefined;
  const readings: AlbumReading[] = [];
  for (const album of albums.data.albums) readings.push(album === null ? { kind: 'gone' } : await readingFrom(parts, album, signal));
  return readings;
}

async function readingFrom(parts: CatalogParts, body: unknown, signal: AbortSignal): Promise<AlbumReading> {
  const album = albumWire.safeParse(body);
  if (!album.success) return { kind: 'unreadable' };
  return toAlbumReading(album.data, async (offset) => {
    const window = { limit: TRACKS_PER_PAGE, offset };
    const answer = await read(parts, { bucket: 'albums', send: ({ api }) => api.getAlbumTracks(album.data.id, window) }, signal);
    const page = trackPageWire.safeParse(answer.body);
    return page.success ? page.data : undefined;
  });
}

async function readTrackDetails(parts: CatalogParts, ids: readonly SpotifyTrackId[], signal: AbortSignal): Promise<TrackDetails[] | undefined> {
  if (!(await parts.capabilities.mayUse('batch-reads'))) return undefined;
  if (ids.length === 0) return [];
  const answer = await readGated(parts, { bucket: 'tracks', send: ({ api }) => api.getTracks(ids) }, signal);
  if (!answer) return undefined;
  const { tracks } = parseResponse('Spotify', tracksWire, answer);
  // Matched by position: a relinked track has another id than the requested one.
  return ids.flatMap((id, position) => {
    const track = trackWire.safeParse(tracks[position]);
    return track.success ? [{ id, isrc: normalizeIsrc(track.data.external_ids?.isrc), popularity: track.data.popularity }] : [];
  });
}
