import type { SpreadPicture } from '#shared/contracts/curation/preview.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { NumberField } from '#shared/domain/catalog/fields.ts';
import { measured } from './pool-lift.ts';
import type { NumberTarget } from './pool-lift.ts';
import { deviationOf, knownValues } from './list-measures.ts';

const BINS = 12;
/** The picture reaches this many standard deviations from the wished mean and from the list's. */
const REACH = 2.5;
const ABOVE_ZERO: ReadonlySet<NumberField> = new Set(['tempo', 'duration_ms', 'artist_count', 'time_signature', 'key', 'mode']);
const UP_TO_ONE: ReadonlySet<NumberField> = new Set([
  'danceability',
  'energy',
  'speechiness',
  'acousticness',
  'instrumentalness',
  'liveness',
  'valence',
]);

/** How a list is distributed over the values of each target, beside a normal distribution with the target's mean and spread. */
export function pictureSpreads(catalog: Catalog, rows: readonly number[], { prefer }: Pick<Policy, 'prefer'>): SpreadPicture[] {
  return prefer.flatMap((preference) => ('toward' in preference ? [pictureSpread(catalog, rows, preference)] : []));
}

function pictureSpread(catalog: Catalog, rows: readonly number[], { field, toward, spread }: NumberTarget): SpreadPicture {
  const known = knownValues(rows.map((row) => measured(catalog, field, row)));
  const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = known.length === 0 ? null : deviationOf(known);
  const [low, high] = rangeOf(field, [toward, spread], [mean ?? toward, deviation ?? spread]);
  const width = (high - low) / BINS;
  const counts = new Uint32Array(BINS);
  for (const value of known) {
    const bin = Math.max(0, Math.min(BINS - 1, Math.floor((value - low) / width)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const below = (edge: number) => (edge === 0 ? 0 : edge === BINS ? 1 : normalShare((low + edge * width - toward) / spread));
  return {
    field,
    toward,
    spread,
    mean,
    deviation,
    known: known.length,
    unknown: rows.length - known.length,
    bins: Array.from({ length: BINS }, (_, at) => ({
      from: low + at * width,
      to: low + (at + 1) * width,
      tracks: counts[at] ?? 0,
      wished: known.length * (below(at + 1) - below(at)),
    })),
  };
}

/** The values from the lowest to the highest end of both distributions, within what the field can have. */
function rangeOf(field: NumberField, ...of: readonly (readonly [mean: number, deviation: number])[]): readonly [number, number] {
  const isShare = UP_TO_ONE.has(field);
  const [floor, ceiling] = field === 'popularity' ? [0, 100] : [isShare || ABOVE_ZERO.has(field) ? 0 : -Infinity, isShare ? 1 : Infinity];
  const low = Math.max(floor, Math.min(...of.map(([mean, deviation]) => mean - REACH * deviation)));
  const high = Math.min(ceiling, Math.max(...of.map(([mean, deviation]) => mean + REACH * deviation)));
  return high > low ? [low, high] : [low, low + 1];
}

/** The share of a standard normal distribution below a value, to 1.5e-7: Abramowitz and Stegun, 7.1.26. */
function normalShare(value: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(value)) / Math.SQRT2);
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const above = (polynomial * Math.exp((-value * value) / 2)) / 2;
  return value < 0 ? above : 1 - above;
}
