import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { arcAt } from '#shared/domain/curation/flow.ts';
import type { CuratedPolicy } from './curated-days.ts';
import { correlation, deviation, mean, percentileIn, quantile, ranks } from './statistics.ts';

/** Energy that an arc has to span to be heard. */
const HEARD_RANGE = 0.25;

/** Figures of the order of lists. */
export interface OrderFigures {
  readonly lagEnergy: number;
  readonly lagTempo: number;
  readonly openerDistance: number;
  readonly openerPopularity: number;
}

/** Correlation of neighbors, and how near the middle of its list and how popular the first track is, as percentiles within the list. */
export function measureOrder(catalog: Catalog, lists: readonly (readonly number[])[]): OrderFigures {
  const { energy, tempo, popularity } = catalog.numbers;
  const full = lists.filter((rows) => rows.length > 2);
  return {
    lagEnergy: mean(full.map((rows) => lag(of(energy, rows)))),
    lagTempo: mean(full.map((rows) => lag(of(tempo, rows)))),
    openerDistance: mean(full.map((rows) => openerDistance(catalog, rows))),
    openerPopularity: mean(full.map((rows) => percentileIn(of(popularity, rows), popularity[rows[0] ?? 0] ?? Number.NaN))),
  };
}

const of = (column: Float32Array, rows: readonly number[]) => rows.map((row) => column[row] ?? Number.NaN);
const lag = (values: readonly number[]) => correlation(values.slice(0, -1), values.slice(1));
const isHeard = (list: { spread: number }) => list.spread >= HEARD_RANGE;

/** The percentile of the first track's distance from the middle of its list, in standard deviations over six features. */
function openerDistance(catalog: Catalog, rows: readonly number[]): number {
  const columns = (['danceability', 'energy', 'valence', 'acousticness', 'loudness', 'tempo'] as const).map((field) => catalog.numbers[field]);
  const sums = rows.map(() => 0);
  for (const column of columns) {
    const values = rows.map((row) => column[row] ?? Number.NaN);
    const [middle, width] = [mean(values), deviation(values) || 1];
    values.forEach((value, at) => (sums[at] = (sums[at] ?? 0) + (Number.isNaN(value) ? 0 : ((value - middle) / width) ** 2)));
  }
  return percentileIn(sums, sums[0] ?? 0);
}

/** How well lists follow their arc: rank correlation, energy between the arc's low and high parts, and the share of lists without the range for it. */
export interface ArcFigures {
  readonly correlation: number;
  readonly range: number;
  readonly unavailable: number;
}

/** Figures of the lists of policies with an energy arc; the range is of lists that have enough of it. */
export function measureArcs(catalog: Catalog, curated: readonly CuratedPolicy[]): ArcFigures {
  const lists = curated.flatMap(({ policy, lists: days }) =>
    policy.flow.energy === 'free' ? [] : days.map(({ rows }) => arcOf(catalog, rows, policy.flow.energy)),
  );
  return {
    correlation: mean(lists.map((list) => list.correlation)),
    range: mean(lists.filter(isHeard).map((list) => list.range)),
    unavailable: mean(lists.map((list) => (isHeard(list) ? 0 : 1))),
  };
}

function arcOf(catalog: Catalog, rows: readonly number[], arc: Parameters<typeof arcAt>[0]) {
  const energies = rows.map((row) => catalog.numbers.energy[row] ?? Number.NaN);
  const heights = rows.map((_, at) => arcAt(arc, at / Math.max(1, rows.length - 1)));
  const [low, high] = [quantile(heights, 0.25), quantile(heights, 0.75)];
  return {
    correlation: correlation(ranks(energies), ranks(heights)),
    range: mean(energies.filter((_, at) => (heights[at] ?? 0) >= high)) - mean(energies.filter((_, at) => (heights[at] ?? 0) <= low)),
    spread: quantile(energies, 0.95) - quantile(energies, 0.05),
  };
}
