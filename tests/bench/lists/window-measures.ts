import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import { normalizeArtist, readTitle } from '#shared/domain/catalog/normalize-title.ts';
import type { CuratedPolicy } from './curated-days.ts';
import { deviation, mean } from './statistics.ts';

/** Figures of the lists of one policy over its days. */
export interface WindowFigures {
  /** Standard deviation ÷ spread of each numeric preference, mean over days. */
  readonly deviationRatio: number;
  /** |mean − target| ÷ spread, the largest over days 1 to 30 and preferences, and their mean. */
  readonly meanErrorWorst: number;
  readonly meanError: number;
  /** Closeness to the targets by the kernel of version 1, on days 1, 10 and 30. */
  readonly closeness: readonly number[];
  /** 1 ÷ (1 + mean error + error of the standard deviation) on day 30 by that of day 1, each over five days. */
  readonly lastByFirst: number;
  readonly backOnDay31: number;
  readonly artistYesterday: number;
  /** Songs again within 7 days, and on days 8 to 10, per list. */
  readonly songWithin7: number;
  readonly songOn8To10: number;
}

const NUMERIC_DAYS = 30;
const SONG_DAYS = 10;

/** Measures the lists of a policy over its days. */
export function measureWindow(catalog: Catalog, { policy, lists }: CuratedPolicy): WindowFigures {
  const targets = policy.prefer.flatMap((preference) => ('toward' in preference ? [preference] : []));
  const days = lists.slice(0, NUMERIC_DAYS).map(({ rows }) =>
    targets.map(({ field, toward, spread }) => {
      const values = rows.map((row) => knownValue(catalog, field, row));
      return { ratio: deviation(values) / spread, error: Math.abs(mean(values) - toward) / spread };
    }),
  );
  const goodness = (from: number) =>
    mean(days.slice(from, from + 5).flatMap((day) => day.map(({ ratio, error }) => 1 / (1 + error + Math.abs(ratio - 1)))));
  const first = new Set(lists[0]?.rows);
  return {
    deviationRatio: mean(days.flat().map(({ ratio }) => ratio)),
    meanErrorWorst: Math.max(...days.flat().flatMap(({ error }) => (Number.isNaN(error) ? [] : [error]))),
    meanError: mean(days.flat().map(({ error }) => error)),
    closeness: [0, 9, 29].map((at) => closenessOf(catalog, targets, lists[at]?.rows ?? [])),
    lastByFirst: goodness(NUMERIC_DAYS - 5) / goodness(0),
    backOnDay31: (lists[30]?.rows ?? []).filter((row) => first.has(row)).length,
    artistYesterday: artistYesterday(catalog, lists),
    ...songsAgain(catalog, lists),
  };
}

type Target = Extract<CuratedPolicy['policy']['prefer'][number], { toward: number }>;

function closenessOf(catalog: Catalog, targets: readonly Target[], rows: readonly number[]): number {
  return mean(
    targets.flatMap(({ field, toward, spread }) =>
      rows.map((row) => 1 / (1 + (((catalog.numbers[field][row] ?? Number.NaN) - toward) / spread) ** 2)),
    ),
  );
}

function knownValue(catalog: Catalog, field: Target['field'], row: number): number {
  const value = catalog.numbers[field][row] ?? Number.NaN;
  return field === 'tempo' && value === 0 ? Number.NaN : value;
}

function artistYesterday(catalog: Catalog, lists: CuratedPolicy['lists']): number {
  return mean(
    lists.slice(1).flatMap(({ rows }, at) => {
      const before = lists[at]?.rows ?? [];
      const artists = new Set(before.flatMap((row) => [...artistsOf(catalog, row)]));
      const placed = rows.filter((row) => !before.includes(row));
      return placed.map((row) => ([...artistsOf(catalog, row)].some((artist) => artists.has(artist)) ? 1 : 0));
    }),
  );
}

function songsAgain(catalog: Catalog, lists: CuratedPolicy['lists']): Pick<WindowFigures, 'songWithin7' | 'songOn8To10'> {
  const days = lists.map(({ rows }) => rows.map((row) => songOf(catalog, row)));
  const again = days.flatMap((songs, day) =>
    songs.flatMap((song, at) => {
      if (songs.indexOf(song) < at) return [0];
      const distances = Array.from({ length: SONG_DAYS }, (_, back) => back + 1);
      const found = distances.find((back) => days[day - back]?.includes(song));
      return found === undefined ? [] : [found];
    }),
  );
  const perList = (count: number) => count / Math.max(1, days.length);
  return { songWithin7: perList(again.filter((back) => back <= 7).length), songOn8To10: perList(again.filter((back) => back > 7).length) };
}

/** The title without its additions, and the main artist: independent of the song key of the product. */
function songOf(catalog: Catalog, row: number): string {
  const title = catalog.titles?.[row] ?? '';
  const bare = readTitle(title.replace(/(?:\s*[([][^)\]]*[)\]])+$/, '').replace(/\s[-–—]\s.*$/, '') || title).title;
  return `${bare} | ${normalizeArtist(catalog.artistNames[artistsOf(catalog, row)[0] ?? -1] ?? '')}`;
}
