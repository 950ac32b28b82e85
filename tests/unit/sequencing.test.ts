import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stepBetween } from '#shared/domain/flow.ts';
import { gapOf, sequence } from '#shared/domain/sequencing.ts';
import { catalogueOf } from './small-catalogue.ts';
import type { RowSketch } from './small-catalogue.ts';

/** Whether tracks of these artists, one each, can stand so that equal ones are `gap` apart. */
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
  test('one artist a track: a separation that is possible is always found', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 0, max: 5 }),
        fc.nat(),
        (artists, artistGap, seed) => {
          const sketches = artists.map((artist, index) => ({ artistIds: [`a${artist}`], energy: ((index * 37) % 100) / 100 }));
          const { rows, achievedGap } = sequence(keys(sketches), catalogueOf(sketches), { artistGap, seed });
          expect(rows.toSorted((a, b) => a - b)).toEqual(keys(sketches));
          if (isPossible(artists, artistGap)) expect(achievedGap).toBeGreaterThanOrEqual(artistGap);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('where it is impossible or artists share tracks, nothing is lost and the distance is told as it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 2, max: 6 }),
        (credits, artistGap) => {
          const sketches = credits.map((artists) => ({ artistIds: artists.map((artist) => `a${artist}`) }));
          const catalogue = catalogueOf(sketches);
          const { rows, achievedGap } = sequence(keys(sketches), catalogue, { artistGap, seed: 1 });
          expect(rows.toSorted((a, b) => a - b)).toEqual(keys(sketches));
          expect(achievedGap).toBe(gapOf(rows, catalogue));
        },
      ),
    );
  });

  test('neighbours sound alike: the way through energy and tempo is a fraction of that of the order as drawn', () => {
    const sketches = Array.from({ length: 50 }, (_, index) => ({
      artistIds: [`a${index % 25}`],
      energy: ((index * 61) % 50) / 50,
      tempo: 70 + ((index * 83) % 50) * 2,
    }));
    const catalogue = catalogueOf(sketches);
    const length = (rows: readonly number[]) => rows.slice(1).reduce((sum, row, index) => sum + stepBetween(catalogue, rows[index] ?? 0, row), 0);
    const { rows, achievedGap } = sequence(keys(sketches), catalogue, { artistGap: 5, seed: 3 });
    expect(achievedGap).toBeGreaterThanOrEqual(5);
    expect(length(rows)).toBeLessThan(length(keys(sketches)) * 0.4);
  });

  test('tracks whose sound is unknown find a place like any other', () => {
    const sketches = Array.from({ length: 10 }, (_, index) => ({ energy: index % 2 === 0 ? null : index / 10 }));
    const { rows } = sequence(keys(sketches), catalogueOf(sketches), { artistGap: 3, seed: 3 });
    expect(rows.toSorted((a, b) => a - b)).toEqual(keys(sketches));
  });

  test('the same list and seed give the same order, another seed another one', () => {
    const sketches = Array.from({ length: 30 }, (_, index) => ({ artistIds: [`a${index % 7}`] }));
    const catalogue = catalogueOf(sketches);
    const order = (seed: number) => sequence(keys(sketches), catalogue, { artistGap: 3, seed }).rows;
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });

  test('no tracks and one track are lists too', () => {
    const catalogue = catalogueOf([{}]);
    expect(sequence([], catalogue, { artistGap: 3, seed: 1 })).toEqual({ rows: [], achievedGap: Infinity });
    expect(sequence([0], catalogue, { artistGap: 3, seed: 1 }).rows).toEqual([0]);
  });
});
