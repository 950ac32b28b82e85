import { trackWire } from './catalog-endpoints.ts';
import { snapshotId } from '../state/playlist-shelf.ts';
import type { PlaylistItem, StoredPlaylist } from '../state/state.ts';
import { pageOf, userRef } from '../wire.ts';
import type { World } from '../state/world.ts';

type Wire = Record<string, unknown>;

/** The embedded page of a playlist object has always been a hundred long. */
export const PLAYLIST_ITEMS_EMBEDDED = 100;

/** Both names are served where the deprecation period still runs. */
const hasOldNames = (world: World) => world.profile !== 'dev-2026';

function face(world: World, playlist: StoredPlaylist): Wire {
  const owner = { ...userRef(world, playlist.ownerId), display_name: world.state.people.get(playlist.ownerId)?.displayName ?? null };
  return {
    collaborative: playlist.collaborative,
    description: playlist.description,
    external_urls: { spotify: `https://open.spotify.com/playlist/${playlist.id}` },
    href: `${world.origin()}/v1/playlists/${playlist.id}`,
    id: playlist.id,
    images: coverImages(world, playlist),
    name: playlist.name,
    owner,
    primary_color: null,
    public: playlist.public,
    snapshot_id: snapshotId(playlist),
    type: 'playlist',
    uri: `spotify:playlist:${playlist.id}`,
  };
}

/** As in lists: only the number of items. */
export function simplePlaylist(world: World, playlist: StoredPlaylist): Wire {
  const items = { href: `${world.origin()}/v1/playlists/${playlist.id}/items`, total: playlist.items.length };
  return { ...face(world, playlist), items, ...(hasOldNames(world) ? { tracks: items } : {}) };
}

/** With its first page of items, or without any for people who may not see them. */
export function fullPlaylist(world: World, playlist: StoredPlaylist, mayReadItems: boolean): Wire {
  const followers = { href: null, total: 0 };
  if (!mayReadItems) return { ...face(world, playlist), followers };
  const items = itemPage(world, playlist, { offset: 0, limit: PLAYLIST_ITEMS_EMBEDDED, path: 'items' });
  return { ...face(world, playlist), followers, items, ...(hasOldNames(world) ? { tracks: items } : {}) };
}

/** One page of entries. */
export function itemPage(world: World, playlist: StoredPlaylist, window: { offset: number; limit: number; path: 'items' | 'tracks' }): Wire {
  const { offset, limit, path } = window;
  const items = playlist.items.slice(offset, offset + limit).map((item) => entryWire(world, item));
  return pageOf(`${world.origin()}/v1/playlists/${playlist.id}/${path}`, items, { offset, limit, total: playlist.items.length });
}

function entryWire(world: World, item: PlaylistItem): Wire {
  const isLocal = item.uri?.startsWith('spotify:local:') ?? false;
  const found = isLocal ? localTrack(item.uri ?? '') : trackWire(world, item.uri?.split(':')[2] ?? '');
  const track = found ? { ...found, episode: false, track: true } : null;
  const entry = {
    added_at: item.addedAt,
    added_by: userRef(world, item.addedBy),
    is_local: isLocal,
    primary_color: null,
    video_thumbnail: { url: null },
  };
  return hasOldNames(world) ? { ...entry, track, item: track } : { ...entry, item: track };
}

/** `spotify:local:Artist:Album:Title:Seconds`: no id, no links, empty names where the file had none. */
function localTrack(uri: string): Wire {
  const [, , artist = '', album = '', title = '', seconds = '0'] = uri.split(':').map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
  const nameless = { external_urls: {}, href: null, id: null, uri: null };
  return {
    album: {
      ...nameless,
      album_type: null,
      artists: [],
      available_markets: [],
      images: [],
      name: album,
      release_date: null,
      release_date_precision: null,
      type: 'album',
    },
    artists: [{ ...nameless, name: artist, type: 'artist' }],
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

/** Nothing on an empty playlist, the uploaded cover once it is visible, else a mosaic. */
export function coverImages(world: World, playlist: StoredPlaylist): Wire[] {
  const shown = playlist.covers.findLast(({ visibleAt }) => visibleAt <= world.now());
  if (shown) return [{ url: `${world.origin()}/_images/cover/${playlist.id}/${shown.version}`, height: null, width: null }];
  if (playlist.items.length === 0) return [];
  return [{ url: `${world.origin()}/_images/mosaic/${playlist.id}/640`, height: 640, width: 640 }];
}
