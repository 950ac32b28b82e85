import { FORBIDDEN, json, NOT_FOUND, refusal } from '../answers.ts';
import type { Answer } from '../answers.ts';
import { param, personOf, requireScope, window } from '../api-request.ts';
import type { ApiRequest } from '../api-request.ts';
import { mix } from '#server/sandbox/catalog/seeded-random.ts';
import type { TrackOnAlbum } from '#server/sandbox/catalog/catalog.ts';
import { digestOf } from '#server/sandbox/text-digest.ts';
import type { Route } from '../routes.ts';
import { artistWire, fullTrack, marketTrack, meWire, page, userRef } from '../wire.ts';
import type { World } from '../state/world.ts';

/** A top list is at most this long. */
const TOP_LENGTH = 99;
/** Recently played goes about fifty plays back. */
const PLAYS_KEPT = 50;
/** Everybody in the sandbox listens all day, one track every so many milliseconds. */
const PLAY_EVERY_MS = 270_000;

const TIME_RANGES = ['short_term', 'medium_term', 'long_term'] as const;

/** The signed-in person: who they are and what they listen to. Invented, but always the same for the same person and moment. */
export const LISTENER_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/me', bucket: 'me', handle: (world, request) => json(200, meWire(world, personOf(request))) },
  { method: 'GET', pattern: '/users/:id', bucket: 'me', closed: { 'dev-2026': FORBIDDEN }, handle: readUser },
  { method: 'GET', pattern: '/me/top/:type', bucket: 'me', handle: top },
  { method: 'GET', pattern: '/me/player/recently-played', bucket: 'me', handle: recentlyPlayed },
];

function readUser(world: World, request: ApiRequest): Answer {
  const person = world.state.people.get(param(request, 'id'));
  if (!person) throw refusal(404, 'Resource not found');
  return json(200, { ...userRef(world, person.id), display_name: person.displayName, images: [], followers: { href: null, total: 3 } });
}

function top(world: World, request: ApiRequest): Answer {
  requireScope(request, 'user-top-read');
  const person = personOf(request);
  const type = param(request, 'type');
  if (type !== 'artists' && type !== 'tracks') return NOT_FOUND;
  const range = TIME_RANGES.find((one) => one === (request.query.get('time_range') ?? 'medium_term'));
  if (!range) throw refusal(400, 'Invalid time range');
  const bounds = window(request, { usual: 20, max: 50 });
  const taste = digestOf(`${person.id}:${range}`);
  const favourites = Array.from({ length: TOP_LENGTH }, (_, i) => favourite(world, taste, i)).filter((one) => one !== undefined);
  const href = `${world.origin()}/v1/me/top/${type}?time_range=${range}`;
  if (type === 'tracks')
    return json(
      200,
      page(
        href,
        uniqueBy(favourites, ({ track }) => track.id).map(({ track, album }) => marketTrack(world, track, album)),
        bounds,
      ),
    );
  const artists = uniqueBy(favourites, ({ album }) => album.artists[0]?.id ?? '').flatMap(
    ({ album }) => world.catalogue.artist(album.artists[0]?.id ?? '') ?? [],
  );
  return json(
    200,
    page(
      href,
      artists.map((artist) => artistWire(world, artist)),
      bounds,
    ),
  );
}

/** A track somewhere in the catalogue; people keep to a corner of it. */
function favourite(world: World, taste: number, i: number): TrackOnAlbum | undefined {
  const { albumCount } = world.catalogue;
  const corner = mix(taste, 1) % albumCount;
  const id = world.catalogue.albumIdAt((corner + (mix(taste, 2, i) % Math.max(1, Math.floor(albumCount / 6)))) % albumCount);
  const album = id === undefined ? undefined : world.catalogue.album(id);
  const track = album?.tracks[mix(taste, 3, i) % album.tracks.length];
  return album && track && { track, album };
}

function uniqueBy<T>(list: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [keyOf(one), one])).values()];
}

function recentlyPlayed(world: World, request: ApiRequest): Answer {
  requireScope(request, 'user-read-recently-played');
  const person = personOf(request);
  const after = request.query.get('after');
  const before = request.query.get('before');
  if (after !== null && before !== null) throw refusal(400, 'Only one of before and after can be set');
  const { limit } = window(request, { usual: 20, max: 50 });
  const latest = Math.floor(world.now() / PLAY_EVERY_MS);
  const plays = Array.from({ length: PLAYS_KEPT }, (_, i) => (latest - i) * PLAY_EVERY_MS).filter(
    (at) => (after === null || at > Number(after)) && (before === null || at < Number(before)),
  );
  // After a moment come the plays that followed it; otherwise the newest.
  const chosen = after === null ? plays.slice(0, limit) : plays.slice(-limit);
  const taste = digestOf(person.id);
  const items = chosen.flatMap((at) => {
    const found = favourite(world, taste, Math.floor(at / PLAY_EVERY_MS));
    return found
      ? [{ track: fullTrack(world, found.track, found.album), played_at: new Date(at).toISOString(), context: contextOf(world, found.album.id) }]
      : [];
  });
  const href = `${world.origin()}/v1/me/player/recently-played`;
  const oldest = chosen.at(-1);
  // Spotify offers a next page as long as there were plays, even if that page will be empty.
  const cursors = oldest === undefined ? null : { after: String(chosen[0]), before: String(oldest) };
  return json(200, {
    items,
    next: oldest === undefined ? null : `${href}?before=${oldest}&limit=${limit}`,
    cursors,
    limit,
    href: `${href}?limit=${limit}`,
  });
}

function contextOf(world: World, albumId: string): unknown {
  return {
    type: 'album',
    external_urls: { spotify: `https://open.spotify.com/album/${albumId}` },
    href: `${world.origin()}/v1/albums/${albumId}`,
    uri: `spotify:album:${albumId}`,
  };
}
