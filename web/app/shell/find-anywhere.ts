import type { PlaylistCard } from '#shared/contracts/views.ts';
import { isFoundIn, plain } from '#web/lib/found-in.ts';
import { listed, ordinal } from '#web/lib/words.ts';
import { ROOMS } from './rooms.ts';

type Page = (typeof ROOMS)[number];

export type Finding =
  | { readonly kind: 'playlist'; readonly id: string; readonly name: string; readonly detail: string; readonly card: PlaylistCard }
  | { readonly kind: 'page'; readonly id: string; readonly name: string; readonly detail: string; readonly to: Page['to'] };

const RESULTS_MAX = 8;

/**
 * Pages whose name, and playlists whose name, number or artists contain every word of the query; at most eight. Pages come first, then the playlists
 * whose name starts with the first word. An empty query returns the first playlists.
 */
export function findAnywhere(query: string, playlists: readonly PlaylistCard[], isAdmin: boolean): Finding[] {
  const words = plain(query).split(/\s+/u).filter(Boolean);
  const playlistResults = playlists
    .filter((card) => isFoundIn(query, [card.themeTag, ordinal(card.index), ...card.artists]))
    .toSorted((one, other) => rank(one, words) - rank(other, words) || one.index - other.index)
    .map((card): Finding => ({
      kind: 'playlist',
      id: `playlist-${card.index}`,
      name: card.themeTag,
      detail: `${ordinal(card.index)} · ${listed(card.artists)}`,
      card,
    }));
  const pageResults = ROOMS.filter((page) => (isAdmin || !page.admin) && words.length > 0 && isFoundIn(query, [page.name])).map((page): Finding => ({
    kind: 'page',
    id: `page-${page.key}`,
    name: page.name,
    detail: `Page · shortcut g ${page.key}`,
    to: page.to,
  }));
  return [...pageResults, ...playlistResults].slice(0, RESULTS_MAX);
}

const rank = (card: PlaylistCard, words: readonly string[]) => (words[0] !== undefined && plain(card.themeTag).startsWith(words[0]) ? 0 : 1);
