import { FORBIDDEN, FORBIDDEN_WITHOUT_MESSAGE, json, NOT_FOUND, spotifyError } from '../responses.ts';
import { idList, idParam, pageBounds } from '../api-request.ts';
import type { ApiRequest } from '../api-request.ts';
import type { SandboxAlbum, SandboxFeatures } from '#server/sandbox/catalog/catalog.ts';
import type { Route } from '../routes.ts';
import { albumTracks, artistWire, fullAlbum, fullTrack, marketTrack, page, pageOf, simpleAlbum } from '../wire.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

/** Batch reads were removed from development mode in February 2026. */
const BATCH_CLOSED = { 'dev-2026': FORBIDDEN } as const;
/** Since November 2024 audio features are available with extended quota only. */
const FEATURES_CLOSED = { 'dev-2026': FORBIDDEN_WITHOUT_MESSAGE, 'dev-legacy': FORBIDDEN_WITHOUT_MESSAGE } as const;
const DISCOVERY_CLOSED = { 'dev-2026': NOT_FOUND, 'dev-legacy': NOT_FOUND } as const;

/** Public catalog data: albums, artists, tracks, audio features. */
export const CATALOG_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/albums/:id',
    bucket: 'albums',
    handle: (sandbox, request) => json(200, fullAlbum(sandbox, requireAlbum(sandbox, idParam(request)))),
  },
  {
    method: 'GET',
    pattern: '/albums',
    bucket: 'albums',
    closed: BATCH_CLOSED,
    handle: (sandbox, request) =>
      json(200, { albums: idList(request, 20).map((id) => optional(findAlbum(sandbox, id), (album) => fullAlbum(sandbox, album))) }),
  },
  {
    method: 'GET',
    pattern: '/albums/:id/tracks',
    bucket: 'albums',
    handle: (sandbox, request) => {
      const album = requireAlbum(sandbox, idParam(request));
      return json(
        200,
        page(`${sandbox.origin()}/v1/albums/${album.id}/tracks`, albumTracks(sandbox, album), pageBounds(request, { usual: 20, max: 50 })),
      );
    },
  },
  {
    method: 'GET',
    pattern: '/tracks/:id',
    bucket: 'tracks',
    handle: (sandbox, request) => json(200, trackWire(sandbox, idParam(request)) ?? notFound()),
  },
  {
    method: 'GET',
    pattern: '/tracks',
    bucket: 'tracks',
    closed: BATCH_CLOSED,
    handle: (sandbox, request) => json(200, { tracks: idList(request, 50).map((id) => trackWire(sandbox, id) ?? null) }),
  },
  {
    method: 'GET',
    pattern: '/artists/:id',
    bucket: 'artists',
    handle: (sandbox, request) => json(200, artistWire(sandbox, sandbox.catalog.artist(idParam(request)) ?? notFound())),
  },
  {
    method: 'GET',
    pattern: '/artists',
    bucket: 'artists',
    closed: BATCH_CLOSED,
    handle: (sandbox, request) =>
      json(200, { artists: idList(request, 50).map((id) => optional(sandbox.catalog.artist(id), (artist) => artistWire(sandbox, artist))) }),
  },
  { method: 'GET', pattern: '/artists/:id/albums', bucket: 'artists', handle: artistAlbums },
  { method: 'GET', pattern: '/artists/:id/top-tracks', bucket: 'artists', closed: { 'dev-2026': FORBIDDEN }, handle: artistTopTracks },
  {
    method: 'GET',
    pattern: '/audio-features/:id',
    bucket: 'audio-features',
    closed: FEATURES_CLOSED,
    handle: (sandbox, request) => json(200, featuresWire(sandbox, idParam(request)) ?? notFound()),
  },
  {
    method: 'GET',
    pattern: '/audio-features',
    bucket: 'audio-features',
    closed: FEATURES_CLOSED,
    handle: (sandbox, request) => json(200, { audio_features: idList(request, 100).map((id) => featuresWire(sandbox, id) ?? null) }),
  },
  { method: 'GET', pattern: '/audio-analysis/:id', bucket: 'audio-features', closed: { ...FEATURES_CLOSED, extended: NOT_FOUND }, handle: notFound },
  { method: 'GET', pattern: '/recommendations', bucket: 'other', closed: { ...DISCOVERY_CLOSED, extended: NOT_FOUND }, handle: notFound },
  {
    method: 'GET',
    pattern: '/artists/:id/related-artists',
    bucket: 'artists',
    closed: { ...DISCOVERY_CLOSED, extended: NOT_FOUND },
    handle: notFound,
  },
];

function findAlbum(sandbox: SandboxContext, id: string): SandboxAlbum | undefined {
  return sandbox.albumConditions.get(id) === 'gone' ? undefined : sandbox.catalog.album(id);
}

function requireAlbum(sandbox: SandboxContext, id: string): SandboxAlbum {
  return findAlbum(sandbox, id) ?? notFound();
}

function notFound(): never {
  throw spotifyError(404, 'Resource not found');
}

function optional<T, R>(value: T | undefined, make: (value: T) => R): R | null {
  return value === undefined ? null : make(value);
}

/** The response of `GET /tracks/{id}`; undefined when the track or its album does not exist. */
export function trackWire(sandbox: SandboxContext, id: string): Record<string, unknown> | undefined {
  const found = sandbox.catalog.track(id);
  return found && sandbox.albumConditions.get(found.album.id) !== 'gone' ? fullTrack(sandbox, found.track, found.album) : undefined;
}

function artistAlbums(sandbox: SandboxContext, request: ApiRequest) {
  const id = idParam(request);
  if (!sandbox.catalog.artist(id)) notFound();
  const { offset, limit } = pageBounds(request, sandbox.profile === 'dev-2026' ? { usual: 5, max: 10 } : { usual: 20, max: 50 });
  const albums = sandbox.catalog.albumIdsOf(id).flatMap((albumId) => findAlbum(sandbox, albumId) ?? []);
  const groups = request.query.get('include_groups')?.split(',');
  const wanted = albums.filter((album) => !groups || groups.includes(album.albumType));
  const items = wanted
    .slice(offset, offset + limit)
    .map((album) => ({ ...simpleAlbum(sandbox, album), ...(sandbox.profile === 'dev-2026' ? {} : { album_group: album.albumType }) }));
  const filter = groups ? `?include_groups=${groups.join(',')}` : '';
  return json(200, pageOf(`${sandbox.origin()}/v1/artists/${id}/albums${filter}`, items, { offset, limit, total: wanted.length }));
}

function artistTopTracks(sandbox: SandboxContext, request: ApiRequest) {
  const id = idParam(request);
  if (!sandbox.catalog.artist(id)) notFound();
  const tracks = sandbox.catalog.albumIdsOf(id).flatMap((albumId) => {
    const album = findAlbum(sandbox, albumId);
    return album ? album.tracks.map((track) => ({ track, album })) : [];
  });
  const best = tracks.toSorted((a, b) => b.track.popularity - a.track.popularity).slice(0, 10);
  return json(200, { tracks: best.map(({ track, album }) => marketTrack(sandbox, track, album)) });
}

function featuresWire(sandbox: SandboxContext, id: string): Record<string, unknown> | undefined {
  const features: SandboxFeatures | undefined = sandbox.catalog.features(id);
  const found = features && sandbox.catalog.track(id);
  if (!features || !found) return undefined;
  const { timeSignature, ...numbers } = features;
  return {
    ...numbers,
    type: 'audio_features',
    id,
    uri: `spotify:track:${id}`,
    track_href: `${sandbox.origin()}/v1/tracks/${id}`,
    analysis_url: `${sandbox.origin()}/v1/audio-analysis/${id}`,
    duration_ms: found.track.durationMs,
    time_signature: timeSignature,
  };
}
