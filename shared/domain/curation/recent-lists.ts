import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import { SongNumbers } from '#shared/domain/catalog/song-key.ts';
import type { DayState } from './day-state.ts';
import type { ListOfDay } from './snapshot-draft.ts';

/** What the lists of a playlist had on the days before. */
export interface RecentLists {
  /** Whether a recording of the row's song was in a list within the song window. */
  hasSong(row: number): boolean;
  /** Artists of the lists within the artist window. */
  readonly artists: ReadonlySet<number>;
}

/** The songs and artists that a list of a version 2 policy avoids; undefined for version 1. */
export function recentOf({ catalog, day, repeatIndex }: DayState, { id, policy }: ListOfDay): RecentLists | undefined {
  if (policy.version !== 2) return undefined;
  const numbers = SongNumbers.of(catalog);
  const within = (days: number) =>
    repeatIndex.earlier(id).flatMap((list) => (list.day < day && list.day >= day - days ? list.rows.filter((row) => row >= 0) : []));
  const songs = new Set(within(policy.songs.days).map((row) => numbers.of(row)));
  const artists = new Set(within(policy.artistDays).flatMap((row) => [...artistsOf(catalog, row)]));
  return { hasSong: songs.size === 0 ? () => false : (row) => songs.has(numbers.of(row)), artists };
}
