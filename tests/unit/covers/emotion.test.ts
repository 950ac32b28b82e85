import { toOklab } from '#shared/domain/color.ts';
import { holds, paletteForMoods, workMood } from '#shared/domain/covers/art/emotion.ts';
import { findPalette } from '#shared/domain/covers/art/palettes.ts';
import { expect, test } from 'vitest';

const GRID = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const everywhere = GRID.flatMap((valence) => GRID.map((energy) => ({ valence, energy })));

test.each([
  [0.31, 0.72, 'tense'],
  [0.8, 0.9, 'excited'],
  [0.2, 0.2, 'wistful'],
  [0.8, 0.2, 'calm'],
  [0.55, 0.45, 'mixed'],
  [null, 0.9, 'mixed'],
  [0.9, null, 'mixed'],
] as const)('valence %s and energy %s are called %s', (valence, energy, word) => {
  expect(workMood({ valence, energy }).word).toBe(word);
});

test('the working names the nearest palettes in order, and the first is the one that is used', () => {
  for (const mood of everywhere) {
    const { nearest } = workMood(mood);
    expect(nearest.map(({ distance }) => distance)).toEqual(nearest.map(({ distance }) => distance).toSorted((a, b) => a - b));
    expect(paletteForMoods([mood]).palette.id).toBe(nearest[0]!.id);
  }
});

test('a palette is shifted by at most 15 %, keeps its ink, and keeps its rules for contrast and distance', () => {
  for (const mood of everywhere) {
    const { palette, working } = paletteForMoods([mood]);
    for (const factor of Object.values(working[0]!.shift)) expect(Math.abs(factor - 1)).toBeLessThanOrEqual(0.150001);
    expect(holds(palette), JSON.stringify(mood)).toBe(true);
    const original = findPalette(palette.id)!;
    expect(palette.ink).toBe(original.ink);
    for (const [i, spot] of palette.spots.entries()) expect(toOklab(spot)[0] / toOklab(original.spots[i]!)[0]).toBeGreaterThan(0.84);
  }
});

const brightness = (valence: number) => mean(GRID.map((energy) => toOklab(paletteForMoods([{ valence, energy }]).palette.ground)[0]));
const saturation = (energy: number) =>
  mean(
    GRID.map((valence) =>
      mean(
        [...paletteForMoods([{ valence, energy }]).palette.spots, paletteForMoods([{ valence, energy }]).palette.ground].map((hex) =>
          Math.hypot(toOklab(hex)[1], toOklab(hex)[2]),
        ),
      ),
    ),
  );

test('happy music gets brighter palettes than sad music, and lively music more saturated ones than quiet music', () => {
  expect(brightness(0.9)).toBeGreaterThan(brightness(0.1) + 0.1);
  expect(saturation(0.95)).toBeGreaterThan(saturation(0.05) + 0.02);
});

test('every palette is the nearest to some mood, except at most a third of them', () => {
  const used = new Set(everywhere.map((mood) => workMood(mood).nearest[0]!.id));
  expect(used.size).toBeGreaterThanOrEqual(16);
});

test('music with two moods keeps the first mood’s ground and borrows one spot color of the second', () => {
  const [first, second] = [
    { valence: 0.9, energy: 0.8 },
    { valence: 0.1, energy: 0.2 },
  ];
  const { palette, working } = paletteForMoods([first, second]);
  const alone = paletteForMoods([first]).palette;
  expect(working.map(({ word }) => word)).toEqual(['excited', 'wistful']);
  expect(palette.ground).toBe(alone.ground);
  expect(palette.spots.slice(0, 2)).toEqual(alone.spots.slice(0, 2));
  expect(paletteForMoods([second]).palette.spots).toContain(palette.spots[2]);
  expect(holds(palette)).toBe(true);
});

test('an unknown number counts as the middle of the catalog, never as zero', () => {
  expect(workMood({ valence: null, energy: null }).nearest).toEqual(workMood({ valence: 0.54, energy: 0.66 }).nearest);
  expect(workMood({ valence: null, energy: null }).nearest).not.toEqual(workMood({ valence: 0, energy: 0 }).nearest);
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
