import type { PlaylistCard } from '#shared/contracts/playlists/playlist-views.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { matchesSearch } from '#web/lib/search-match.ts';
import { joinNames, padIndex } from '#web/lib/words.ts';
import { PAGES } from './pages.ts';

type Page = (typeof PAGES)[number];

export type SearchResult =
  | { readonly kind: 'playlist'; readonly id: string; readonly name: string; readonly detail: string; readonly card: PlaylistCard }
  | { readonly kind: 'page'; readonly id: string; readonly name: string; readonly detail: string; readonly to: Page['to'] };

const RESULTS_MAX = 8;

/**
 * Pages whose name, and playlists whose name, number or artists contain every word of the query; at most eight. Pages come first, then the playlists
 * whose name starts with the first word. An empty query returns the first playlists.
 */
export function searchEverywhere(query: string, playlists: readonly PlaylistCard[], isAdmin: boolean): SearchResult[] {
  const words = foldText(query).split(' ').filter(Boolean);
  const playlistResults = playlists
    .filter((card) => matchesSearch(query, [card.themeTag, padIndex(card.index), ...card.artists]))
    .toSorted((one, other) => rank(one, words) - rank(other, words) || one.index - other.index)
    .map((card): SearchResult => ({
      kind: 'playlist',
      id: `playlist-${card.index}`,
      name: card.themeTag,
      detail: `${padIndex(card.index)} · ${joinNames(card.artists)}`,
      card,
    }));
  const pageResults = PAGES.filter((page) => (isAdmin || !page.admin) && words.length > 0 && matchesSearch(query, [page.name])).map(
    (page): SearchResult => ({
      kind: 'page',
      id: `page-${page.key}`,
      name: page.name,
      detail: `Page · shortcut g ${page.key}`,
      to: page.to,
    }),
  );
  return [...pageResults, ...playlistResults].slice(0, RESULTS_MAX);
}

const rank = (card: PlaylistCard, words: readonly string[]) => (words[0] !== undefined && foldText(card.themeTag).startsWith(words[0]) ? 0 : 1);
