import { json, spotifyError } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';
import type { ApiRequest } from '../api-request.ts';
import { requireOwnPlaylist, findPlaylistOr404 } from './playlist-endpoints.ts';
import { coverImages } from './playlist-wire.ts';
import type { Route } from '../routes.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

/** Maximum length of the base64 text, not of the image. */
const COVER_MAX_BYTES = 256 * 1024;

/** Reading and uploading playlist covers. */
export const COVER_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/playlists/:id/images',
    bucket: 'playlists',
    handle: (sandbox, request) => json(200, coverImages(sandbox, findPlaylistOr404(sandbox, request))),
  },
  { method: 'PUT', pattern: '/playlists/:id/images', bucket: 'images', handle: upload },
];

function upload(sandbox: SandboxContext, request: ApiRequest): HttpResponse {
  // A 401, unlike any other missing scope.
  if (!request.token.scopes.includes('ugc-image-upload')) throw spotifyError(401, 'Unauthorized.');
  const playlist = requireOwnPlaylist(sandbox, request);
  if (!request.contentType.startsWith('image/jpeg')) throw spotifyError(400, 'Bad request');
  if (request.body.length > COVER_MAX_BYTES) throw spotifyError(413, 'Payload too large');
  const jpegBase64 = request.body.toString('latin1');
  // Every JPEG begins with FF D8 FF, which is "/9j/" in base64. A data: prefix or a line break is rejected.
  if (!jpegBase64.startsWith('/9j/') || !/^[A-Za-z0-9+/]+={0,2}$/.test(jpegBase64)) throw spotifyError(400, 'Bad request');
  const now = sandbox.now();
  const shown = playlist.covers.findLast(({ visibleAt }) => visibleAt <= now);
  const pending = playlist.covers.filter(({ visibleAt }) => visibleAt > now);
  const version = (playlist.covers.at(-1)?.version ?? 0) + 1;
  playlist.covers = [...(shown ? [shown] : []), ...pending, { visibleAt: now + sandbox.switches.coverDelayMs, jpegBase64, version }];
  sandbox.persist(['playlists', playlist.id]);
  return { status: 202, headers: {} };
}
