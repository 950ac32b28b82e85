import { json, spotifyError } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';
import { pageBounds } from '../api-request.ts';
import type { ApiRequest } from '../api-request.ts';
import { simplePlaylist } from './playlist-wire.ts';
import type { Route } from '../routes.ts';
import { foldSearchText, parseSearch } from '../search/search-query.ts';
import type { SearchQuery } from '../search/search-query.ts';
import { searchIndexOf } from '../search/search-index.ts';
import { artistWire, marketTrack, pageOf, simpleAlbum } from '../wire.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

const SEARCH_TYPES = ['album', 'artist', 'playlist', 'track', 'show', 'episode', 'audiobook'] as const;
type SearchType = (typeof SEARCH_TYPES)[number];

/** Maximum offset, whatever `total` is. */
const OFFSET_MAX = 1000;

/** `GET /search`. The request handler removes a trailing slash. */
export const SEARCH_ROUTE: Route = { method: 'GET', pattern: '/search', bucket: 'search', handle: search };

function search(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  const q = request.query.get('q') ?? '';
  if (q.trim() === '') throw spotifyError(400, 'No search query');
  const types = (request.query.get('type') ?? '').split(',').map((name) => SEARCH_TYPES.find((one) => one === name));
  if (types.length === 0 || types.includes(undefined)) throw spotifyError(400, 'Bad search type field');
  const bounds = pageBounds(request, sandbox.profile === 'dev-2026' ? { usual: 5, max: 10, min: 0 } : { usual: 20, max: 50, min: 0 });
  if (bounds.offset > OFFSET_MAX) throw spotifyError(400, 'Invalid offset');
  const query = parseSearch(q);
  const requested = types.filter((type) => type !== undefined);
  return json(200, Object.fromEntries(requested.map((type) => [`${type}s`, results(sandbox, { type, query, q }, bounds)])));
}

function results(
  sandbox: SandboxContext,
  { type, query, q }: { type: SearchType; query: SearchQuery; q: string },
  { offset, limit }: { offset: number; limit: number },
) {
  const found = idsOf(sandbox, type, query);
  const items = found.slice(offset, offset + limit).flatMap((id) => wireOf(sandbox, type, id) ?? []);
  const href = `${sandbox.origin()}/v1/search?query=${encodeURIComponent(q)}&type=${type}`;
  return pageOf(href, items, { offset, limit: Math.max(1, limit), total: found.length });
}

function idsOf(sandbox: SandboxContext, type: SearchType, query: SearchQuery): string[] {
  const index = searchIndexOf(sandbox.catalog);
  if (type === 'track') return index.tracks(query);
  if (type === 'album') return index.albums(query);
  if (type === 'artist') return index.artists(query);
  if (type !== 'playlist') return [];
  const publicPlaylists = [...sandbox.state.playlists.values()].filter((playlist) => playlist.public);
  return publicPlaylists.filter(({ name }) => query.words.every((word) => foldSearchText(name).includes(word))).map(({ id }) => id);
}

function wireOf(sandbox: SandboxContext, type: SearchType, id: string): Record<string, unknown> | undefined {
  if (type === 'track') {
    const found = sandbox.catalog.track(id);
    return found && sandbox.albumConditions.get(found.album.id) !== 'gone' ? marketTrack(sandbox, found.track, found.album) : undefined;
  }
  if (type === 'album') {
    const album = sandbox.albumConditions.get(id) === 'gone' ? undefined : sandbox.catalog.album(id);
    return album && simpleAlbum(sandbox, album);
  }
  if (type === 'artist') {
    const artist = sandbox.catalog.artist(id);
    return artist && artistWire(sandbox, artist);
  }
  const playlist = sandbox.state.playlists.get(id);
  return playlist && simplePlaylist(sandbox, playlist);
}
