import type { Catalog } from '../catalog-columns.ts';
import type { NumberField } from '../fields.ts';
import { totalWeight } from './examples.ts';

/** What two recordings are compared by; an unknown value says nothing. */
export const COMPARED_FIELDS = [
  'danceability',
  'energy',
  'valence',
  'acousticness',
  'loudness',
  'tempo',
  'speechiness',
  'instrumentalness',
  'liveness',
  'release_year',
  'popularity',
] as const satisfies readonly NumberField[];

/** Few examples do not tell how wide their kind of music is: as many recordings with half the catalog's variance are added to them. */
const PRIOR_WEIGHT = 4;
const PRIOR_VARIANCE = 0.5;
/** Distances count up to so many standard deviations of the catalog, and one field says no more than this, in nats. */
const AWAY_MAX = 4;
const FIELD_MAX = 1.5;
const FIELD_MIN = -3;

interface Distribution {
  readonly mean: number;
  readonly deviation: number;
}

const OF_CATALOG = new WeakMap<Catalog, readonly Distribution[]>();

/** Mean and standard deviation of each compared field over the catalog. */
function distributionsOf(catalog: Catalog): readonly Distribution[] {
  const known = OF_CATALOG.get(catalog);
  if (known) return known;
  const distributions = COMPARED_FIELDS.map((field) => {
    let [count, sum, square] = [0, 0, 0];
    for (let row = 0; row < catalog.size; row++) {
      const value = compared(catalog, field, row);
      if (Number.isNaN(value)) continue;
      count += 1;
      sum += value;
      square += value * value;
    }
    const mean = count === 0 ? 0 : sum / count;
    return { mean, deviation: count === 0 ? 1 : Math.sqrt(Math.max(1e-9, square / count - mean * mean)) };
  });
  OF_CATALOG.set(catalog, distributions);
  return distributions;
}

/** A tempo of 0 was not measured. */
function compared(catalog: Catalog, field: (typeof COMPARED_FIELDS)[number], row: number): number {
  const value = catalog.numbers[field][row] ?? Number.NaN;
  return field === 'tempo' && value === 0 ? Number.NaN : value;
}

/** A value of a row in standard deviations of the catalog; NaN where unknown. */
function standardized(catalog: Catalog, at: number, row: number): number {
  const { mean, deviation } = distributionsOf(catalog)[at] ?? { mean: 0, deviation: 1 };
  const value = (compared(catalog, COMPARED_FIELDS[at] ?? 'energy', row) - mean) / deviation;
  return Math.max(-AWAY_MAX, Math.min(AWAY_MAX, value));
}

/** How much a row sounds like some examples; `undefined` when no value of it is known. */
export type SoundLikeness = (row: number) => number | undefined;

/**
 * How many times likelier, in nats, a row is among music like the examples than in the whole catalog, by its sound, year and popularity: each field by
 * two normal distributions. Undefined when no example has a known value.
 */
export function soundLikeness(catalog: Catalog, weights: ReadonlyMap<number, number>): SoundLikeness | undefined {
  const all = totalWeight(weights);
  const fields = COMPARED_FIELDS.map((_, at) => {
    const known = [...weights]
      .map(([row, weight]) => ({ value: standardized(catalog, at, row), weight }))
      .filter(({ value }) => !Number.isNaN(value));
    const weight = known.reduce((sum, one) => sum + one.weight, 0);
    const mean = known.reduce((sum, one) => sum + one.weight * one.value, 0) / Math.max(1e-9, weight);
    const square = known.reduce((sum, one) => sum + one.weight * (one.value - mean) ** 2, 0);
    const deviation = Math.sqrt((square + PRIOR_WEIGHT * PRIOR_VARIANCE) / (weight + PRIOR_WEIGHT));
    return { at, share: weight / Math.max(1e-9, all), mean, deviation, base: Math.log(deviation) };
  }).filter(({ share }) => share > 0);
  if (fields.length === 0) return undefined;
  return (row) => {
    let likeness: number | undefined;
    for (const { at, share, mean, deviation, base } of fields) {
      const value = standardized(catalog, at, row);
      if (Number.isNaN(value)) continue;
      const away = (value - mean) / deviation;
      const ratio = (value * value - away * away) / 2 - base;
      likeness = (likeness ?? 0) + share * Math.max(FIELD_MIN, Math.min(FIELD_MAX, ratio));
    }
    return likeness;
  };
}

/** Whether a row has a known sound: any of the compared fields beside year and popularity. */
export function hasSound(catalog: Catalog, row: number): boolean {
  return COMPARED_FIELDS.some((field) => field !== 'release_year' && field !== 'popularity' && !Number.isNaN(compared(catalog, field, row)));
}

/** The example whose known values are nearest to those of a row, by the mean squared distance; undefined when none shares a known field. */
export function nearestExample(catalog: Catalog, row: number, examples: Iterable<number>): number | undefined {
  const own = COMPARED_FIELDS.map((_, at) => standardized(catalog, at, row));
  let nearest: { example: number; distance: number } | undefined;
  for (const example of examples) {
    const shared = own.map((value, at) => (standardized(catalog, at, example) - value) ** 2).filter((square) => !Number.isNaN(square));
    if (shared.length === 0) continue;
    const distance = shared.reduce((sum, square) => sum + square, 0) / shared.length;
    if (nearest === undefined || distance < nearest.distance) nearest = { example, distance };
  }
  return nearest?.example;
}
