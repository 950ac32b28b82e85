import type { VibeShare } from '#shared/contracts/discovery/vibe-spec.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { NumberField } from '#shared/domain/catalog/fields.ts';

/** Values of one field at the percentiles of `PERCENTILES`, ascending. */
type Quantiles = readonly number[];

/** What "high" and "low" mean in a catalog: the quantiles of the fields that words are about. */
export type FeatureScale = Readonly<Record<VibeShare | 'popularity', Quantiles>>;

const PERCENTILES = [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1] as const;
/** With fewer known values the quantiles of a catalog say little. */
const KNOWN_MIN = 200;
/** Sampling a large catalog this densely moves a quantile by less than 0.005. */
const SAMPLE_MAX = 20_000;

/** The catalog's column behind each field of a spec. */
export const FIELD_OF_SHARE: Readonly<Record<VibeShare, NumberField>> = {
  energy: 'energy',
  valence: 'valence',
  dance: 'danceability',
  acoustic: 'acousticness',
  instrumental: 'instrumentalness',
  speech: 'speechiness',
  live: 'liveness',
};

/** Quantiles over 66,307 tracks of many genres, for a catalog that knows too few values. */
export const GENERAL_SCALE: FeatureScale = {
  energy: [0, 0.18, 0.28, 0.47, 0.66, 0.82, 0.92, 0.95, 1],
  valence: [0, 0.1, 0.17, 0.33, 0.54, 0.74, 0.88, 0.93, 1],
  dance: [0, 0.26, 0.34, 0.47, 0.6, 0.71, 0.8, 0.84, 1],
  acoustic: [0, 0, 0, 0.02, 0.16, 0.52, 0.83, 0.93, 1],
  instrumental: [0, 0, 0, 0, 0, 0.03, 0.74, 0.88, 1],
  speech: [0, 0.03, 0.03, 0.04, 0.05, 0.09, 0.21, 0.29, 1],
  live: [0, 0.06, 0.08, 0.1, 0.13, 0.28, 0.45, 0.67, 1],
  popularity: [0, 0, 5, 18, 34, 50, 62, 69, 100],
};

const SCALES = new WeakMap<Catalog, FeatureScale>();

/** The quantiles of a catalog; general ones for a field that it knows of too few recordings. */
export function featureScaleOf(catalog: Catalog): FeatureScale {
  const known = SCALES.get(catalog);
  if (known) return known;
  const of = (field: NumberField, general: Quantiles, most: number) => quantilesOf(catalog.numbers[field], general, most);
  const shares = Object.entries(FIELD_OF_SHARE).map(([share, field]) => [share, of(field, GENERAL_SCALE[share as VibeShare], 1)] as const);
  const scale = { ...Object.fromEntries(shares), popularity: of('popularity', GENERAL_SCALE.popularity, 100) } as FeatureScale;
  SCALES.set(catalog, scale);
  return scale;
}

function quantilesOf(column: Float32Array, general: Quantiles, most: number): Quantiles {
  const step = Math.max(1, Math.floor(column.length / SAMPLE_MAX));
  const values: number[] = [];
  for (let row = 0; row < column.length; row += step) {
    const value = column[row] ?? Number.NaN;
    if (!Number.isNaN(value)) values.push(value);
  }
  if (values.length < Math.min(KNOWN_MIN, column.length / step / 2)) return general;
  const sorted = Float64Array.from(values).toSorted();
  const inner = PERCENTILES.slice(1, -1).map((share) => sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))] ?? 0);
  return [0, ...inner, most];
}

/** The percentile (0–1) of a value; the inverse of `valueAt`. */
export function percentileOf(scale: FeatureScale, field: keyof FeatureScale, value: number): number {
  const quantiles = scale[field];
  const above = quantiles.findIndex((quantile) => quantile >= value);
  if (above <= 0) return above === 0 ? 0 : 1;
  const [from, to] = [quantiles[above - 1] ?? 0, quantiles[above] ?? 1];
  const [low, high] = [PERCENTILES[above - 1] ?? 0, PERCENTILES[above] ?? 1];
  return low + ((value - from) / (to - from)) * (high - low);
}

/** The value at a percentile (0–1), between the known ones by line. */
export function valueAt(scale: FeatureScale, field: keyof FeatureScale, percentile: number): number {
  const quantiles = scale[field];
  const above = PERCENTILES.findIndex((share) => share >= percentile);
  if (above <= 0) return quantiles[0] ?? 0;
  const [low, high] = [PERCENTILES[above - 1] ?? 0, PERCENTILES[above] ?? 1];
  const [from, to] = [quantiles[above - 1] ?? 0, quantiles[above] ?? 1];
  return from + ((percentile - low) / (high - low)) * (to - from);
}
