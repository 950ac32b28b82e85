import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import { parseResponse } from '../http.ts';
import type { AccountAccess } from '../ports.ts';
import type { PlaylistImage } from '../playlist-ports.ts';
import type { SpotifyGateway } from './gateway.ts';
import { imagesWire } from './wire.ts';

/** The longest picture that Spotify takes, as base64 text. */
const COVER_BASE64_MAX = 256 * 1024;

interface Asked {
  readonly token: AccountAccess;
  readonly id: SpotifyPlaylistId;
  readonly signal: AbortSignal;
}

/** The pictures of a playlist; none for an empty playlist. */
export async function readPlaylistImages(gateway: SpotifyGateway, { token, id, signal }: Asked): Promise<readonly PlaylistImage[]> {
  const answer = await gateway.call({
    token,
    bucket: 'playlists',
    idempotent: true,
    signal,
    send: (library) => library.send('get', { path: `/playlists/${id}/images` }),
  });
  return parseResponse('Spotify', imagesWire, answer) ?? [];
}

/** Uploads a JPEG as bare base64: Spotify refuses a `data:` prefix and a line break. Throws `too_large` before sending, and what Spotify answers. */
export async function uploadPlaylistImage(gateway: SpotifyGateway, { token, id, jpeg, signal }: Asked & { jpeg: Uint8Array }): Promise<void> {
  const base64 = Buffer.from(jpeg).toString('base64');
  if (base64.length > COVER_BASE64_MAX) {
    throw new AppError('too_large', {
      message: `The picture has ${base64.length.toLocaleString('en')} bytes in base64, and Spotify takes at most ${COVER_BASE64_MAX.toLocaleString('en')}.`,
      remedy: 'Save the picture as a smaller JPEG.',
    });
  }
  await gateway.call({ token, bucket: 'playlists', idempotent: true, signal, send: ({ api }) => api.uploadCustomPlaylistCoverImage(id, base64) });
}
