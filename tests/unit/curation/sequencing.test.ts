import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENERGY_ARCS } from '#shared/domain/policies/document-vocabulary.ts';
import { CAMELOT_CODES, camelotCode, camelotSteps } from '#shared/domain/catalog/camelot.ts';
import { arcAt, camelotOf, NO_FLOW, stepBetween } from '#shared/domain/curation/flow.ts';
import { gapOf, sequence } from '#shared/domain/curation/sequencing.ts';
import { catalogOf } from './small-catalog.ts';
import type { RowSketch } from './small-catalog.ts';

/** Whether tracks by these artists, one each, can be ordered so that equal ones are `gap` apart. */
function isPossible(artists: readonly number[], gap: number, placed: number[] = []): boolean {
  if (artists.length === 0) return true;
  const recent = placed.slice(Math.max(0, placed.length - gap + 1));
  return [...new Set(artists)].some((artist) => {
    if (gap > 1 && recent.includes(artist)) return false;
    const rest = artists.toSpliced(artists.indexOf(artist), 1);
    return isPossible(rest, gap, [...placed, artist]);
  });
}

const keys = (sketches: readonly RowSketch[]) => [...sketches.keys()];

describe('the order of a list', () => {
  test('one artist per track: a possible separation is always found', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 0, max: 5 }),
        fc.nat(),
        (artists, artistGap, seed) => {
          const sketches = artists.map((artist, index) => ({ artistIds: [`a${artist}`], energy: ((index * 37) % 100) / 100 }));
          const { rows, achievedGap } = sequence(keys(sketches), catalogOf(sketches), { artistGap, seed });
          expect(rows.toSorted((a, b) => a - b)).toEqual(keys(sketches));
          if (isPossible(artists, artistGap)) expect(achievedGap).toBeGreaterThanOrEqual(artistGap);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('when it is impossible or artists share tracks, nothing is lost and the real distance is reported', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 2, max: 6 }),
        (credits, artistGap) => {
          const sketches = credits.map((artists) => ({ artistIds: artists.map((artist) => `a${artist}`) }));
          const catalog = catalogOf(sketches);
          const { rows, achievedGap } = sequence(keys(sketches), catalog, { artistGap, seed: 1 });
          expect(rows.toSorted((a, b) => a - b)).toEqual(keys(sketches));
          expect(achievedGap).toBe(gapOf(rows, catalog));
        },
      ),
    );
  });

  test('neighbors sound similar: the path through energy and tempo is a fraction of that of the drawn order', () => {
    const sketches = Array.from({ length: 50 }, (_, index) => ({
      artistIds: [`a${index % 25}`],
      energy: ((index * 61) % 50) / 50,
      tempo: 70 + ((index * 83) % 50) * 2,
    }));
    const catalog = catalogOf(sketches);
    const length = (rows: readonly number[]) => rows.slice(1).reduce((sum, row, index) => sum + stepBetween(catalog, rows[index] ?? 0, row), 0);
    const { rows, achievedGap } = sequence(keys(sketches), catalog, { artistGap: 5, seed: 3 });
    expect(achievedGap).toBeGreaterThanOrEqual(5);
    expect(length(rows)).toBeLessThan(length(keys(sketches)) * 0.4);
  });

  test('tracks with unknown sound get a position like any other', () => {
    const sketches = Array.from({ length: 10 }, (_, index) => ({ energy: index % 2 === 0 ? null : index / 10 }));
    const { rows } = sequence(keys(sketches), catalogOf(sketches), { artistGap: 3, seed: 3 });
    expect(rows.toSorted((a, b) => a - b)).toEqual(keys(sketches));
  });

  test('the same list and seed give the same order, another seed another one', () => {
    const sketches = Array.from({ length: 30 }, (_, index) => ({ artistIds: [`a${index % 7}`] }));
    const catalog = catalogOf(sketches);
    const order = (seed: number) => sequence(keys(sketches), catalog, { artistGap: 3, seed }).rows;
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });

  test('no tracks and one track are lists too', () => {
    const catalog = catalogOf([{}]);
    expect(sequence([], catalog, { artistGap: 3, seed: 1 })).toEqual({ rows: [], achievedGap: Infinity });
    expect(sequence([0], catalog, { artistGap: 3, seed: 1 }).rows).toEqual([0]);
  });
});

describe('the flow of a list', () => {
  const sketches = Array.from({ length: 50 }, (_, index) => ({
    artistIds: [`a${index % 25}`],
    energy: ((index * 61) % 50) / 50,
    tempo: 80 + ((index * 29 + 7 * (index % 3)) % 50),
    key: (index * 5) % 12,
    mode: index % 2,
  }));
  const catalog = catalogOf(sketches);
  const order = (flow: Partial<typeof NO_FLOW>, positions = new Map<number, number>()) =>
    sequence(keys(sketches), catalog, { artistGap: 4, seed: 3, flow: { ...NO_FLOW, ...flow }, positions });
  const clashes = (rows: readonly number[]) =>
    rows.slice(1).filter((row, index) => (camelotSteps(camelotOf(catalog, rows[index] ?? 0), camelotOf(catalog, row)) ?? 9) > 1).length;

  const tempoSteps = (rows: readonly number[]) =>
    rows.slice(1).reduce((sum, row, index) => sum + Math.abs((sketches[row]?.tempo ?? 0) - (sketches[rows[index] ?? 0]?.tempo ?? 0)), 0);

  test.each(ENERGY_ARCS.filter((arc) => arc !== 'free'))('energy follows the arc “%s” as closely as the artist separation allows', (energy) => {
    const { rows, achievedGap } = order({ energy });
    expect(achievedGap).toBeGreaterThanOrEqual(4);
    const off = rows.map((row, place) => Math.abs((sketches[row]?.energy ?? 0) - arcAt(energy, place / 49)));
    expect(off.reduce((sum, one) => sum + one, 0) / 50).toBeLessThan(energy === 'wave' ? 0.17 : 0.06);
  });

  test('harmonic mixing makes most neighbors mix, tempo matching makes the steps smaller', () => {
    expect(clashes(order({ harmonic: 1 }).rows)).toBeLessThan(9);
    expect(clashes(order({}).rows)).toBeGreaterThan(20);
    expect(tempoSteps(order({ tempo: 1 }).rows)).toBeLessThan(tempoSteps(order({}).rows));
    expect(order({ harmonic: 1 }).achievedGap).toBeGreaterThanOrEqual(4);
  });

  test('pinned tracks are at their position, whatever the arc, and the others keep their distance from them', () => {
    const positions = new Map([
      [7, 1],
      [8, 25],
      [9, 50],
    ]);
    const { rows, achievedGap } = order({ energy: 'rise', harmonic: 0.5 }, positions);
    expect([rows[0], rows[24], rows[49]]).toEqual([7, 8, 9]);
    expect(rows.toSorted((a, b) => a - b)).toEqual(keys(sketches));
    expect(achievedGap).toBeGreaterThanOrEqual(4);
  });

  test('an order is made in a few milliseconds and is always the same', () => {
    expect(order({ energy: 'wave', harmonic: 1, tempo: 1 }).rows).toEqual(order({ energy: 'wave', harmonic: 1, tempo: 1 }).rows);
  });

  test('tracks of unknown key, tempo and energy are neutral: nothing is lost, the known ones still follow', () => {
    const half = sketches.map((sketch, index) => (index % 2 ? { artistIds: sketch.artistIds } : sketch));
    const { rows } = sequence(keys(half), catalogOf(half), { artistGap: 4, seed: 3, flow: { energy: 'rise', harmonic: 0, tempo: 0 } });
    expect(rows.toSorted((a, b) => a - b)).toEqual(keys(half));
    const known = rows.filter((row) => row % 2 === 0).map((row) => sketches[row]?.energy ?? 0);
    const falls = known.slice(1).filter((energy, index) => energy < (known[index] ?? 0) - 0.3).length;
    expect(falls).toBeLessThan(3);
  });
});

const stepsFrom = (a: string, b: string) => camelotSteps(CAMELOT_CODES.indexOf(a), CAMELOT_CODES.indexOf(b));

test('keys are on the Camelot wheel: C major at 8B beside A minor at 8A, a fifth is an hour, and the wheel is round', () => {
  expect([camelotCode(0, 1), camelotCode(9, 0), camelotCode(7, 1), camelotCode(5, 1), camelotCode(4, 0)]).toEqual(['8B', '8A', '9B', '7B', '9A']);
  expect(new Set([0, 1].flatMap((mode) => Array.from({ length: 12 }, (_, key) => camelotCode(key, mode)))).size).toBe(24);
  expect([camelotCode(-1, 1), camelotCode(3, null), camelotCode(12, 0), camelotCode(1.5, 0), camelotCode(Number.NaN, 1)]).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect([
    stepsFrom('8A', '8A'),
    stepsFrom('8A', '8B'),
    stepsFrom('12A', '1A'),
    stepsFrom('1B', '12A'),
    stepsFrom('8A', '2A'),
    stepsFrom('8A', 'x'),
  ]).toEqual([0, 1, 1, 2, 6, null]);
});
