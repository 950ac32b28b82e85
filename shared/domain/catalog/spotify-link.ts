import { spotifyAlbumId } from '#shared/ids.ts';
import type { SpotifyAlbumId } from '#shared/ids.ts';
import type { SourceFailure } from '#shared/vocabulary.ts';

export const SPOTIFY_KINDS = ['album', 'track', 'artist', 'playlist', 'episode', 'show', 'audiobook', 'chapter', 'user'] as const;
export type SpotifyKind = (typeof SPOTIFY_KINDS)[number];

export type SpotifyLink =
  | { readonly kind: 'ok'; readonly type: SpotifyKind; readonly id: string }
  | { readonly kind: 'refused'; readonly failure: SourceFailure };
export type AlbumLine = { readonly kind: 'album'; readonly id: SpotifyAlbumId } | { readonly kind: 'refused'; readonly failure: SourceFailure };

/** The only hosts of Spotify's public pages; `play.` is the old name of `open.` */
const HOSTS = new Set(['open.spotify.com', 'play.spotify.com']);
/** Spotify links are far shorter, even with tracking parameters. A longer text is rejected without parsing. */
const LINK_CHARS_MAX = 2_000;
const ID = /^[0-9A-Za-z]{22}$/;
/** A bare id with a few characters missing or too many. */
const ALMOST_AN_ID = /^[0-9A-Za-z]{16,32}$/;
/** Path prefix of a page in another language or for embedding. */
const PATH_PREFIX = /^(intl-[a-z]{2}(-[a-z]{2,4})?|embed)$/i;

/**
 * Parses a pasted Spotify link: a page URL (any language, embedded or with tracking), a `spotify:` URI, or a bare id, which counts as an album by default.
 * Makes no requests.
 */
export function parseSpotifyLink(text: string, bareMeans: SpotifyKind = 'album'): SpotifyLink {
  if (text.length > LINK_CHARS_MAX) return refused('not_a_link');
  const given = unwrap(text);
  if (ID.test(given)) return { kind: 'ok', type: bareMeans, id: given };
  if (ALMOST_AN_ID.test(given)) return refused('wrong_id_length');
  if (/^spotify:/i.test(given)) return readUri(given);
  if (/^https?:\/\//i.test(given)) return readUrl(given.slice(given.indexOf('//') + 2));
  if (/^(open|play)\.spotify\.com\//i.test(given)) return readUrl(given);
  return refused('not_a_link');
}

/** Parses one line of an import: an album, or why it is not one. */
export function parseAlbumLine(text: string): AlbumLine {
  const link = parseSpotifyLink(text);
  if (link.kind === 'refused') return link;
  return link.type === 'album' ? { kind: 'album', id: spotifyAlbumId.parse(link.id) } : refused('wrong_kind');
}

function refused(failure: SourceFailure): { kind: 'refused'; failure: SourceFailure } {
  return { kind: 'refused', failure };
}

/** Removes spaces, zero-width characters and one pair of quotes or angle brackets around a pasted link. */
function unwrap(text: string): string {
  const bare = text.replace(/[\u200b-\u200f\u2060\ufeff]/g, '').trim();
  const isWrapped = (bare.startsWith('<') && bare.endsWith('>')) || (bare.length > 1 && /^["']/.test(bare) && bare.endsWith(bare.charAt(0)));
  return isWrapped ? bare.slice(1, -1).trim() : bare;
}

function readUri(uri: string): SpotifyLink {
  const parts = uri.split(/[?#]/, 1).join('').split(':').slice(1);
  return readKindAndId(parts[0]?.toLowerCase() === 'user' && parts.length > 2 ? parts.slice(2) : parts);
}

/** Parses what follows the scheme. A backslash ends the host, as in browsers, and such a link is refused. */
function readUrl(rest: string): SpotifyLink {
  if (/\s/.test(rest)) return refused('not_a_link');
  const end = rest.search(/[/?#\\]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  const host = authority.toLowerCase().replace(/:(443|80)$/, '');
  if (host === '') return refused('not_a_link');
  if (!HOSTS.has(host) || rest.charAt(end) === '\\') return refused('wrong_host');
  const path = end === -1 ? '' : rest.slice(end).split(/[?#]/, 1).join('');
  return readPath(path.split('/').slice(1));
}

function readPath(path: readonly string[]): SpotifyLink {
  const segments = path.at(-1) === '' ? path.slice(0, -1) : path;
  let start = 0;
  while (start < 2 && PATH_PREFIX.test(segments[start] ?? '')) start += 1;
  const rest = segments.slice(start);
  return readKindAndId(rest[0]?.toLowerCase() === 'user' && rest.length > 2 ? rest.slice(2) : rest);
}

function readKindAndId(parts: readonly string[]): SpotifyLink {
  const [word = '', id = '', ...more] = parts;
  const type = SPOTIFY_KINDS.find((kind) => kind === word.toLowerCase());
  if (type === undefined) return refused('wrong_kind');
  if (type === 'user') return id === '' ? refused('wrong_kind') : { kind: 'ok', type, id };
  if (!ID.test(id)) return refused('wrong_id_length');
  // An artist's page has sub-pages (/discography/all); nothing may follow an album's id.
  if (more.length > 0 && type !== 'artist') return refused('not_a_link');
  return { kind: 'ok', type, id };
}
