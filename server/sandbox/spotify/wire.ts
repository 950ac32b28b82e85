import type { SandboxAlbum, SandboxArtist, SandboxArtistName, SandboxTrack } from '#server/sandbox/catalog/catalog.ts';
import type { Person } from './state/state.ts';
import type { AlbumCondition, SandboxContext } from './state/sandbox-context.ts';

/** Spotify's response objects. In dev-2026 the fields removed in February 2026 are absent, not null. */

/** A short list in place of all markets: enough to distinguish "everywhere" from "nowhere". */
const MARKETS = ['AR', 'AU', 'BR', 'CA', 'DE', 'ES', 'FR', 'GB', 'IN', 'IT', 'JP', 'MX', 'NG', 'PT', 'SE', 'TR', 'US'] as const;

type Wire = Record<string, unknown>;

const links = (sandbox: SandboxContext, kind: string, id: string) => ({
  external_urls: { spotify: `https://open.spotify.com/${kind}/${id}` },
  href: `${sandbox.origin()}/v1/${kind}s/${id}`,
  id,
  type: kind,
  uri: `spotify:${kind}:${id}`,
});

const isTrimmed = (sandbox: SandboxContext) => sandbox.profile === 'dev-2026';

export function artistRef(sandbox: SandboxContext, { id, name }: SandboxArtistName): Wire {
  return { ...links(sandbox, 'artist', id), name };
}

export function artistWire(sandbox: SandboxContext, artist: SandboxArtist): Wire {
  const commonFields = { ...links(sandbox, 'artist', artist.id), name: artist.name, images: images(sandbox, 'artist', artist.id) };
  if (isTrimmed(sandbox)) return { ...commonFields, genres: [] };
  return { ...commonFields, genres: artist.genres, followers: { href: null, total: artist.followers }, popularity: artist.popularity };
}

/** An album as it appears inside tracks and lists. */
export function simpleAlbum(sandbox: SandboxContext, album: SandboxAlbum): Wire {
  const condition = sandbox.albumConditions.get(album.id);
  return {
    album_type: album.albumType,
    total_tracks: condition === 'empty' ? 0 : album.tracks.length,
    ...markets(sandbox, condition),
    ...links(sandbox, 'album', album.id),
    images: images(sandbox, 'album', album.id),
    name: album.name,
    release_date: album.releaseDate,
    release_date_precision: album.releaseDatePrecision,
    ...restriction(condition),
    artists: album.artists.map((artist) => artistRef(sandbox, artist)),
  };
}

/** Maximum tracks embedded in an album object; `tracks.next` leads to the rest. */
export const ALBUM_TRACKS_EMBEDDED = 50;

export function fullAlbum(sandbox: SandboxContext, album: SandboxAlbum): Wire {
  const tracks = albumTracks(sandbox, album);
  const more = isTrimmed(sandbox) ? {} : { label: album.label, popularity: album.popularity };
  return {
    ...simpleAlbum(sandbox, album),
    tracks: page(`${sandbox.origin()}/v1/albums/${album.id}/tracks`, tracks, { offset: 0, limit: ALBUM_TRACKS_EMBEDDED }),
    copyrights: [
      { text: `${album.releaseDate.slice(0, 4)} ${album.label}`, type: 'C' },
      { text: `${album.releaseDate.slice(0, 4)} ${album.label}`, type: 'P' },
    ],
    external_ids: album.upc === null ? {} : { upc: album.upc },
    genres: [],
    ...more,
  };
}

/** The track objects of an album; none for an album with the condition `empty`. */
export function albumTracks(sandbox: SandboxContext, album: SandboxAlbum): Wire[] {
  const condition = sandbox.albumConditions.get(album.id);
  return condition === 'empty' ? [] : album.tracks.map((track) => simpleTrack(sandbox, track, condition));
}

export function simpleTrack(sandbox: SandboxContext, track: SandboxTrack, condition?: AlbumCondition): Wire {
  return {
    artists: track.artists.map((artist) => artistRef(sandbox, artist)),
    ...markets(sandbox, condition),
    disc_number: track.discNumber,
    duration_ms: track.durationMs,
    explicit: track.explicit,
    ...links(sandbox, 'track', track.id),
    ...restriction(condition),
    ...(condition === 'region_blocked' ? { is_playable: false } : {}),
    name: track.name,
    ...(isTrimmed(sandbox) ? {} : { preview_url: null }),
    track_number: track.trackNumber,
    is_local: false,
  };
}

export function fullTrack(sandbox: SandboxContext, track: SandboxTrack, album: SandboxAlbum): Wire {
  return {
    album: simpleAlbum(sandbox, album),
    ...simpleTrack(sandbox, track, sandbox.albumConditions.get(album.id)),
    external_ids: track.isrc === null ? {} : { isrc: track.isrc },
    ...(isTrimmed(sandbox) ? {} : { popularity: track.popularity }),
  };
}

/** A track in responses for one market, with `is_playable`. */
export function marketTrack(sandbox: SandboxContext, track: SandboxTrack, album: SandboxAlbum): Wire {
  const isPlayable = sandbox.albumConditions.get(album.id) !== 'region_blocked';
  return { ...fullTrack(sandbox, track, album), album: { ...simpleAlbum(sandbox, album), is_playable: isPlayable }, is_playable: isPlayable };
}

/** The response of `GET /me`. Email and country only in profiles that still have them. */
export function meWire(sandbox: SandboxContext, person: Person): Wire {
  const commonFields = {
    display_name: person.displayName,
    ...links(sandbox, 'user', person.id),
    images: images(sandbox, 'user', person.id).slice(1),
    account_id: person.accountId,
  };
  if (isTrimmed(sandbox)) return commonFields;
  const explicit = { filter_enabled: false, filter_locked: false };
  return {
    ...commonFields,
    country: person.country,
    email: person.email,
    product: 'premium',
    followers: { href: null, total: 3 },
    explicit_content: explicit,
  };
}

export function userRef(sandbox: SandboxContext, id: string): Wire {
  return links(sandbox, 'user', id);
}

/** A paging object over a complete list. */
export function page(href: string, items: readonly unknown[], window: { offset: number; limit: number }): Wire {
  return pageOf(href, items.slice(window.offset, window.offset + window.limit), { ...window, total: items.length });
}

/** A paging object for items that are already one page. */
export function pageOf(href: string, items: readonly unknown[], { offset, limit, total }: { offset: number; limit: number; total: number }): Wire {
  const separator = href.includes('?') ? '&' : '?';
  const at = (start: number) => `${href}${separator}offset=${start}&limit=${limit}`;
  return {
    href: at(offset),
    limit,
    next: offset + limit < total ? at(offset + limit) : null,
    offset,
    previous: offset > 0 ? at(Math.max(0, offset - limit)) : null,
    total,
    items,
  };
}

function markets(sandbox: SandboxContext, condition: AlbumCondition | undefined): Wire {
  if (isTrimmed(sandbox)) return {};
  return { available_markets: condition === 'region_blocked' ? [] : MARKETS };
}

function restriction(condition: AlbumCondition | undefined): Wire {
  return condition === 'region_blocked' ? { restrictions: { reason: 'market' } } : {};
}

function images(sandbox: SandboxContext, kind: 'album' | 'artist' | 'user', id: string): Wire[] {
  return [640, 300, 64].map((side) => ({ url: `${sandbox.origin()}/_images/${kind}/${id}/${side}`, height: side, width: side }));
}
