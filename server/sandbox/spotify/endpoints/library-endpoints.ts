import { empty, FORBIDDEN, json, spotifyError } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';
import { param, personOf, requireScope, pageBounds } from '../api-request.ts';
import type { ApiRequest } from '../api-request.ts';
import { trackWire } from './catalog-endpoints.ts';
import type { Route } from '../routes.ts';
import type { Person } from '../state/state.ts';
import { fullAlbum, pageOf } from '../wire.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

/** Maximum URIs per request. */
const URIS_MAX = 40;

const SAVED_KINDS = ['track', 'album', 'episode', 'show', 'audiobook', 'user', 'playlist'] as const;
const FOLLOWERS_CLOSED = { 'dev-2026': FORBIDDEN } as const;

/** Saving, following and unfollowing: one endpoint for all kinds since February 2026. Unfollowing one's own playlist deletes it. */
export const LIBRARY_ROUTES: readonly Route[] = [
  { method: 'PUT', pattern: '/me/library', bucket: 'library', handle: (sandbox, request) => change(sandbox, request, save) },
  { method: 'DELETE', pattern: '/me/library', bucket: 'library', handle: (sandbox, request) => change(sandbox, request, unsave) },
  { method: 'GET', pattern: '/me/library/contains', bucket: 'library', handle: contains },
  { method: 'GET', pattern: '/me/tracks', bucket: 'library', handle: (sandbox, request) => listSaved(sandbox, request, 'track') },
  { method: 'GET', pattern: '/me/albums', bucket: 'library', handle: (sandbox, request) => listSaved(sandbox, request, 'album') },
  {
    method: 'PUT',
    pattern: '/playlists/:id/followers',
    bucket: 'playlists',
    closed: FOLLOWERS_CLOSED,
    handle: (sandbox, request) => follow(sandbox, request, save),
  },
  {
    method: 'DELETE',
    pattern: '/playlists/:id/followers',
    bucket: 'playlists',
    closed: FOLLOWERS_CLOSED,
    handle: (sandbox, request) => follow(sandbox, request, unsave),
  },
];

type Change = (sandbox: SandboxContext, person: Person, uri: string) => void;

function change(sandbox: SandboxContext, request: ApiRequest, apply: Change): HttpResponse {
  const person = personOf(request);
  const uris = urisOf(request, SAVED_KINDS);
  for (const uri of uris) requireScope(request, ...scopesFor(uri));
  for (const uri of uris) apply(sandbox, person, uri);
  sandbox.persist(['people', person.id], ['shelves', person.id]);
  return empty(200);
}

function follow(sandbox: SandboxContext, request: ApiRequest, apply: Change): HttpResponse {
  requireScope(request, 'playlist-modify-public', 'playlist-modify-private');
  const person = personOf(request);
  apply(sandbox, person, `spotify:playlist:${param(request, 'id')}`);
  sandbox.persist(['people', person.id], ['shelves', person.id]);
  return empty(200);
}

function scopesFor(uri: string): string[] {
  if (uri.startsWith('spotify:playlist:')) return ['playlist-modify-public', 'playlist-modify-private'];
  return uri.startsWith('spotify:user:') ? ['user-follow-modify'] : ['user-library-modify'];
}

function urisOf(request: ApiRequest, kinds: readonly string[]): string[] {
  const uris = (request.query.get('uris') ?? '').split(',').filter((uri) => uri !== '');
  if (uris.length === 0) throw spotifyError(400, 'No uris provided');
  if (uris.length > URIS_MAX) throw spotifyError(400, `Too many uris provided. Maximum: ${URIS_MAX}`);
  for (const uri of uris) {
    const [scheme, kind = '', id = ''] = uri.split(':');
    if (scheme !== 'spotify' || id === '') throw spotifyError(400, `Invalid uri: ${uri}`);
    if (!kinds.includes(kind)) throw spotifyError(400, `Unsupported uri type: ${kind}`);
  }
  return uris;
}

function save(sandbox: SandboxContext, person: Person, uri: string): void {
  if (person.library.some((saved) => saved.uri === uri)) return;
  person.library.unshift({ uri, addedAt: new Date(sandbox.now()).toISOString() });
  const id = playlistIdOf(uri);
  const playlistIds = sandbox.state.shelves.get(person.id) ?? [];
  if (id === undefined || playlistIds.includes(id) || !sandbox.state.playlists.has(id)) return;
  playlistIds.unshift(id);
  sandbox.state.shelves.set(person.id, playlistIds);
}

function unsave(sandbox: SandboxContext, person: Person, uri: string): void {
  person.library = person.library.filter((saved) => saved.uri !== uri);
  const id = playlistIdOf(uri);
  const playlistIds = sandbox.state.shelves.get(person.id);
  if (id !== undefined && playlistIds)
    sandbox.state.shelves.set(
      person.id,
      playlistIds.filter((one) => one !== id),
    );
}

const playlistIdOf = (uri: string) => (uri.startsWith('spotify:playlist:') ? uri.slice('spotify:playlist:'.length) : undefined);

function contains(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  const person = personOf(request);
  const playlistIds = sandbox.state.shelves.get(person.id) ?? [];
  const saved = new Set(person.library.map(({ uri }) => uri));
  return json(
    200,
    urisOf(request, [...SAVED_KINDS, 'artist']).map((uri) => saved.has(uri) || playlistIds.includes(playlistIdOf(uri) ?? '')),
  );
}

function listSaved(sandbox: SandboxContext, request: ApiRequest, kind: 'track' | 'album'): HttpResponse {
  requireScope(request, 'user-library-read');
  const { offset, limit } = pageBounds(request, { usual: 20, max: 50 });
  const saved = personOf(request).library.filter(({ uri }) => uri.startsWith(`spotify:${kind}:`));
  const items = saved.slice(offset, offset + limit).map(({ uri, addedAt }) => {
    const id = uri.split(':')[2] ?? '';
    const album = kind === 'album' ? sandbox.catalog.album(id) : undefined;
    return { added_at: addedAt, [kind]: kind === 'track' ? (trackWire(sandbox, id) ?? null) : album ? fullAlbum(sandbox, album) : null };
  });
  return json(200, pageOf(`${sandbox.origin()}/v1/me/${kind}s`, items, { offset, limit, total: saved.length }));
}
