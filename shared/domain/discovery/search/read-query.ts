import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { parseSpotifyLink } from '#shared/domain/catalog/spotify-link.ts';
import type { SpotifyKind } from '#shared/domain/catalog/spotify-link.ts';
import { isSpacelessWord, queryTokens, titleKeyOf, wordsOf } from './words.ts';

/** One word of a query, and the stored words that entries containing it have. */
export interface QueryWord {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly isSpaceless: boolean;
}

/** A query of words. The last one may be unfinished. */
export interface WordsQuery {
  readonly kind: 'words';
  readonly words: readonly QueryWord[];
  readonly isTyping: boolean;
  readonly titleKey: string;
}

/** What somebody typed into the search box. */
export type ReadQuery =
  | WordsQuery
  | { readonly kind: 'isrc'; readonly isrc: string }
  /** `any` for a bare id, which does not say what it is of. */
  | { readonly kind: 'link'; readonly type: 'track' | 'album' | 'artist' | 'playlist' | 'any'; readonly id: string }
  /** A Spotify link to something that is not music, or no readable link. */
  | { readonly kind: 'refused'; readonly why: 'not_music' | 'local_file' | 'unreadable' };

/** More words are ignored: titles have up to about forty, and sixteen find them. */
const WORDS_MAX = 16;
const LOCAL_FILE = /^spotify:local:/i;
const LINK = /^<?["']?(?:https?:\/\/|spotify:|(?:open|play)\.spotify\.com\/)/i;
const BARE_ID = /^[0-9A-Za-z]{22}$/;
const MUSIC: ReadonlySet<SpotifyKind> = new Set(['track', 'album', 'artist', 'playlist']);

/** Tells links, ISRCs and words apart. `undefined` when there is nothing to search for. */
export function readSearchQuery(text: string): ReadQuery | undefined {
  const given = text.trim();
  if (LOCAL_FILE.test(given)) return { kind: 'refused', why: 'local_file' };
  if (LINK.test(given)) return readLink(given);
  if (BARE_ID.test(given) && /\d/.test(given)) return { kind: 'link', type: 'any', id: given };
  const isrc = normalizeIsrc(given);
  if (isrc !== null && /\d/.test(given)) return { kind: 'isrc', isrc };
  return readWords(text);
}

function readLink(given: string): ReadQuery {
  const link = parseSpotifyLink(given);
  if (link.kind === 'refused') return { kind: 'refused', why: 'unreadable' };
  const { type, id } = link;
  return MUSIC.has(type) ? { kind: 'link', type: type as 'track', id } : { kind: 'refused', why: 'not_music' };
}

function readWords(text: string): WordsQuery | undefined {
  const all = wordsOf(text);
  const words = all.slice(0, WORDS_MAX);
  if (words.length === 0) return undefined;
  const isTyping = all.length <= WORDS_MAX && !/\s$/u.test(text);
  return {
    kind: 'words',
    words: words.map((word) => ({ text: word, tokens: queryTokens(word), isSpaceless: isSpacelessWord(word) })),
    isTyping,
    titleKey: titleKeyOf(words),
  };
}
