import { FORBIDDEN, json, NOT_FOUND, spotifyError } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';
import { param, personOf, requireScope, pageBounds } from '../api-request.ts';
import type { ApiRequest } from '../api-request.ts';
import { mix } from '#server/sandbox/catalog/seeded-random.ts';
import type { TrackOnAlbum } from '#server/sandbox/catalog/catalog.ts';
import { textHash } from '#server/sandbox/text-hash.ts';
import type { Route } from '../routes.ts';
import { artistWire, fullTrack, marketTrack, meWire, page, userRef } from '../wire.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

/** Maximum length of a top list. */
const TOP_LENGTH = 99;
/** Number of plays in the recently played list. */
const PLAYS_MAX = 50;
/** Every sandbox user listens all day, one track per interval. */
const PLAY_EVERY_MS = 270_000;

const TIME_RANGES = ['short_term', 'medium_term', 'long_term'] as const;

/** Profile and listening data of the signed-in user. Generated, but deterministic for a user and a time. */
export const LISTENER_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/me', bucket: 'me', handle: (sandbox, request) => json(200, meWire(sandbox, personOf(request))) },
  { method: 'GET', pattern: '/users/:id', bucket: 'me', closed: { 'dev-2026': FORBIDDEN }, handle: readUser },
  { method: 'GET', pattern: '/me/top/:type', bucket: 'me', handle: top },
  { method: 'GET', pattern: '/me/player/recently-played', bucket: 'me', handle: recentlyPlayed },
];

function readUser(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  const person = sandbox.state.people.get(param(request, 'id'));
  if (!person) throw spotifyError(404, 'Resource not found');
  return json(200, { ...userRef(sandbox, person.id), display_name: person.displayName, images: [], followers: { href: null, total: 3 } });
}

function top(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  requireScope(request, 'user-top-read');
  const person = personOf(request);
  const type = param(request, 'type');
  if (type !== 'artists' && type !== 'tracks') return NOT_FOUND;
  const range = TIME_RANGES.find((one) => one === (request.query.get('time_range') ?? 'medium_term'));
  if (!range) throw spotifyError(400, 'Invalid time range');
  const bounds = pageBounds(request, { usual: 20, max: 50 });
  const tasteSeed = textHash(`${person.id}:${range}`);
  const favorites = Array.from({ length: TOP_LENGTH }, (_, i) => favorite(sandbox, tasteSeed, i)).filter((one) => one !== undefined);
  const href = `${sandbox.origin()}/v1/me/top/${type}?time_range=${range}`;
  if (type === 'tracks')
    return json(
      200,
      page(
        href,
        uniqueBy(favorites, ({ track }) => track.id).map(({ track, album }) => marketTrack(sandbox, track, album)),
        bounds,
      ),
    );
  const artists = uniqueBy(favorites, ({ album }) => album.artists[0]?.id ?? '').flatMap(
    ({ album }) => sandbox.catalog.artist(album.artists[0]?.id ?? '') ?? [],
  );
  return json(
    200,
    page(
      href,
      artists.map((artist) => artistWire(sandbox, artist)),
      bounds,
    ),
  );
}

/** A track from the user's preferred sixth of the catalog. */
function favorite(sandbox: SandboxContext, tasteSeed: number, i: number): TrackOnAlbum | undefined {
  const { albumCount } = sandbox.catalog;
  const start = mix(tasteSeed, 1) % albumCount;
  const id = sandbox.catalog.albumIdAt((start + (mix(tasteSeed, 2, i) % Math.max(1, Math.floor(albumCount / 6)))) % albumCount);
  const album = id === undefined ? undefined : sandbox.catalog.album(id);
  const track = album?.tracks[mix(tasteSeed, 3, i) % album.tracks.length];
  return album && track && { track, album };
}

function uniqueBy<T>(list: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [keyOf(one), one])).values()];
}

function recentlyPlayed(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  requireScope(request, 'user-read-recently-played');
  const person = personOf(request);
  const after = request.query.get('after');
  const before = request.query.get('before');
  if (after !== null && before !== null) throw spotifyError(400, 'Only one of before and after can be set');
  const { limit } = pageBounds(request, { usual: 20, max: 50 });
  const latest = Math.floor(sandbox.now() / PLAY_EVERY_MS);
  const plays = Array.from({ length: PLAYS_MAX }, (_, i) => (latest - i) * PLAY_EVERY_MS).filter(
    (at) => (after === null || at > Number(after)) && (before === null || at < Number(before)),
  );
  // With `after`, the plays that follow it; otherwise the latest.
  const chosen = after === null ? plays.slice(0, limit) : plays.slice(-limit);
  const tasteSeed = textHash(person.id);
  const items = chosen.flatMap((at) => {
    const found = favorite(sandbox, tasteSeed, Math.floor(at / PLAY_EVERY_MS));
    return found
      ? [{ track: fullTrack(sandbox, found.track, found.album), played_at: new Date(at).toISOString(), context: contextOf(sandbox, found.album.id) }]
      : [];
  });
  const href = `${sandbox.origin()}/v1/me/player/recently-played`;
  const oldest = chosen.at(-1);
  // Like Spotify, a next page is offered whenever there were plays, even if it will be empty.
  const cursors = oldest === undefined ? null : { after: String(chosen[0]), before: String(oldest) };
  return json(200, {
    items,
    next: oldest === undefined ? null : `${href}?before=${oldest}&limit=${limit}`,
    cursors,
    limit,
    href: `${href}?limit=${limit}`,
  });
}

function contextOf(sandbox: SandboxContext, albumId: string): unknown {
  return {
    type: 'album',
    external_urls: { spotify: `https://open.spotify.com/album/${albumId}` },
    href: `${sandbox.origin()}/v1/albums/${albumId}`,
    uri: `spotify:album:${albumId}`,
  };
}
