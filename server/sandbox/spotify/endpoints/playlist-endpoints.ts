import { empty, FORBIDDEN, json, spotifyError } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';
import { jsonBody, param, personOf, requireScope, pageBounds } from '../api-request.ts';
import type { ApiRequest } from '../api-request.ts';
import { changePlaylist, createPlaylist, libraryPlaylists } from '../state/playlist-store.ts';
import { fullPlaylist, itemPage, simplePlaylist } from './playlist-wire.ts';
import type { Route } from '../routes.ts';
import type { StoredPlaylist } from '../state/state.ts';
import { pageOf } from '../wire.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

const OLD_NAME_CLOSED = { 'dev-2026': FORBIDDEN } as const;

/** Reading, creating and editing playlists. */
export const PLAYLIST_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/me/playlists', bucket: 'playlists', handle: listMine },
  { method: 'POST', pattern: '/me/playlists', bucket: 'playlists', handle: create },
  { method: 'POST', pattern: '/users/:id/playlists', bucket: 'playlists', closed: OLD_NAME_CLOSED, handle: createForUser },
  { method: 'GET', pattern: '/users/:id/playlists', bucket: 'playlists', closed: OLD_NAME_CLOSED, handle: listOfUser },
  { method: 'GET', pattern: '/playlists/:id', bucket: 'playlists', handle: read },
  { method: 'PUT', pattern: '/playlists/:id', bucket: 'playlists', handle: changeDetails },
  { method: 'GET', pattern: '/playlists/:id/items', bucket: 'playlists', handle: (sandbox, request) => readItems(sandbox, request, 'items') },
  {
    method: 'GET',
    pattern: '/playlists/:id/tracks',
    bucket: 'playlists',
    closed: OLD_NAME_CLOSED,
    handle: (sandbox, request) => readItems(sandbox, request, 'tracks'),
  },
];

/** The playlist of the path; 404 when it does not exist or is another user's private playlist. */
export function findPlaylistOr404(sandbox: SandboxContext, request: ApiRequest): StoredPlaylist {
  const playlist = sandbox.state.playlists.get(param(request, 'id'));
  if (!playlist || (!playlist.public && playlist.ownerId !== request.person?.id && !isFollowed(request, playlist)))
    throw spotifyError(404, 'Resource not found');
  return playlist;
}

/** The playlist of the path if the user owns it and granted the scope; 403 otherwise. */
export function requireOwnPlaylist(sandbox: SandboxContext, request: ApiRequest): StoredPlaylist {
  const playlist = findPlaylistOr404(sandbox, request);
  requireScope(request, playlist.public ? 'playlist-modify-public' : 'playlist-modify-private');
  if (playlist.ownerId !== personOf(request).id) throw spotifyError(403, 'You cannot change a playlist you do not own.');
  return playlist;
}

function isFollowed(request: ApiRequest, playlist: StoredPlaylist): boolean {
  return request.person?.library.some(({ uri }) => uri === `spotify:playlist:${playlist.id}`) ?? false;
}

function mayReadItems(sandbox: SandboxContext, request: ApiRequest, playlist: StoredPlaylist): boolean {
  return sandbox.profile !== 'dev-2026' || playlist.ownerId === request.person?.id;
}

function listMine(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  const person = personOf(request);
  const mayReadPrivate = request.token.scopes.includes('playlist-read-private');
  const playlists = libraryPlaylists(sandbox, person).filter((playlist) => playlist.public || mayReadPrivate);
  return listed(sandbox, request, { playlists, path: '/me/playlists' });
}

function listOfUser(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  const person = sandbox.state.people.get(param(request, 'id'));
  if (!person) throw spotifyError(404, 'Resource not found');
  const playlists = libraryPlaylists(sandbox, person).filter((playlist) => playlist.public);
  return listed(sandbox, request, { playlists, path: `/users/${person.id}/playlists` });
}

function listed(
  sandbox: SandboxContext,
  request: ApiRequest,
  { playlists, path }: { playlists: readonly StoredPlaylist[]; path: string },
): HttpResponse {
  const { offset, limit } = pageBounds(request, { usual: 20, max: 50 });
  const items = playlists.slice(offset, offset + limit).map((playlist) => simplePlaylist(sandbox, playlist));
  return json(200, pageOf(`${sandbox.origin()}/v1${path}`, items, { offset, limit, total: playlists.length }));
}

function createForUser(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  if (param(request, 'id') !== personOf(request).id) throw spotifyError(403, 'You cannot create a playlist for another user.');
  return create(sandbox, request);
}

function create(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  const person = personOf(request);
  const body = jsonBody(request);
  const name = body['name'];
  if (typeof name !== 'string' || name === '') throw spotifyError(400, 'Missing required field: name');
  const isPublic = flag(body, 'public') ?? true;
  const collaborative = flag(body, 'collaborative') ?? false;
  if (isPublic && collaborative) throw spotifyError(400, 'Collaborative playlists can only be private.');
  requireScope(request, isPublic ? 'playlist-modify-public' : 'playlist-modify-private');
  const playlist = createPlaylist(sandbox, person, { name, description: descriptionOf(body) ?? '', public: isPublic, collaborative });
  return json(201, fullPlaylist(sandbox, playlist, true));
}

function read(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  const playlist = findPlaylistOr404(sandbox, request);
  return json(200, fullPlaylist(sandbox, playlist, mayReadItems(sandbox, request, playlist)));
}

function readItems(sandbox: SandboxContext, request: ApiRequest, path: 'items' | 'tracks'): HttpResponse {
  const playlist = findPlaylistOr404(sandbox, request);
  if (!mayReadItems(sandbox, request, playlist)) throw spotifyError(403, 'Forbidden');
  const bounds = path === 'items' ? { usual: 20, max: 50 } : { usual: 100, max: 100 };
  return json(200, itemPage(sandbox, playlist, { ...pageBounds(request, bounds), path }));
}

function changeDetails(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  const playlist = requireOwnPlaylist(sandbox, request);
  const body = jsonBody(request);
  const name = body['name'];
  if (name !== undefined && (typeof name !== 'string' || name === '')) throw spotifyError(400, 'Invalid name');
  const isPublic = flag(body, 'public') ?? playlist.public;
  const collaborative = flag(body, 'collaborative') ?? playlist.collaborative;
  if (isPublic && collaborative) throw spotifyError(400, 'Collaborative playlists can only be private.');
  const description = descriptionOf(body) ?? playlist.description;
  changePlaylist(sandbox, playlist, (changed) =>
    Object.assign(changed, { name: name ?? changed.name, description, public: isPublic, collaborative }),
  );
  return empty(200);
}

function flag(body: Record<string, unknown>, name: string): boolean | undefined {
  const value = body[name];
  if (value !== undefined && value !== null && typeof value !== 'boolean') throw spotifyError(400, `Invalid ${name}`);
  return value ?? undefined;
}

/** The description: one line of at most 300 characters; 400 otherwise. */
function descriptionOf(body: Record<string, unknown>): string | undefined {
  const value = body['description'];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value.length > 300 || /[\r\n]/.test(value)) throw spotifyError(400, 'Invalid description');
  return value;
}
