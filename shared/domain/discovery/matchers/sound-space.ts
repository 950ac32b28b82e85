/* oxlint-disable typescript/no-non-null-assertion -- places within typed arrays; a check of each would take half of the time. */
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { DIMENSIONS, partition } from './sound-partition.ts';
import type { SoundPartition } from './sound-partition.ts';
import { pointBetween, pointOf } from './sound-point.ts';
import type { SoundPoint } from './sound-point.ts';

/** What recordings are compared by. */
const FEATURES = [
  'danceability',
  'energy',
  'loudness',
  'mode',
  'speechiness',
  'acousticness',
  'instrumentalness',
  'liveness',
  'valence',
  'tempo',
] as const;
/** Values count up to so many standard deviations. */
const AWAY_MAX = 4;

/** The nearest rows, nearest first, with their distances in standard deviations of the catalog: the root of the mean square over twelve features. */
export interface NearestRows {
  readonly rows: Int32Array;
  readonly distances: Float64Array;
}

/** A catalog by how it sounds. */
export interface SoundSpace {
  /** The exact nearest rows to a row, itself left out. An unknown value counts as the distance to expect from it, on either side. */
  nearest(row: number, options: { readonly limit: number; readonly admits?: (row: number) => boolean }): NearestRows;
  /** The exact nearest rows to the point that divides the way from one row to another: share 0 is the first row, 1 the second. */
  between(
    ends: readonly [number, number],
    share: number,
    options: { readonly limit: number; readonly admits?: (row: number) => boolean },
  ): NearestRows;
  /** How far apart two rows are over the features that are known of both, in standard deviations, and how many those are. */
  compare(a: number, b: number): { readonly distance: number; readonly features: number };
  /** False when nothing about the sound of a row is known. */
  isKnown(row: number): boolean;
}

/** Builds the space of a catalog: ten audio features, length and year. Pauses often; a million recordings take about two seconds in all. */
export function* buildSoundSpace(catalog: Catalog): Generator<void, SoundSpace> {
  const known = new Uint8Array(catalog.size);
  const columns: Float32Array[] = FEATURES.map((feature) => catalog.numbers[feature]);
  for (const column of columns) for (let row = 0; row < catalog.size; row++) if (isValue(column[row])) known[row] = 1;
  const lengths = Float32Array.from(catalog.numbers.duration_ms, Math.log);
  const tempo = Float32Array.from(catalog.numbers.tempo, (value) => (value === 0 ? Number.NaN : value));
  columns[FEATURES.indexOf('tempo')] = tempo;
  columns.push(lengths, catalog.numbers.release_year);
  const space = yield* buildSpace(columns, catalog.size);
  return { ...space, isKnown: (row) => known[row] === 1 };
}

/** Builds a space of any twelve columns of equal length; NaN is unknown. */
export function* buildSpace(columns: readonly Float32Array[], size: number): Generator<void, Omit<SoundSpace, 'isKnown'>> {
  const standardized: Float32Array[] = [];
  for (const column of columns.slice(0, DIMENSIONS)) {
    standardized.push(standardize(column));
    yield;
  }
  const { points, missing, known } = interleave(standardized, size);
  yield;
  const parts = yield* partition(points, missing);
  return {
    nearest: (row, options) => nearestTo(parts, pointOf(parts, row), { admits: () => true, ...options }),
    between: (ends, share, options) => nearestTo(parts, pointBetween(parts, ends, share), { admits: () => true, ...options }),
    compare: (a, b) => compareRows(parts, (known[a] ?? 0) & (known[b] ?? 0), { a, b }),
  };
}

const isValue = (value: number | undefined) => value !== undefined && !Number.isNaN(value);

/** In standard deviations from the mean of the known values. */
function standardize(column: Float32Array): Float32Array {
  let [count, sum, square] = [0, 0, 0];
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    count += 1;
    sum += value;
    square += value * value;
  }
  const mean = sum / Math.max(1, count);
  const deviation = Math.sqrt(Math.max(1e-12, square / Math.max(1, count) - mean * mean));
  return column.map((value) => Math.max(-AWAY_MAX, Math.min(AWAY_MAX, (value - mean) / deviation)));
}

/**
 * Twelve values a row. Standardized values have mean 0 and variance 1, so the squared distance to expect between an unknown value and x is x² + 1: an
 * unknown value is stored as 0, and each adds 1. That is exact on either side, and for two unknown values, which are 2 apart.
 */
function interleave(columns: readonly Float32Array[], size: number): { points: Float32Array; missing: Float32Array; known: Uint16Array } {
  const points = new Float32Array(size * DIMENSIONS);
  const missing = new Float32Array(size).fill(DIMENSIONS - columns.length);
  /** One bit for each known value. */
  const known = new Uint16Array(size);
  columns.forEach((column, dimension) => {
    for (let row = 0; row < size; row++) {
      const value = column[row]!;
      if (Number.isNaN(value)) {
        missing[row]! += 1;
        continue;
      }
      points[row * DIMENSIONS + dimension] = value;
      known[row]! |= 1 << dimension;
    }
  });
  return { points, missing, known };
}

function compareRows({ points, placeOf }: SoundPartition, shared: number, { a, b }: { readonly a: number; readonly b: number }) {
  const [from, to] = [placeOf[a]! * DIMENSIONS, placeOf[b]! * DIMENSIONS];
  let [square, features] = [0, 0];
  for (let dimension = 0; dimension < DIMENSIONS; dimension++) {
    if (((shared >> dimension) & 1) === 0) continue;
    square += (points[from + dimension]! - points[to + dimension]!) ** 2;
    features += 1;
  }
  return { distance: features === 0 ? 0 : Math.sqrt(square / features), features };
}

/** The nearest places so far, as a heap whose first element is the farthest. */
interface Nearest {
  count: number;
  readonly distances: Float64Array;
  readonly places: Int32Array;
}

/** Blocks are taken from near to far by a bound on their distance, until none can hold a nearer row. */
function nearestTo(
  parts: SoundPartition,
  point: SoundPoint | undefined,
  { limit, admits }: { readonly limit: number; readonly admits: (row: number) => boolean },
): NearestRows {
  const { points, missing, rows, starts } = parts;
  const found: Nearest = { count: 0, distances: new Float64Array(limit).fill(Number.POSITIVE_INFINITY), places: new Int32Array(limit) };
  if (!point || limit === 0) return { rows: new Int32Array(0), distances: new Float64Array(0) };
  const { values: query, unknown, row } = point;
  const bounds = blockBounds(parts, query);
  for (const block of nearToFar(bounds)) {
    if ((bounds[block] ?? 0) >= (found.distances[0] ?? 0)) continue;
    scanBlock({ points, missing, query, from: starts[block] ?? 0, to: starts[block + 1] ?? 0 }, found, (place) => {
      const candidate = rows[place] ?? -1;
      return candidate !== row && admits(candidate);
    });
  }
  const sorted = Array.from({ length: found.count }, (_, at) => ({
    row: rows[found.places[at] ?? 0] ?? 0,
    square: found.distances[at] ?? 0,
  })).toSorted((a, b) => a.square - b.square || a.row - b.row);
  return {
    rows: Int32Array.from(sorted, (one) => one.row),
    distances: Float64Array.from(sorted, ({ square }) => Math.sqrt((square + unknown) / DIMENSIONS)),
  };
}

/** The least squared distance that a row of each block can have. */
function blockBounds({ low, high, leastMissing }: SoundPartition, query: Float32Array): Float32Array {
  const bounds = new Float32Array(leastMissing.length);
  for (let block = 0; block < bounds.length; block++) {
    let sum = leastMissing[block] ?? 0;
    const at = block * DIMENSIONS;
    for (let dimension = 0; dimension < DIMENSIONS; dimension++) {
      const value = query[dimension] ?? 0;
      const under = (low[at + dimension] ?? 0) - value;
      const over = value - (high[at + dimension] ?? 0);
      const away = under > 0 ? under : over > 0 ? over : 0;
      sum += away * away;
    }
    bounds[block] = sum;
  }
  return bounds;
}

const BUCKETS = 1_024;
const BUCKETS_PER_DEVIATION = 48;

/** Blocks in the order of their bounds, to the nearest bucket: sorting them exactly would take longer than scanning them. */
function nearToFar(bounds: Float32Array): Int32Array {
  const bucketOf = (bound: number) => Math.min(BUCKETS - 1, Math.floor(Math.sqrt(bound) * BUCKETS_PER_DEVIATION));
  const ends = new Int32Array(BUCKETS + 1);
  for (const bound of bounds) {
    const bucket = bucketOf(bound) + 1;
    ends[bucket] = (ends[bucket] ?? 0) + 1;
  }
  for (let bucket = 1; bucket <= BUCKETS; bucket++) ends[bucket] = (ends[bucket] ?? 0) + (ends[bucket - 1] ?? 0);
  const order = new Int32Array(bounds.length);
  bounds.forEach((bound, block) => {
    const bucket = bucketOf(bound);
    const at = ends[bucket] ?? 0;
    order[at] = block;
    ends[bucket] = at + 1;
  });
  return order;
}

interface Scan {
  readonly points: Float32Array;
  readonly missing: Float32Array;
  readonly query: Float32Array;
  readonly from: number;
  readonly to: number;
}

/** Compares every row of a block. Written out, because this is where the time goes; a row that is too far after half its values is left. */
function scanBlock({ points: p, missing, query, from, to }: Scan, found: Nearest, admits: (place: number) => boolean): void {
  const [q0 = 0, q1 = 0, q2 = 0, q3 = 0, q4 = 0, q5 = 0, q6 = 0, q7 = 0, q8 = 0, q9 = 0, q10 = 0, q11 = 0] = query;
  let farthest = found.distances[0] ?? 0;
  for (let place = from, at = from * DIMENSIONS; place < to; place++, at += DIMENSIONS) {
    const d0 = p[at]! - q0;
    const d1 = p[at + 1]! - q1;
    const d2 = p[at + 2]! - q2;
    const d3 = p[at + 3]! - q3;
    const d4 = p[at + 4]! - q4;
    const d5 = p[at + 5]! - q5;
    let sum = missing[place]! + d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3 + d4 * d4 + d5 * d5;
    if (sum >= farthest) continue;
    const d6 = p[at + 6]! - q6;
    const d7 = p[at + 7]! - q7;
    const d8 = p[at + 8]! - q8;
    const d9 = p[at + 9]! - q9;
    const d10 = p[at + 10]! - q10;
    const d11 = p[at + 11]! - q11;
    sum += d6 * d6 + d7 * d7 + d8 * d8 + d9 * d9 + d10 * d10 + d11 * d11;
    if (sum >= farthest || !admits(place)) continue;
    keep(found, sum, place);
    farthest = found.distances[0] ?? 0;
  }
}

/** Adds a place; the farthest one leaves when there are enough. */
function keep(found: Nearest, distance: number, place: number): void {
  const { distances, places } = found;
  // Unused elements are at infinity, so the first element is one of them until there are enough.
  if (found.count < distances.length) found.count += 1;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= distances.length) break;
    if (child + 1 < distances.length && distances[child + 1]! > distances[child]!) child += 1;
    if (distances[child]! <= distance) break;
    distances[at] = distances[child]!;
    places[at] = places[child]!;
    at = child;
  }
  distances[at] = distance;
  places[at] = place;
}
