import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { unescapeHtml } from '#shared/domain/sync/replica-marker.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import { spotifyArtistId, spotifyTrackId } from '#shared/ids.ts';
import { parseResponse } from '../http.ts';
import type { AccountAccess } from '../ports.ts';
import type { PlaylistContents, PlaylistEntry } from '../playlist-ports.ts';
import type { GatewayCall, SpotifyGateway } from './gateway.ts';
import { spotifyErrorKind } from './spotify-errors.ts';
import { playlistContentsWire, playlistWire } from './wire.ts';

/** Spotify's maximum page size for items. */
const PAGE_SIZE = 50;

interface Asked {
  readonly token: AccountAccess;
  readonly id: SpotifyPlaylistId;
  readonly entriesMax: number;
  readonly signal: AbortSignal;
}

/** Reads a playlist's first entries. Spotify shows entries to the owner only (dev-2026), name and owner to everyone who may see the playlist. */
export async function readPlaylistContents(gateway: SpotifyGateway, { token, id, entriesMax, signal }: Asked): Promise<PlaylistContents> {
  const call = (send: GatewayCall['send']) => gateway.call({ token, bucket: 'playlists', idempotent: true, signal, send });
  try {
    const about = parseResponse('Spotify', playlistWire, await call(({ api }) => api.getPlaylist(id)));
    const known = { name: unescapeHtml(about.name ?? ''), ownerId: about.owner.id };
    const entries: PlaylistEntry[] = [];
    for (let total = 1; entries.length < Math.min(total, entriesMax);) {
      const query = { limit: PAGE_SIZE, offset: entries.length };
      const answer = await call((library) => library.send('get', { path: `/playlists/${id}/items`, query })).catch((error: unknown) => {
        if (spotifyErrorKind(error) === 'EndpointUnavailable') return undefined;
        throw error;
      });
      if (!answer) return { kind: 'hidden', ...known };
      const page = parseResponse('Spotify', playlistContentsWire, answer);
      if (page.items.length === 0) break;
      entries.push(...page.items.map(entryOf));
      total = page.total;
      if (entries.length >= Math.min(total, entriesMax)) return { kind: 'found', ...known, entries: entries.slice(0, entriesMax), total };
    }
    return { kind: 'found', ...known, entries: entries.slice(0, entriesMax), total: entries.length };
  } catch (error) {
    if (spotifyErrorKind(error) === 'NotFound') return { kind: 'gone' };
    throw error;
  }
}

type WireEntry = NonNullable<(typeof playlistContentsWire)['_output']['items'][number]>;

function entryOf(entry: WireEntry | null): PlaylistEntry {
  const { isLocal, media } = entry ?? { isLocal: false, media: null };
  if (isLocal || media?.is_local) return { kind: 'local_file' };
  if (media?.type === 'episode') return { kind: 'episode' };
  const id = spotifyTrackId.safeParse(media?.id);
  if (!media || !id.success) return { kind: 'gone' };
  const artistIds = (media.artists ?? []).flatMap((artist) => {
    const parsed = spotifyArtistId.safeParse(artist?.id);
    return parsed.success ? [parsed.data] : [];
  });
  const isrc = media.external_ids?.isrc == null ? null : normalizeIsrc(media.external_ids.isrc);
  return {
    kind: 'track',
    id: id.data,
    isrc,
    durationMs: media.duration_ms,
    artistIds,
    artistNames: (media.artists ?? []).flatMap((artist) => (artist?.name ? [artist.name] : [])),
    releaseDate: media.album?.release_date ?? null,
  };
}
