import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import { parseResponse } from '../http.ts';
import type { AccountAccess } from '../ports.ts';
import type { PlaylistImage } from '../playlist-ports.ts';
import type { SpotifyGateway } from './gateway.ts';
import { spotifyErrorKind } from './spotify-errors.ts';
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
  return (parseResponse('Spotify', imagesWire, answer) ?? []).map((image) => ({ ...image, key: keyOf(image.url), origin: originOf(image) }));
}

/** The path without the query, which only authorizes. */
function keyOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url.slice(0, 200);
}

/** Uploaded pictures have no sizes; album covers and their mosaics have. The names of Spotify's files tell it, too. */
function originOf({ url, width }: { url: string; width: number | null }): PlaylistImage['origin'] {
  const { hostname, pathname } = URL.canParse(url) ? new URL(url) : { hostname: '', pathname: '' };
  if (hostname.startsWith('mosaic.') || pathname.includes('/ab67616d')) return 'mosaic';
  return pathname.includes('/ab67706c') || width === null ? 'uploaded' : 'mosaic';
}

/** Hosts of Spotify's pictures. */
const IMAGE_HOSTS = /(?:^|\.)(?:scdn\.co|spotifycdn\.com)$/;
const IMAGE_BYTES_MAX = 4_000_000;

/** Downloads a picture without a token. Only from Spotify's own hosts, or from where the Web API is; redirects are refused. */
export async function downloadPlaylistImage(apiOrigin: string, { url }: PlaylistImage, signal: AbortSignal): Promise<Uint8Array> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isOurs = parsed && (parsed.origin === new URL(apiOrigin).origin || (parsed.protocol === 'https:' && IMAGE_HOSTS.test(parsed.hostname)));
  if (!parsed || !isOurs) throw new AppError('provider_rejected', { message: 'Spotify named a picture that is not on its own servers.' });
  const answer = await fetch(parsed, { redirect: 'error', signal }).catch((cause: unknown) => {
    throw new AppError('provider_unavailable', { message: 'Spotify’s picture could not be downloaded.', remedy: 'Try again later.', cause });
  });
  if (!answer.ok || !answer.body)
    throw new AppError('provider_rejected', { message: 'Spotify no longer has this picture.', context: { status: answer.status } });
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body) {
    bytes += part.length;
    if (bytes > IMAGE_BYTES_MAX) throw new AppError('provider_rejected', { message: 'Spotify’s picture is too large.' });
    parts.push(part);
  }
  return Buffer.concat(parts);
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
  const upload = { token, bucket: 'playlists', idempotent: true, signal } as const;
  await gateway.call({ ...upload, send: ({ api }) => api.uploadCustomPlaylistCoverImage(id, base64) }).catch(nameScope);
}

/** A missing permission for pictures says nothing about the other permissions, so its error names the scope. */
function nameScope(error: unknown): never {
  if (spotifyErrorKind(error) !== 'InsufficientScope' || !(error instanceof AppError)) throw error;
  throw new AppError('forbidden', {
    message: 'The account has not allowed Segue to upload pictures.',
    remedy: 'Authorize the account again and allow image uploads.',
    context: { ...error.context, scope: 'ugc-image-upload' },
    cause: error,
  });
}
