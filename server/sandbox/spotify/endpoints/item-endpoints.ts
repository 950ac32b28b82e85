import { FORBIDDEN, json, spotifyError } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';
import { jsonBody, personOf } from '../api-request.ts';
import type { ApiRequest } from '../api-request.ts';
import { requireOwnPlaylist } from './playlist-endpoints.ts';
import { changePlaylist, newItems, ITEMS_PER_PLAYLIST_MAX, snapshotId } from '../state/playlist-store.ts';
import type { Route } from '../routes.ts';
import type { PlaylistItem, StoredPlaylist } from '../state/state.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

/** Maximum items that one request may add, replace or remove. */
const ITEMS_PER_REQUEST_MAX = 100;
/** Number of previous revisions whose snapshot ids are still accepted. */
const REVISIONS_KNOWN = 200;

/** Writes to a playlist's items, under the path `items` and, in profiles that still have it, `tracks`. */
export const ITEM_ROUTES: readonly Route[] = (['items', 'tracks'] as const).flatMap((name): Route[] => {
  const shared: Pick<Route, 'pattern' | 'bucket' | 'closed'> = {
    pattern: `/playlists/:id/${name}`,
    bucket: 'playlists',
    closed: name === 'tracks' ? { 'dev-2026': FORBIDDEN } : {},
  };
  return [
    { ...shared, method: 'POST', handle: add },
    { ...shared, method: 'PUT', handle: replaceOrReorder },
    { ...shared, method: 'DELETE', handle: (sandbox, request) => remove(sandbox, request, name) },
  ];
});

function add(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  const playlist = requireOwnPlaylist(sandbox, request);
  const body = jsonBody(request);
  const uris = checkedUris(sandbox, queryUris(request) ?? optionalArray(body['uris']) ?? []);
  if (uris.length === 0) throw spotifyError(400, 'No uris provided');
  const position = wholeNumber(request.query.get('position') ?? body['position']) ?? playlist.items.length;
  if (position < 0 || position > playlist.items.length) throw spotifyError(400, 'Index out of bounds');
  if (playlist.items.length + uris.length > ITEMS_PER_PLAYLIST_MAX) throw spotifyError(400, 'Playlist size limit reached');
  const added = newItems(sandbox, personOf(request), uris);
  return json(
    201,
    applyChange(sandbox, playlist, (items) => items.toSpliced(position, 0, ...added)),
  );
}

function replaceOrReorder(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  const playlist = requireOwnPlaylist(sandbox, request);
  const body = jsonBody(request);
  const uris = queryUris(request) ?? optionalArray(body['uris']);
  const isReorder = body['range_start'] !== undefined || body['insert_before'] !== undefined;
  if (uris && isReorder) throw spotifyError(400, 'Replace and reorder cannot be combined');
  if (isReorder) return reorder(sandbox, playlist, body);
  if (!uris) throw spotifyError(400, 'No uris provided');
  const items = newItems(sandbox, personOf(request), checkedUris(sandbox, uris));
  return json(
    200,
    applyChange(sandbox, playlist, () => items),
  );
}

function reorder(sandbox: SandboxContext, playlist: StoredPlaylist, body: Record<string, unknown>): HttpResponse {
  checkSnapshot(playlist, body['snapshot_id']);
  const start = wholeNumber(body['range_start']);
  const before = wholeNumber(body['insert_before']);
  const length = wholeNumber(body['range_length']) ?? 1;
  const size = playlist.items.length;
  if (start === undefined || before === undefined) throw spotifyError(400, 'Missing required field: range_start, insert_before');
  if (start < 0 || length < 1 || start + length > size || before < 0 || before > size) throw spotifyError(400, 'Index out of bounds');
  return json(
    200,
    applyChange(sandbox, playlist, (items) => {
      const moving = items.slice(start, start + length);
      const target = before > start ? Math.max(start, before - length) : before;
      return items.toSpliced(start, length).toSpliced(target, 0, ...moving);
    }),
  );
}

function remove(sandbox: SandboxContext, request: ApiRequest, name: 'items' | 'tracks'): HttpResponse {
  const playlist = requireOwnPlaylist(sandbox, request);
  const body = jsonBody(request);
  const entriesToRemove = body[name];
  if (!Array.isArray(entriesToRemove) || entriesToRemove.length === 0) throw spotifyError(400, 'No uris provided');
  if (entriesToRemove.length > ITEMS_PER_REQUEST_MAX)
    throw spotifyError(400, `You can remove a maximum of ${ITEMS_PER_REQUEST_MAX} tracks per request.`);
  checkSnapshot(playlist, body['snapshot_id']);
  const removedUris = new Set(entriesToRemove.map((entry: unknown) => uriOf(entry)));
  return json(
    200,
    applyChange(sandbox, playlist, (items) => items.filter(({ uri }) => uri === null || !removedUris.has(uri))),
  );
}

function uriOf(entry: unknown): string {
  const uri: unknown = typeof entry === 'object' && entry !== null && 'uri' in entry ? entry.uri : undefined;
  if (typeof uri !== 'string' || !ITEM_URI.test(uri)) throw spotifyError(400, 'Invalid base62 id');
  return uri;
}

function applyChange(sandbox: SandboxContext, playlist: StoredPlaylist, next: (items: PlaylistItem[]) => PlaylistItem[]): { snapshot_id: string } {
  const snapshot = changePlaylist(sandbox, playlist, (one) => {
    one.items = next(one.items);
  });
  return { snapshot_id: snapshot };
}

function checkSnapshot(playlist: StoredPlaylist, requested: unknown): void {
  if (requested === undefined || requested === null) return;
  for (let revision = playlist.revision; revision > Math.max(0, playlist.revision - REVISIONS_KNOWN); revision--) {
    if (snapshotId(playlist, revision) === requested) return;
  }
  throw spotifyError(400, 'Invalid snapshot id');
}

const ITEM_URI = /^spotify:(track|episode):[0-9A-Za-z]{22}$/;

function queryUris(request: ApiRequest): string[] | undefined {
  const uris = request.query.get('uris');
  return uris === null ? undefined : uris.split(',').filter((uri) => uri !== '');
}

function optionalArray(value: unknown): unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw spotifyError(400, 'Invalid uris');
  return value;
}

function checkedUris(sandbox: SandboxContext, uris: readonly unknown[]): string[] {
  if (uris.length > ITEMS_PER_REQUEST_MAX) throw spotifyError(400, `You can add a maximum of ${ITEMS_PER_REQUEST_MAX} tracks per request.`);
  return uris.map((uri) => {
    if (typeof uri !== 'string' || !ITEM_URI.test(uri)) throw spotifyError(400, `Invalid track uri: ${String(uri)}`);
    const [, , id = ''] = uri.split(':');
    if (!sandbox.catalog.hasTrack(id)) throw spotifyError(400, 'Payload contains a non-existing ID');
    return uri;
  });
}

function wholeNumber(value: unknown): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  if (!Number.isInteger(number)) throw spotifyError(400, 'Index out of bounds');
  return number;
}
