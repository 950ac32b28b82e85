import { samplePool } from '#shared/domain/discovery/vibes/selection/sample-pool.ts';
import { expect, test } from 'vitest';
import { catalogOf } from '#tests/unit/curation/small-catalog.ts';

const SIZE = 40_000;
const catalog = catalogOf(Array.from({ length: SIZE }, () => ({})));
const pool = Int32Array.from({ length: SIZE }, (_, row) => row);
/** Every twentieth row goes with the examples, the later the better. */
const neighbors = {
  lifts: Float32Array.from(pool, (row) => (row % 20 === 0 ? 1 + row / SIZE : Number.NaN)),
  links: new Uint8Array(SIZE),
  examples: new Int32Array(SIZE).fill(-1),
  together: new Uint16Array(SIZE),
  seeds: new Int32Array(0),
};

test('a small pool is used whole', () => {
  const small = pool.subarray(0, 12_000);
  expect(samplePool(small, { catalog, seed: 'monday' })).toEqual(small);
});

test('a list of a large pool is chosen from an even sample of it, the same for the same seed', () => {
  const sample = samplePool(pool, { catalog, seed: 'monday' });
  expect(sample.length).toBeGreaterThan(11_500);
  expect(sample.length).toBeLessThan(12_500);
  expect(sample).toEqual(samplePool(pool, { catalog, seed: 'monday' }));
  expect(sample).not.toEqual(samplePool(pool, { catalog, seed: 'tuesday' }));
  const firstHalf = sample.filter((row) => row < SIZE / 2).length;
  expect(firstHalf / sample.length).toBeGreaterThan(0.48);
  expect(firstHalf / sample.length).toBeLessThan(0.52);
});

test('what goes best with the examples is in every sample', () => {
  const sample = new Set(samplePool(pool, { catalog, seed: 'monday', neighbors }));
  expect(pool.filter((row) => row % 20 === 0).every((row) => sample.has(row))).toBe(true);
  expect(sample.size).toBeLessThan(12_500);
  const many = { ...neighbors, lifts: Float32Array.from(pool, (row) => 1 + row / SIZE) };
  const best = samplePool(pool, { catalog, seed: 'monday', neighbors: many }).filter((row) => row >= SIZE - 4_000);
  expect(best).toHaveLength(4_000);
});
