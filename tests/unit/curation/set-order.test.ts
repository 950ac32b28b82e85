import { expect, test } from 'vitest';
import { improveOrder } from '#shared/domain/curation/improve-order.ts';
import { exactOrder } from '#shared/domain/curation/quality/exact-order.ts';
import { setCosts } from '#shared/domain/curation/quality/set-order.ts';
import { fitTilt } from '#shared/domain/curation/quality/tilt.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { catalogOf } from './small-catalog.ts';

const NO_ROLES = { opener: [], closer: [], peak: [] };
const FREE = { energy: 'free', harmonic: 0, tempo: 0 } as const;

function costOf({ steps, positions }: ReturnType<typeof setCosts>, order: readonly number[]): number {
  const count = order.length;
  return order.reduce(
    (sum, track, at) => sum + (at === 0 ? 0 : (steps[(order[at - 1] ?? 0) * count + track] ?? 0)) + (positions?.[track * count + at] ?? 0),
    0,
  );
}

test('double time is the same tempo, and a step within the tolerance costs nothing', () => {
  const tempos = [70, 140, 71, 69, 100, 70];
  const catalog = catalogOf(tempos.map((tempo) => ({ tempo, energy: 0.5 })));
  const { steps } = setCosts(catalog, [...tempos.keys()], { flow: { ...FREE, tempo: 1 }, roles: NO_ROLES });
  expect([steps[1], steps[2], steps[3]]).toEqual([0, 0, 0]);
  expect(steps[4]).toBeGreaterThan(0);
});

test('the opener is near the middle of its list and well known; roles with preferences choose theirs', () => {
  const catalog = catalogOf(Array.from({ length: 20 }, (_, at) => ({ energy: at / 20, valence: at / 20, popularity: at === 10 ? 90 : at })));
  const rows = [...Array(20).keys()];
  const orderWith = (roles: Parameters<typeof setCosts>[2]['roles']) =>
    improveOrder({ rows, catalog, gap: 1, fixed: new Map(), costsOf: (ordered) => setCosts(catalog, ordered, { flow: FREE, roles }) });
  expect(orderWith(NO_ROLES)[0]).toBe(10);
  const closed = orderWith({ opener: [], peak: [], closer: [{ field: 'energy', toward: 0, spread: 0.1, weight: 1 }] });
  expect(closed.at(-1)).toBe(0);
});

test('a short list gets the best of all orders', () => {
  for (let seed = 0; seed < 10; seed++) {
    const catalog = catalogOf(
      Array.from({ length: 6 }, (_, at) => ({
        energy: chanceOf(seed, at),
        tempo: 60 + 100 * chanceOf(seed + 50, at),
        popularity: at,
        artistIds: [`a${at % 4}`],
      })),
    );
    const rows = [...Array(6).keys()];
    const costs = setCosts(catalog, rows, { flow: { energy: 'wave', harmonic: 0.5, tempo: 0.5 }, roles: NO_ROLES });
    const found = exactOrder({ rows, catalog, gap: 1, fixed: new Map(), costsOf: () => costs });
    const all = permutations(rows).map((order) => costOf(costs, order));
    expect(costOf(costs, found)).toBeCloseTo(Math.min(...all), 9);
  }
});

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

test('drawn rows have the wanted moments where the pool allows it, and come as near as it has otherwise', () => {
  const values = Float64Array.from({ length: 2_000 }, (_, at) => chanceOf(1, at) * 6 - 4);
  const shares = (drawn: number, center: number) => {
    const features = [values.map((z) => z - center), values.map((z) => (z - center) ** 2 - 1)];
    const { base, factors } = fitTilt({ drawn, offsets: new Float64Array(2_000), features, ridges: [1e-4, 1e-4] });
    return values.map((_, at) => Math.min(1, Math.exp(base + factors.reduce((sum, factor, f) => sum + factor * (features[f]?.[at] ?? 0), 0))));
  };
  const meanOf = (weights: Float64Array) =>
    weights.reduce((sum, share, at) => sum + share * (values[at] ?? 0), 0) / weights.reduce((sum, share) => sum + share, 0);
  const near = shares(300, 0.3);
  expect(near.reduce((sum, share) => sum + share, 0)).toBeCloseTo(300, 0);
  expect(meanOf(near)).toBeCloseTo(0.3, 1);
  const best = values.toSorted().slice(-1_500);
  expect(meanOf(shares(1_500, 5))).toBeGreaterThan(best.reduce((sum, value) => sum + value, 0) / 1_500 - 0.05);
});
