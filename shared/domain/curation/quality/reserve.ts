import type { PolicyV2 } from '#shared/contracts/policies/policy.ts';
import { UNKNOWN_DAY } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { SongNumbers } from '#shared/domain/catalog/song-key.ts';
import type { Neighbors } from '#shared/domain/catalog/neighbors/neighbors.ts';
import { chanceOf, hashText } from '#shared/domain/hash.ts';
import { awayFrom, centered, rankedLift } from './pool-lift.ts';
import type { LiftPreference, NumberTarget, PoolLift } from './pool-lift.ts';
import { fitTilt } from './tilt.ts';

/** The rows that the lists of a policy are drawn from, as long as the policy and its pool are the same. */
export interface Reserve {
  readonly lifts: readonly PoolLift[];
  /** What the reserve has of each numeric target, and so what every list of the window can have: mean and standard deviation, in spreads from the target. */
  readonly moments: readonly ReserveMoment[];
  /** The share of the time that a row of the pool is in the reserve, 0–1. */
  shareOf(row: number): number;
  /** Whether a row is in the reserve on a day. */
  isIn(row: number, day: number): boolean;
}

export interface ReserveMoment {
  readonly target: NumberTarget;
  readonly mean: number;
  readonly deviation: number;
}

export interface ReserveQuestion {
  readonly policy: PolicyV2;
  readonly needed: number;
  /** The rows of each block of the mix, in its order. */
  readonly blocks: readonly { has(row: number): boolean }[];
  /** How well rows go with the examples of the policy. */
  readonly neighbors?: Neighbors | undefined;
}

/** Rows in the reserve by those that the repeat window needs: without `variety`, and how much `variety` adds. */
const RESERVE_BY_NEED = 1.1;
const RESERVE_PER_VARIETY = 0.8;
/** Rows in the reserve by the size of a list, at least: an exchange needs a choice. */
const RESERVE_BY_SIZE = 3;
/** Days in which each row with a share takes its turn in the reserve, at least, and by days of the repeat window. */
const TURN_DAYS_MIN = 120;
const TURN_BY_REST = 4;
/** A reserve whose means are this near to their targets, in spreads, meets them. */
const MEAN_MET = 0.03;
/** Where not all targets can be met, means are kept before spreads. */
const MEAN_RIDGE = 0.0002;
const SPREAD_RIDGE = 0.01;
const MIX_RIDGE = 0.0001;
/** Rows that a reserve is fitted to, at most: an even sample of a larger pool. */
const FITTED_MAX = 30_000;

/**
 * The reserve of a policy: each row is in it for a share of the time, so that the reserve has the means and spreads that the policy wants on every day, as
 * near as the pool allows, and as many rows as the repeat window needs and `variety` adds. Rows take turns by lot with the policy's seed; of a song only
 * its best-known recording does. `needed` is the number of recordings that all lists of the policy block at once.
 */
export function reserveOf(catalog: Catalog, pool: Int32Array, question: ReserveQuestion): Reserve {
  const { policy, needed, blocks, neighbors } = question;
  const rows = leadingRecordings(catalog, blocks.length === 0 ? pool : pool.filter((row) => blocks.some((block) => block.has(row))));
  const preferences: readonly LiftPreference[] = neighbors
    ? [...policy.prefer, { field: 'goes_with', neighbors, weight: policy.goesWith.weight }]
    : policy.prefer;
  const meanWeight = preferences.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, preferences.length);
  const targets = preferences.flatMap((preference) => ('toward' in preference ? [preference] : []));
  const ranked = preferences.flatMap((preference) =>
    'toward' in preference ? [] : [rankedLift(catalog, pool, { preference, weight: preference.weight / meanWeight })],
  );
  // The blocks of a mix have their parts of the reserve, as of every list.
  const mix = blocks.map((block, at) => ({ admits: (row: number) => block.has(row), share: (policy.mix[at]?.share ?? 0) / 100 }));
  const fit = (drawn: number) => fitReserve({ catalog, rows, targets, ranked, mix, meanWeight }, Math.max(drawn, policy.size * RESERVE_BY_SIZE));
  const wide = fit(needed * (RESERVE_BY_NEED + RESERVE_PER_VARIETY * policy.variety));
  // Where the pool has too little of what is wanted, the means are kept and the choice is smaller.
  const { shares, moments, tilts } = wide.moments.every(({ mean }) => Math.abs(mean) <= MEAN_MET) ? wide : fit(needed * RESERVE_BY_NEED);
  const seed = hashText(policy.seed, 2);
  const turnDays = Math.max(TURN_DAYS_MIN, TURN_BY_REST * policy.rest.days);
  const numeric = tilts.map((lift) => centered(pool, lift));
  const lifts = new Map<LiftPreference, PoolLift>([...ranked, ...numeric].map((lift) => [lift.preference, lift] as const));
  return {
    lifts: preferences.flatMap((preference) => lifts.get(preference) ?? []),
    moments,
    shareOf: (row) => shares[row] ?? 0,
    isIn: (row, day) => (chanceOf(seed, catalog.recordingIds[row] ?? 0) + day / turnDays) % 1 < (shares[row] ?? 0),
  };
}

interface ReserveProblem {
  readonly catalog: Catalog;
  readonly rows: Int32Array;
  readonly targets: readonly NumberTarget[];
  readonly ranked: readonly PoolLift[];
  readonly mix: readonly { readonly admits: (row: number) => boolean; readonly share: number }[];
  readonly meanWeight: number;
}

/** The shares of rows in a reserve of so many, its moments, and the lift of each target in it. */
function fitReserve({ catalog, rows, targets, ranked, mix, meanWeight }: ReserveProblem, drawn: number) {
  const sample = sampleOf(rows);
  const away = targets.map((target) => Float64Array.from(sample, (row) => awayFrom(catalog, target, row)));
  const tilt = fitTilt({
    drawn: Math.min(drawn, rows.length) * (sample.length / Math.max(1, rows.length)),
    offsets: Float64Array.from(sample, (row) => ranked.reduce((sum, lift) => sum + lift.of(row), 0)),
    features: [
      ...away.flatMap((values) => [values.map((z) => (Number.isNaN(z) ? 0 : z)), values.map((z) => (Number.isNaN(z) ? 0 : z * z - 1))]),
      ...mix.map(({ admits, share }) => Float64Array.from(sample, (row) => Number(admits(row)) - share)),
    ],
    ridges: [
      ...targets.flatMap(({ weight }) => [(MEAN_RIDGE * meanWeight) / weight, (SPREAD_RIDGE * meanWeight) / weight]),
      ...mix.map(() => MIX_RIDGE),
    ],
  });
  const tilts = targets.map((preference, at) => numberLift(catalog, preference, tilt.factors.slice(2 * at, 2 * at + 2)));
  const shares = new Float64Array(catalog.size);
  for (const row of rows) {
    let exponent = tilt.base;
    for (const lift of ranked) exponent += lift.of(row);
    for (const lift of tilts) exponent += lift.of(row);
    for (const [at, { admits, share }] of mix.entries()) exponent += (tilt.factors[2 * targets.length + at] ?? 0) * (Number(admits(row)) - share);
    shares[row] = rows.length <= drawn ? 1 : Math.min(1, Math.exp(exponent));
  }
  return { shares, tilts, moments: targets.map((target) => momentOf(catalog, rows, { target, shares })) };
}

/** One recording of each song: the most popular one, then the first. The others are used only where the reserve does not fill a list. */
function leadingRecordings(catalog: Catalog, pool: Int32Array): Int32Array {
  const songs = SongNumbers.of(catalog);
  const { popularity } = catalog.numbers;
  const leading = new Map<number, number>();
  const known = (row: number) => (Number.isNaN(popularity[row] ?? Number.NaN) ? -1 : (popularity[row] ?? -1));
  for (const row of pool) {
    const song = songs.of(row);
    const other = leading.get(song);
    if (other === undefined || known(row) > known(other)) leading.set(song, row);
  }
  return pool.filter((row) => leading.get(songs.of(row)) === row);
}

function sampleOf(rows: Int32Array): Int32Array {
  if (rows.length <= FITTED_MAX) return rows;
  return Int32Array.from({ length: FITTED_MAX }, (_, at) => rows[Math.floor((at * rows.length) / FITTED_MAX)] ?? 0);
}

function numberLift(catalog: Catalog, preference: NumberTarget, [first = 0, second = 0]: readonly number[]) {
  const tilt = (row: number) => {
    const z = awayFrom(catalog, preference, row);
    return Number.isNaN(z) ? 0 : first * z + second * (z * z - 1);
  };
  return { preference, of: tilt, isUnknown: (row: number) => Number.isNaN(awayFrom(catalog, preference, row)) };
}

function momentOf(catalog: Catalog, rows: Int32Array, { target, shares }: { target: NumberTarget; shares: Float64Array }): ReserveMoment {
  let [count, sum, square] = [0, 0, 0];
  for (const row of rows) {
    const z = awayFrom(catalog, target, row);
    const share = shares[row] ?? 0;
    if (Number.isNaN(z)) continue;
    count += share;
    sum += share * z;
    square += share * z * z;
  }
  const mean = count === 0 ? 0 : sum / count;
  return { target, mean, deviation: count === 0 ? 1 : Math.sqrt(Math.max(0, square / count - mean ** 2)) };
}

/** The lowest score of a row in the reserve. */
export const RESERVE_SCORE_MIN = 0.5;

/** How much of the lot goes to those that were not played for long, and the days after the repeat window until that is all the same. */
const UNPLAYED_SHARE = 0.5;
const UNPLAYED_DAYS = 10;

/** What the scores of a day are drawn from. */
export interface Draw {
  readonly reserve: Reserve;
  readonly day: number;
  readonly daySeed: number;
  readonly restDays: number;
  /** The day each row was last played in the repeat scope, UNKNOWN_DAY when never. */
  readonly lastUsed: Int32Array;
}

/**
 * Scores of rows, 0–1, in their order: a row in the reserve has at least one half, and its lot decides, better where it was not played for longer;
 * outside the reserve its share decides.
 */
export function drawnScores(catalog: Catalog, rows: Int32Array, { reserve, day, daySeed, restDays, lastUsed }: Draw): Float64Array {
  return Float64Array.from(rows, (row) => {
    const lot = chanceOf(daySeed, catalog.recordingIds[row] ?? 0);
    if (!reserve.isIn(row, day)) return 0.45 * reserve.shareOf(row) + 0.04 * lot;
    const unplayed = Math.max(0, Math.min(1, (day - restDays - (lastUsed[row] ?? UNKNOWN_DAY)) / UNPLAYED_DAYS));
    return (1 + (1 - UNPLAYED_SHARE) * lot + UNPLAYED_SHARE * unplayed) / 2;
  });
}
