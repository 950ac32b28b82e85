import { trackWire } from './catalog-endpoints.ts';
import { snapshotId } from '../state/playlist-store.ts';
import type { PlaylistItem, StoredPlaylist } from '../state/state.ts';
import { pageOf, userRef } from '../wire.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

type Wire = Record<string, unknown>;

/** Length of the item page embedded in a playlist object. */
export const PLAYLIST_ITEMS_EMBEDDED = 100;

/** Profiles that still return the deprecated field names beside the new ones. */
const hasOldNames = (sandbox: SandboxContext) => sandbox.profile !== 'dev-2026';

function commonFields(sandbox: SandboxContext, playlist: StoredPlaylist): Wire {
  const owner = { ...userRef(sandbox, playlist.ownerId), display_name: sandbox.state.people.get(playlist.ownerId)?.displayName ?? null };
  return {
    collaborative: playlist.collaborative,
    description: playlist.description,
    external_urls: { spotify: `https://open.spotify.com/playlist/${playlist.id}` },
    href: `${sandbox.origin()}/v1/playlists/${playlist.id}`,
    id: playlist.id,
    images: coverImages(sandbox, playlist),
    name: playlist.name,
    owner,
    primary_color: null,
    public: playlist.public,
    snapshot_id: snapshotId(playlist),
    type: 'playlist',
    uri: `spotify:playlist:${playlist.id}`,
  };
}

/** A playlist as in lists, with the number of items only. */
export function simplePlaylist(sandbox: SandboxContext, playlist: StoredPlaylist): Wire {
  const items = { href: `${sandbox.origin()}/v1/playlists/${playlist.id}/items`, total: playlist.items.length };
  return { ...commonFields(sandbox, playlist), items, ...(hasOldNames(sandbox) ? { tracks: items } : {}) };
}

/** A playlist with its first page of items, or without items for users who may not read them. */
export function fullPlaylist(sandbox: SandboxContext, playlist: StoredPlaylist, mayReadItems: boolean): Wire {
  const followers = { href: null, total: 0 };
  if (!mayReadItems) return { ...commonFields(sandbox, playlist), followers };
  const items = itemPage(sandbox, playlist, { offset: 0, limit: PLAYLIST_ITEMS_EMBEDDED, path: 'items' });
  return { ...commonFields(sandbox, playlist), followers, items, ...(hasOldNames(sandbox) ? { tracks: items } : {}) };
}

/** One page of entries. */
export function itemPage(
  sandbox: SandboxContext,
  playlist: StoredPlaylist,
  window: { offset: number; limit: number; path: 'items' | 'tracks' },
): Wire {
  const { offset, limit, path } = window;
  const items = playlist.items.slice(offset, offset + limit).map((item) => entryWire(sandbox, item));
  return pageOf(`${sandbox.origin()}/v1/playlists/${playlist.id}/${path}`, items, { offset, limit, total: playlist.items.length });
}

function entryWire(sandbox: SandboxContext, item: PlaylistItem): Wire {
  const [, kind = '', id = ''] = item.uri?.split(':') ?? [];
  const isLocal = kind === 'local';
  const fields = isLocal ? localTrack(item.uri ?? '') : kind === 'episode' ? podcastEpisode(id) : trackWire(sandbox, id);
  const track = fields ? { ...fields, episode: kind === 'episode', track: kind !== 'episode' } : null;
  const entry = {
    added_at: item.addedAt,
    added_by: userRef(sandbox, item.addedBy),
    is_local: isLocal,
    primary_color: null,
    video_thumbnail: { url: null },
  };
  return hasOldNames(sandbox) ? { ...entry, track, item: track } : { ...entry, item: track };
}

/** A local file from `spotify:local:Artist:Album:Title:Seconds`: no id, no links, empty names where the file has none. */
function localTrack(uri: string): Wire {
  const [, , artist = '', album = '', title = '', seconds = '0'] = uri.split(':').map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
  const withoutId = { external_urls: {}, href: null, id: null, uri: null };
  return {
    album: {
      ...withoutId,
      album_type: null,
      artists: [],
      available_markets: [],
      images: [],
      name: album,
      release_date: null,
      release_date_precision: null,
      type: 'album',
    },
    artists: [{ ...withoutId, name: artist, type: 'artist' }],
    disc_number: 0,
    duration_ms: Number(seconds) * 1000,
    explicit: false,
    external_ids: {},
    external_urls: {},
    href: null,
    id: null,
    is_local: true,
    name: title,
    track_number: 0,
    type: 'track',
    uri,
  };
}

/** An episode of a podcast: an entry without artists, album and ISRC. */
function podcastEpisode(id: string): Wire {
  const link = (kind: string) => ({
    external_urls: { spotify: `https://open.spotify.com/${kind}/${id}` },
    id,
    type: kind,
    uri: `spotify:${kind}:${id}`,
  });
  return {
    ...link('episode'),
    audio_preview_url: null,
    description: '',
    duration_ms: 1_800_000,
    explicit: false,
    is_externally_hosted: false,
    is_local: false,
    is_playable: true,
    language: 'en',
    name: 'An episode',
    release_date: '2026-01-01',
    release_date_precision: 'day',
    show: { ...link('show'), name: 'A podcast', publisher: 'Somebody' },
  };
}

/** The uploaded cover once it is visible, else a mosaic; none for an empty playlist. */
export function coverImages(sandbox: SandboxContext, playlist: StoredPlaylist): Wire[] {
  const url = visibleCoverUrl(sandbox, playlist);
  if (url !== null) return [{ url, height: null, width: null }];
  if (playlist.items.length === 0) return [];
  return [{ url: `${sandbox.origin()}/_images/mosaic/${playlist.id}/640`, height: 640, width: 640 }];
}

/** Address of the uploaded cover that is visible; null while there is none. */
export function visibleCoverUrl(sandbox: SandboxContext, playlist: StoredPlaylist): string | null {
  const shown = playlist.covers.findLast(({ visibleAt }) => visibleAt <= sandbox.now());
  return shown ? `${sandbox.origin()}/_images/cover/${playlist.id}/${shown.version}` : null;
}
