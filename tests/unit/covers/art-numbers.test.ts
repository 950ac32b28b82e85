import { ART_FAMILIES } from '#shared/domain/covers/art/families.ts';
import { ART_FAMILY_NAMES, COMPOSITIONS } from '#shared/domain/covers/art/family-names.ts';
import type { ArtFamily } from '#shared/domain/covers/art/family-names.ts';
import type { DisplayList } from '#shared/domain/covers/art/display-list.ts';
import { describe, expect, test } from 'vitest';
import { countShapes, flatItems, pictureOf } from '../../support/covers/measure-picture.ts';

const ALL = ART_FAMILY_NAMES.flatMap((family) => Array.from({ length: COMPOSITIONS }, (_, composition) => [family, composition] as const));
const STEPS = {
  tempo: [60, 80, 100, 120, 140, 160, 180],
  energy: [0, 0.2, 0.4, 0.6, 0.8, 1],
  acousticness: [0, 0.2, 0.4, 0.6, 0.8, 1],
  valence: [0, 0.2, 0.4, 0.6, 0.8, 1],
} as const;
type Stepped = keyof typeof STEPS;

const drewNumber = (drew: string) => Number(/\d+/u.exec(drew)![0]);
const strokes = (list: DisplayList) => flatItems(list).filter(({ kind }) => kind === 'stroke');
const glyphs = (list: DisplayList) => flatItems(list).filter((item) => item.kind === 'glyphs');
const strokeWidth = (list: DisplayList) => Math.max(...strokes(list).map((item) => (item.kind === 'stroke' ? item.width : 0)));
const curves = (list: DisplayList) =>
  flatItems(list).reduce((sum, item) => sum + (item.kind === 'fill' ? item.path.filter((value) => value === 2).length : 0), 0);
const weight = (list: DisplayList) => glyphs(list)[0]!.weight;
/** How far the corners of the first rounded field reach along its edge. */
const spread = (list: DisplayList, kind: 'fill' | 'stroke' | 'clip', at: number) => {
  const item = flatItems(list).filter((one) => one.kind === kind)[at]!;
  return item.kind === 'glyphs' ? 0 : item.path.filter((value) => value === 2).length > 0 ? item.path[1]! - Math.min(...xs(item.path)) : 0;
};
const xs = (path: readonly number[]) => path.filter((_, i) => i % 2 === 1);

/** One visible thing a number moves, measured on the display list and not on what the picture says of itself. */
const VISIBLE: readonly (readonly [ArtFamily, number, Stepped, string, (list: DisplayList) => number])[] = [
  ['grid', 0, 'energy', 'modules', (list) => flatItems(list).length],
  ['grid', 1, 'tempo', 'modules across', (list) => flatItems(list).length],
  ['halftone', 0, 'tempo', 'dots', (list) => countShapes(list)],
  ['halftone', 1, 'tempo', 'dots', (list) => countShapes(list)],
  ['paper', 3, 'tempo', 'pieces', (list) => flatItems(list).length],
  ['paper', 4, 'tempo', 'stems', (list) => strokes(list).length],
  ['contour', 0, 'tempo', 'layers', (list) => strokes(list).length],
  ['rules', 0, 'tempo', 'lines', (list) => countShapes(list)],
  ['rules', 1, 'tempo', 'lines', (list) => countShapes(list)],
  ['type', 0, 'energy', 'weight', weight],
  ['type', 0, 'tempo', 'rules', (list) => countShapes(list)],
  ['groove', 0, 'tempo', 'rings', (list) => strokes(list).length],
  ['groove', 1, 'tempo', 'rings', (list) => strokes(list).length],
  ['score', 0, 'tempo', 'beats', (list) => flatItems(list).length],
  ['score', 3, 'tempo', 'beats', (list) => strokes(list).length],
  ['letter', 0, 'energy', 'weight', weight],
  ['letter', 2, 'tempo', 'prints', (list) => glyphs(list).length],
  ['letter', 3, 'acousticness', 'roundness', (list) => spread(list, 'fill', 1)],
  ['emblem', 0, 'tempo', 'prints', (list) => flatItems(list).length],
  ['emblem', 4, 'acousticness', 'roundness', (list) => spread(list, 'fill', 1)],
  ['echo', 0, 'tempo', 'lines', (list) => glyphs(list).length],
  ['echo', 0, 'energy', 'weight', weight],
];

test.each(VISIBLE)('%s %i: more %s means more %s', (family, composition, number, _, measure) => {
  const values = STEPS[number].map((value) => measure(pictureOf(family, composition, { [number]: value }).list));
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(values.at(-1)!).toBeGreaterThan(values[0]!);
});

const rings = (change: object) => pictureOf('groove', 1, change).list;

test('louder music has broader rings, and more acoustic music rounder ones', () => {
  expect(STEPS.energy.map((energy) => strokeWidth(rings({ energy })))).toEqual(
    STEPS.energy.map((energy) => strokeWidth(rings({ energy }))).toSorted((a, b) => a - b),
  );
  expect(curves(pictureOf('grid', 0, { acousticness: 1 }).list)).toBeGreaterThan(curves(pictureOf('grid', 0, { acousticness: 0 }).list));
});

describe.each(ALL)('%s %i', (family, composition) => {
  test('says of every number what it drew, and what it says moves one way only', () => {
    const { readings } = pictureOf(family, composition);
    for (const number of Object.keys(STEPS) as Stepped[]) {
      const index = readings.findIndex((reading) => reading.number === number);
      if (index < 0) continue;
      const said = STEPS[number].map((value) =>
        drewNumber(pictureOf(family, composition, { [number]: value }).readings.find((reading) => reading.number === number)!.drew),
      );
      expect(said, number).toEqual(said.toSorted((a, b) => a - b));
      expect(said.at(-1)!, number).toBeGreaterThan(said[0]!);
    }
    expect(readings.length).toBeGreaterThanOrEqual(4);
  });

  test('every number that it reads changes the picture', () => {
    const { readings, list } = pictureOf(family, composition);
    for (const number of Object.keys(STEPS) as Stepped[]) {
      if (!readings.some((reading) => reading.number === number)) continue;
      const ends = [STEPS[number][0], STEPS[number].at(-1)!].map((value) => JSON.stringify(pictureOf(family, composition, { [number]: value }).list));
      expect(new Set([...ends, JSON.stringify(list)]).size, number).toBeGreaterThanOrEqual(2);
    }
  });

  test('draws the middle for a missing number and says that it is unknown', () => {
    const unknown = {
      tempo: null,
      energy: null,
      acousticness: null,
      valence: null,
      danceability: null,
      instrumentalness: null,
      decade: null,
      genres: [],
      tracks: [],
    };
    const { readings, list } = pictureOf(family, composition, unknown);
    expect(readings.every(({ value }) => value === null)).toBe(true);
    expect(list.items.length).toBeGreaterThan(1);
    const known = pictureOf(family, composition, { ...unknown, tempo: 120, energy: 0.5, acousticness: 0.5, valence: 0.5, danceability: 0.5 });
    expect(list).toEqual(known.list);
  });

  test('is the same picture each time and another one with another seed', () => {
    expect(pictureOf(family, composition)).toEqual(pictureOf(family, composition));
    const seeds = new Set(['1', '2', '3', '4', '5', '6'].map((seed) => JSON.stringify(pictureOf(family, composition, { seed, genres: [] }).list)));
    if (!SEEDLESS.has(`${family} ${composition}`)) expect(seeds.size).toBeGreaterThan(1);
  });
});

/** Pictures made of the numbers, the tracks and the title alone. */
const SEEDLESS = new Set([
  'score 0',
  'score 1',
  'score 2',
  'score 3',
  'score 4',
  'groove 0',
  'groove 1',
  'groove 2',
  'type 1',
  'type 2',
  'type 3',
  'type 4',
  'letter 0',
  'letter 1',
  'letter 2',
  'letter 3',
]);

test('there are twelve families of five compositions, and no two compositions of a family are alike', () => {
  expect(Object.keys(ART_FAMILIES)).toHaveLength(12);
  for (const family of ART_FAMILY_NAMES) {
    expect(ART_FAMILIES[family]).toHaveLength(COMPOSITIONS);
    expect(new Set(ART_FAMILIES[family].map((_, i) => JSON.stringify(pictureOf(family, i).list))).size).toBe(COMPOSITIONS);
  }
});
