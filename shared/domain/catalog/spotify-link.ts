import { spotifyAlbumId } from '#shared/ids.ts';
import type { SpotifyAlbumId } from '#shared/ids.ts';
import type { SourceFailure } from '#shared/vocabulary.ts';

export const SPOTIFY_KINDS = ['album', 'track', 'artist', 'playlist', 'episode', 'show', 'audiobook', 'chapter', 'user'] as const;
export type SpotifyKind = (typeof SPOTIFY_KINDS)[number];

export type SpotifyLink =
  | { readonly kind: 'ok'; readonly type: SpotifyKind; readonly id: string }
  | { readonly kind: 'refused'; readonly failure: SourceFailure };
export type AlbumLine = { readonly kind: 'album'; readonly id: SpotifyAlbumId } | { readonly kind: 'refused'; readonly failure: SourceFailure };

/** The only hosts that serve Spotify's public pages; `play.` is the old name of `open.` */
const HOSTS = new Set(['open.spotify.com', 'play.spotify.com']);
/** No link of Spotify's is nearly as long, with all its tracking; a longer text is not looked at. */
const LINK_CHARS_MAX = 2_000;
const ID = /^[0-9A-Za-z]{22}$/;
/** What a bare id looks like after a slip of the hand: a few characters too few or too many. */
const NEARLY_AN_ID = /^[0-9A-Za-z]{16,32}$/;
/** A page in another language, or one made for embedding. */
const PATH_DECORATION = /^(intl-[a-z]{2}(-[a-z]{2,4})?|embed)$/i;

/**
 * Reads a Spotify link as people paste it: a page address (any language, embedded or with tracking), a `spotify:` URI or a bare id,
 * which means an album unless told otherwise. Never contacts anything.
 */
export function parseSpotifyLink(text: string, bareMeans: SpotifyKind = 'album'): SpotifyLink {
  if (text.length > LINK_CHARS_MAX) return refused('not_a_link');
  const given = unwrap(text);
  if (ID.test(given)) return { kind: 'ok', type: bareMeans, id: given };
  if (NEARLY_AN_ID.test(given)) return refused('wrong_id_length');
  if (/^spotify:/i.test(given)) return readUri(given);
  if (/^https?:\/\//i.test(given)) return readAddress(given.slice(given.indexOf('//') + 2));
  if (/^(open|play)\.spotify\.com\//i.test(given)) return readAddress(given);
  return refused('not_a_link');
}

/** One line of an intake: an album, or why it is not one. */
export function parseAlbumLine(text: string): AlbumLine {
  const link = parseSpotifyLink(text);
  if (link.kind === 'refused') return link;
  return link.type === 'album' ? { kind: 'album', id: spotifyAlbumId.parse(link.id) } : refused('wrong_kind');
}

function refused(failure: SourceFailure): { kind: 'refused'; failure: SourceFailure } {
  return { kind: 'refused', failure };
}

/** Strips what pasting leaves around a link: spaces, zero-width marks, one pair of quotes or angle brackets. */
function unwrap(text: string): string {
  const bare = text.replace(/[\u200b-\u200f\u2060\ufeff]/g, '').trim();
  const isWrapped = (bare.startsWith('<') && bare.endsWith('>')) || (bare.length > 1 && /^["']/.test(bare) && bare.endsWith(bare.charAt(0)));
  return isWrapped ? bare.slice(1, -1).trim() : bare;
}

function readUri(uri: string): SpotifyLink {
  const parts = uri.split(/[?#]/, 1).join('').split(':').slice(1);
  return readKindAndId(parts[0]?.toLowerCase() === 'user' && parts.length > 2 ? parts.slice(2) : parts);
}

/** What follows the scheme. A backslash counts as the end of the host, as browsers see it, and then the host is not Spotify's. */
function readAddress(rest: string): SpotifyLink {
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
  while (start < 2 && PATH_DECORATION.test(segments[start] ?? '')) start += 1;
  const rest = segments.slice(start);
  return readKindAndId(rest[0]?.toLowerCase() === 'user' && rest.length > 2 ? rest.slice(2) : rest);
}

function readKindAndId(parts: readonly string[]): SpotifyLink {
  const [word = '', id = '', ...more] = parts;
  const type = SPOTIFY_KINDS.find((kind) => kind === word.toLowerCase());
  if (type === undefined) return refused('wrong_kind');
  if (type === 'user') return id === '' ? refused('wrong_kind') : { kind: 'ok', type, id };
  if (!ID.test(id)) return refused('wrong_id_length');
  // An artist's page has rooms of its own (/discography/all); behind an album's id nothing may follow.
  if (more.length > 0 && type !== 'artist') return refused('not_a_link');
  return { kind: 'ok', type, id };
}
