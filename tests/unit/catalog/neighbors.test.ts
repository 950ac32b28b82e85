import { chanceOf } from '#shared/domain/hash.ts';
import type { Example } from '#shared/domain/catalog/neighbors/examples.ts';
import { LINK_KINDS, neighborsInPart, neighborsOf } from '#shared/domain/catalog/neighbors/neighbors.ts';
import { hasSound, nearestExample } from '#shared/domain/catalog/neighbors/sound-likeness.ts';
import { expect, test } from 'vitest';
import { catalogOf } from '#tests/unit/curation/small-catalog.ts';

const recording = (row: number): Example => ({ kind: 'recording', rows: [row] });
const nothing = { avoid: [], lists: [] };

/** Rows 0–9 by one artist, the others by one each; sound by lot. */
const catalog = catalogOf(
  Array.from({ length: 200 }, (_, at) => ({
    artistIds: [at < 10 ? 'one' : `a${at}`],
    albumId: `album ${at < 4 ? 0 : at}`,
    energy: chanceOf(1, at),
    valence: chanceOf(2, at),
  })),
);

test('what was on lists, albums and credits with the examples goes with them, each by its own link', () => {
  const lists = [
    [0, 50, 51],
    [0, 51, 60],
    [70, 71, -1],
  ];
  const { lifts, links, examples, together } = neighborsOf(catalog, { seeds: [recording(0)], avoid: [], lists });
  const linkOf = (row: number) => LINK_KINDS[links[row] ?? 0];
  expect([linkOf(51), examples[51], together[51]]).toEqual(['lists', 0, 2]);
  expect([linkOf(50), examples[50], together[50]]).toEqual(['lists', 0, 1]);
  expect(lifts[51]).toBeGreaterThan(lifts[50] ?? 0);
  expect([linkOf(7), examples[7]]).toEqual(['artist', 0]);
  expect([lifts[2], lifts[7]].every((lift) => (lift ?? 0) > 1)).toBe(true);
  expect(together[70]).toBe(0);
});

test('the examples themselves are neither preferred nor avoided, but other recordings of an artist that is an example are preferred', () => {
  const { lifts } = neighborsOf(catalog, { ...nothing, seeds: [recording(0), { kind: 'playlist', rows: [30, 31] }] });
  expect([lifts[0], lifts[30], lifts[31]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  const byArtist = neighborsOf(catalog, { ...nothing, seeds: [{ kind: 'artist', rows: Array.from({ length: 10 }, (_, row) => row) }] });
  for (let row = 0; row < 10; row++) expect(byArtist.lifts[row]).toBeGreaterThan(2);
});

test('what goes with an example to avoid comes last', () => {
  const lists = [
    [0, 50],
    [90, 95],
  ];
  const { lifts } = neighborsOf(catalog, { seeds: [recording(0)], avoid: [recording(90)], lists });
  const without = neighborsOf(catalog, { seeds: [recording(0)], avoid: [], lists });
  expect(lifts[95]).toBeLessThan(without.lifts[95] ?? 0);
  const only = neighborsOf(catalog, { seeds: [], avoid: [recording(0)], lists: [] });
  expect(only.lifts[7]).toBeLessThan(-1);
  expect(LINK_KINDS[only.links[7] ?? 0]).toBe('none');
});

test('the order of examples and lists changes nothing', () => {
  const lists = [
    [0, 50, 51],
    [20, 51, 60],
    [20, 0, 77],
  ];
  const one = neighborsOf(catalog, { seeds: [recording(0), recording(20)], avoid: [recording(90)], lists });
  const other = neighborsOf(catalog, { seeds: [recording(20), recording(0)], avoid: [recording(90)], lists: lists.toReversed() });
  expect(other.links).toEqual(one.links);
  expect(other.seeds).toEqual(one.seeds);
  one.lifts.forEach((lift, row) => (Number.isNaN(lift) ? expect(other.lifts[row]).toBeNaN() : expect(other.lifts[row]).toBeCloseTo(lift, 4)));
});

test('without known features the links decide alone, and a row with neither is unknown', () => {
  const silent = catalogOf(Array.from({ length: 40 }, (_, at) => ({ artistIds: [at < 5 ? 'one' : `a${at}`] })));
  const { lifts } = neighborsOf(silent, { ...nothing, seeds: [recording(0)] });
  expect(lifts[3]).toBeGreaterThan(0);
  expect(lifts[20]).toBeNaN();
  expect([hasSound(silent, 0), hasSound(catalog, 0)]).toEqual([false, true]);
  expect(nearestExample(silent, 20, [0, 1])).toBeUndefined();
});

test('music that sounds like the examples is preferred, and the nearest example is the one that sounds most like it', () => {
  const loud = catalogOf(Array.from({ length: 300 }, (_, at) => ({ energy: (at % 100) / 100, acousticness: 1 - (at % 100) / 100 })));
  const seeds = [90, 92, 94, 96, 98].map(recording);
  const { lifts, links } = neighborsOf(loud, { ...nothing, seeds });
  expect(lifts[195]).toBeGreaterThan(lifts[110] ?? 0);
  expect(LINK_KINDS[links[195] ?? 0]).toBe('sound');
  expect(nearestExample(loud, 196, [90, 92, 94, 96, 98])).toBe(96);
});

test('a part of a catalog has the lifts of its rows', () => {
  const whole = neighborsOf(catalog, { ...nothing, seeds: [recording(0)] });
  const part = neighborsInPart(whole, Int32Array.of(5, 100));
  expect([...part.lifts]).toEqual([whole.lifts[5], whole.lifts[100]]);
});
