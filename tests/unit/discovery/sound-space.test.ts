import { buildSoundSpace, buildSpace } from '#shared/domain/discovery/matchers/sound-space.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { expect, test } from 'vitest';
import { catalogOf } from '#tests/unit/curation/small-catalog.ts';

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const SIZE = 3_000;
/** Twelve columns, some of them related; one value in ten is unknown, and some rows are equal. */
const columns = Array.from({ length: 12 }, (_, column) =>
  Float32Array.from({ length: SIZE }, (_row, row) => {
    if (chanceOf(50 + column, row) < 0.1) return Number.NaN;
    return chanceOf(column % 5, row - (row % 7)) + 0.3 * chanceOf(column, row - (row % 3));
  }),
);

/** The rule, written without any shortcut: an unknown value is as far away as is to be expected. */
function expectedDistances(from: number): number[] {
  const scaled = columns.map((column) => {
    const known = column.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
    return Array.from(column, (value) => (value - mean) / deviation);
  });
  return Array.from({ length: SIZE }, (_, row) => {
    const squares = scaled.map((column) => {
      const [x = 0, y = 0] = [column[from], column[row]];
      if (Number.isNaN(x)) return Number.isNaN(y) ? 2 : y * y + 1;
      return Number.isNaN(y) ? x * x + 1 : (x - y) ** 2;
    });
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / 12);
  });
}

test('the nearest are exactly the nearest, with unknown values as far away as is to be expected', () => {
  const space = finish(buildSpace(columns, SIZE));
  for (const row of [0, 1, 77, 1_500, 2_999]) {
    const all = expectedDistances(row)
      .map((distance, at) => ({ distance, at }))
      .filter(({ at }) => at !== row)
      .toSorted((a, b) => a.distance - b.distance);
    const found = space.nearest(row, { limit: 50 });
    expect(found.rows).toHaveLength(50);
    expect(new Set(found.rows).size).toBe(50);
    found.distances.forEach((distance, place) => expect(distance).toBeCloseTo(all[place]!.distance, 4));
  }
});

test('rows that are not admitted give their place to the next', () => {
  const space = finish(buildSpace(columns, SIZE));
  const all = space.nearest(5, { limit: 40 });
  const odd = space.nearest(5, { limit: 20, admits: (row) => row % 2 === 1 });
  expect([...odd.rows]).toEqual([...space.nearest(5, { limit: SIZE }).rows].filter((row) => row % 2 === 1).slice(0, 20));
  expect(all.rows).not.toContain(5);
});

test('more than there are gives all of them, and none of none', () => {
  const space = finish(
    buildSpace(
      columns.map((column) => column.subarray(0, 10)),
      10,
    ),
  );
  expect(space.nearest(3, { limit: 50 }).rows).toHaveLength(9);
  expect(space.nearest(99, { limit: 50 }).rows).toHaveLength(0);
  expect(
    finish(
      buildSpace(
        columns.map(() => new Float32Array(0)),
        0,
      ),
    ).nearest(0, { limit: 5 }).rows,
  ).toHaveLength(0);
});

test('a recording without any audio feature has no known sound; a tempo of 0 is unknown', () => {
  const catalog = catalogOf([{ energy: 0.5, tempo: 120 }, {}, { energy: 0.5, tempo: 0 }, { energy: 0.5, tempo: 121 }, { energy: 0.9, tempo: 60 }]);
  const space = finish(buildSoundSpace(catalog));
  expect([0, 1, 2].map((row) => space.isKnown(row))).toEqual([true, false, true]);
  expect(space.nearest(0, { limit: 1 }).rows).toEqual(Int32Array.of(3));
});
