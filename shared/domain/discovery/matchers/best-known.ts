import type { MatchContext } from './matcher.ts';

/** How well known a row is, from 0 to 1: by popularity and by the lists that it is on. What neither says is 0. */
export function knownness({ catalog, listed }: Pick<MatchContext, 'catalog' | 'listed'>, row: number): number {
  const popularity = catalog.numbers.popularity[row] ?? Number.NaN;
  const lists = listed[row] ?? 0;
  const byLists = lists / (lists + 10);
  return Number.isNaN(popularity) ? byLists : Math.max(byLists, popularity / 100);
}
