import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import { spotifyPlaylistId } from '#shared/ids.ts';
import type { z } from 'zod';
import { parseResponse } from '../http.ts';
import type { RawResponse } from '../http.ts';
import type { AccountAccess, PlaylistHost, RemotePlaylist } from '../ports.ts';
import { unescapeHtml } from '#shared/domain/sync/replica-marker.ts';
import type { GatewayCall, SpotifyGateway } from './gateway.ts';
import { readAllPages } from './pages.ts';
import { readPlaylistContents } from './playlist-contents.ts';
import { downloadPlaylistImage, readPlaylistImages, uploadPlaylistImage } from './playlist-images.ts';
import { spotifyErrorKind } from './spotify-errors.ts';
import { createdPlaylistWire, playlistListWire, playlistPageWire, playlistWire, snapshotWire } from './wire.ts';

/** Spotify's maximum page size for playlists and items. */
const PAGE_SIZE = 50;

/** Accesses an account's playlists through `/me/playlists` and `/playlists/{id}/items`, which all profiles have. */
export function createPlaylistHost(gateway: SpotifyGateway, apiOrigin: string): PlaylistHost {
  const call = (token: AccountAccess, request: Pick<GatewayCall, 'idempotent' | 'send' | 'signal'>) =>
    gateway.call({ token, bucket: 'playlists', ...request });
  const write = async (token: AccountAccess, request: Pick<GatewayCall, 'idempotent' | 'send' | 'signal'>) => {
    const { snapshot_id: snapshotId } = parseConfirmation(snapshotWire, await call(token, request));
    return { snapshotId };
  };
  return {
    listOwnPlaylists: async (token, ownerId, signal) => {
      const all = await readAllPages(async (offset) => {
        const answer = await call(token, { idempotent: true, signal, send: ({ api }) => api.getUserPlaylists({ limit: PAGE_SIZE, offset }) });
        return parseResponse('Spotify', playlistListWire, answer);
      });
      // A playlist created while reading shifts others onto the next page, where they appear a second time.
      const seen = new Set<string>();
      return all.flatMap((playlist) => {
        const id = spotifyPlaylistId.safeParse(playlist?.id);
        if (!playlist || !id.success || playlist.owner.id !== ownerId || seen.has(id.data)) return [];
        seen.add(id.data);
        return [
          { id: id.data, name: playlist.name ?? '', description: playlist.description === null ? null : unescapeHtml(playlist.description), ownerId },
        ];
      });
    },
    readPlaylist: (token, id, signal) => readPlaylist(gateway, { token, id, signal }),
    readContents: (token, id, options) => readPlaylistContents(gateway, { token, id, ...options }),
    readImages: (token, id, signal) => readPlaylistImages(gateway, { token, id, signal }),
    downloadImage: (image, signal) => downloadPlaylistImage(apiOrigin, image, signal),
    uploadImage: (...[token, id, jpeg, signal]) => uploadPlaylistImage(gateway, { token, id, jpeg, signal }),
    createPlaylist: async (token, { name, description, isPublic }, signal) => {
      const options = { description, collaborative: false, public: isPublic ?? true };
      const answer = await call(token, { idempotent: false, signal, send: ({ api }) => api.createPlaylist(name, options) });
      return spotifyPlaylistId.parse(parseConfirmation(createdPlaylistWire, answer).id);
    },
    changeDetails: async (...[token, id, { name, description, isPublic }, signal]) => {
      const details = {
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(isPublic == null ? {} : { public: isPublic }),
      };
      await call(token, { idempotent: true, signal, send: ({ api }) => api.changePlaylistDetails(id, details) });
    },
    replaceItems: (...[token, id, uris, signal]) =>
      write(token, {
        idempotent: true,
        signal,
        send: (library) => library.send('put', { path: `/playlists/${id}/items`, json: { uris: [...uris] } }),
      }),
    addItems: (...[token, id, { uris, position }, signal]) =>
      write(token, {
        idempotent: false,
        signal,
        send: (library) => library.send('post', { path: `/playlists/${id}/items`, json: { uris: [...uris], position } }),
      }),
    unfollowPlaylist: async (token, id, signal) => {
      // The common library endpoint since February 2026; `/playlists/{id}/followers` is closed to new apps.
      const query = { uris: `spotify:playlist:${id}` };
      await call(token, { idempotent: true, signal, send: (library) => library.send('del', { path: '/me/library', query }) });
    },
  };
}

async function readPlaylist(
  gateway: SpotifyGateway,
  { token, id, signal }: { token: AccountAccess; id: SpotifyPlaylistId; signal: AbortSignal },
): Promise<RemotePlaylist | undefined> {
  const shared = { token, bucket: 'playlists', idempotent: true, signal } as const;
  const answer = await gateway.call({ ...shared, send: ({ api }) => api.getPlaylist(id) }).catch((error: unknown) => {
    if (spotifyErrorKind(error) === 'NotFound') return undefined;
    throw error;
  });
  if (!answer) return undefined;
  const { name, description, public: isPublic, owner, snapshot_id: snapshotId, ...rest } = parseResponse('Spotify', playlistWire, answer);
  const embedded = rest.items ?? rest.tracks;
  const entries = await readAllPages(async (offset) => {
    const send: GatewayCall['send'] = (library) => library.send('get', { path: `/playlists/${id}/items`, query: { limit: PAGE_SIZE, offset } });
    return parseResponse('Spotify', playlistPageWire, await gateway.call({ ...shared, send }));
  }, embedded);
  const face = { name: name ?? '', description: unescapeHtml(description ?? ''), isPublic };
  return { id, details: face, ownerId: owner.id, snapshotId, uris: entries.map((entry) => entry?.uri ?? null) };
}

/** Parses the confirmation of a successful write. An unreadable one makes the outcome ambiguous. */
function parseConfirmation<S extends z.ZodType>(schema: S, answer: RawResponse): z.output<S> {
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new AppError('provider_unavailable', {
    message: 'Spotify accepted a change, but its confirmation could not be read.',
    remedy: 'Segue reads the playlist again before it sends anything else.',
    context: { kind: 'UnknownForm', ambiguous: true, status: answer.status },
    cause: parsed.error,
  });
}
