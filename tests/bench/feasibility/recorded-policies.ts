import type { PolicyV1Input } from '#shared/contracts/policies/policy.ts';

type Rule = PolicyV1Input['pool'];
const genre = (...value: string[]): Rule => ({ field: 'genre', op: 'has_any', value, whenUnknown: 'exclude' });
const num = (field: 'energy' | 'release_year' | 'instrumentalness' | 'acousticness', op: 'gte', value: number): Rule => ({
  field,
  op,
  value,
  whenUnknown: 'exclude',
});

/** Pools of 60 to 20,000 recordings of the demo catalog: unions of genres, years and audio features. */
const POOLS: readonly Rule[] = [
  { all: [genre('heavy metal', 'idm'), num('energy', 'gte', 0.5)] },
  genre('krautrock'),
  genre('shoegaze', 'bolero'),
  { all: [genre('bebop', 'country'), num('release_year', 'gte', 2000)] },
  genre('salsa', 'cumbia', 'mpb', 'latin pop'),
  genre('soul'),
  genre('funk', 'disco'),
  genre('solo piano'),
  genre('soul', 'funk', 'disco', 'r&b', 'rock and roll'),
  genre('boom bap', 'trap', 'alternative hip hop', 'instrumental hip hop'),
  { any: [genre('ambient', 'drone', 'contemporary classical', 'solo piano'), num('instrumentalness', 'gte', 0.7)] },
  num('release_year', 'gte', 2024),
  { all: [num('release_year', 'gte', 2020), num('energy', 'gte', 0.5)] },
  num('release_year', 'gte', 2015),
  num('acousticness', 'gte', 0.7),
  num('energy', 'gte', 0.7),
  num('release_year', 'gte', 2000),
  num('energy', 'gte', 0.3),
  num('release_year', 'gte', 1960),
  genre('bebop', 'modal jazz', 'vocal jazz', 'jazz fusion', 'bossa nova'),
];

/** A policy over a pool, and its recorded result: the first day that fails, or null when all 90 days can be filled. */
interface RecordedPolicy {
  readonly pool: Rule;
  readonly size: number;
  readonly days: number;
  readonly scope: 'network' | 'policy';
  readonly perArtist: number;
  readonly perAlbum: number;
  readonly turnover: number;
  readonly failsOn: number | null;
}

/**
 * Pool, length, repeat window, scope, caps per artist and album, turnover, and the day that fails: recorded by placing day after day on the whole catalog,
 * without counting, budgets or parts of the catalog.
 */
const ROWS: readonly (readonly [number, number, number, 'network' | 'policy', number, number, number, number | null])[] = [
  [0, 8, 7, 'network', 1, 1, 1, 7],
  [0, 6, 21, 'policy', 2, 2, 1, 18],
  [1, 4, 14, 'policy', 3, 1, 1, null],
  [1, 4, 30, 'network', 1, 2, 1, 13],
  [2, 8, 21, 'network', 2, 1, 1, 17],
  [2, 8, 45, 'policy', 3, 2, 1, 37],
  [3, 7, 7, 'policy', 1, 1, 1, 1],
  [3, 5, 21, 'network', 2, 2, 1, 11],
  [4, 8, 45, 'network', 3, 1, 0.5, 23],
  [4, 100, 7, 'policy', 1, 2, 0.5, 1],
  [5, 9, 60, 'policy', 2, 1, 1, null],
  [5, 84, 14, 'network', 3, 2, 1, 1],
  [6, 100, 7, 'network', 1, 1, 1, 1],
  [6, 100, 21, 'policy', 2, 2, 1, 1],
  [7, 65, 14, 'policy', 3, 1, 1, null],
  [7, 50, 30, 'network', 1, 2, 1, 1],
  [8, 76, 21, 'network', 2, 1, 1, 20],
  [8, 61, 45, 'policy', 3, 2, 1, 37],
  [9, 49, 30, 'policy', 1, 1, 0.5, null],
  [9, 44, 60, 'network', 2, 2, 0.5, 19],
  [10, 92, 45, 'network', 3, 1, 1, 19],
  [10, 100, 7, 'policy', 1, 2, 1, null],
  [11, 17, 60, 'policy', 2, 1, 1, null],
  [11, 100, 14, 'network', 3, 2, 1, 6],
  [12, 100, 7, 'network', 1, 1, 1, 1],
  [12, 100, 21, 'policy', 2, 2, 1, 14],
  [13, 100, 14, 'policy', 3, 1, 1, null],
  [13, 100, 30, 'network', 1, 2, 1, 15],
  [14, 100, 21, 'network', 2, 1, 0.5, 20],
  [14, 100, 45, 'policy', 3, 2, 0.5, null],
  [15, 100, 30, 'policy', 1, 1, 1, null],
  [15, 100, 60, 'network', 2, 2, 1, 23],
  [16, 100, 45, 'network', 3, 1, 1, 34],
  [16, 100, 7, 'policy', 1, 2, 1, null],
  [17, 100, 60, 'policy', 2, 1, 1, null],
  [17, 100, 14, 'network', 3, 2, 1, null],
  [18, 100, 7, 'network', 1, 1, 1, null],
  [18, 100, 21, 'policy', 2, 2, 1, null],
  [19, 68, 14, 'policy', 3, 1, 0.5, null],
  [19, 76, 30, 'network', 1, 2, 0.5, 1],
];

/** Forty policies beside the demo network: 15 can be filled on all days, 25 cannot. */
export const RECORDED_POLICIES: readonly RecordedPolicy[] = ROWS.map(([pool, size, days, scope, perArtist, perAlbum, turnover, failsOn]) => ({
  pool: POOLS[pool] ?? { all: [] },
  size,
  days,
  scope,
  perArtist,
  perAlbum,
  turnover,
  failsOn,
}));
