import type { PathBy } from '#shared/contracts/discovery/path.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import { buildSoundSpace } from '#shared/domain/discovery/matchers/sound-space.ts';
import { choosePath } from '#shared/domain/discovery/paths/choose-path.ts';
import { describeJoin } from '#shared/domain/discovery/paths/describe-join.ts';
import { joinCost, joinFacts } from '#shared/domain/discovery/paths/join.ts';
import type { JoinContext } from '#shared/domain/discovery/paths/join.ts';
import { linkLayers, listsByRow, soundLayers } from '#shared/domain/discovery/paths/path-layers.ts';
import { expect, test } from 'vitest';
import { catalogOf } from '#tests/unit/curation/small-catalog.ts';
import type { RowSketch } from '#tests/unit/curation/small-catalog.ts';

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const SIZE = 200;
/** Energy rises with the row; every fourth artist is the same one, and each song is there twice, the second time live. */
const SKETCHES: RowSketch[] = Array.from({ length: SIZE }, (_, row) => ({
  title: row % 2 === 0 ? `Song ${row}` : `Song ${row - 1} (Live)`,
  artistIds: [`artist ${row % 40 < 20 ? Math.floor(row / 2) : 'often'}`],
  energy: row / SIZE,
  valence: 0.3 + (row % 7) / 20,
  tempo: 80 + row / 4,
  key: row % 12,
  mode: 1,
  genres: row % 5 === 0 ? ['soul'] : [],
}));

function contextOf(sketches: readonly RowSketch[], lists: readonly (readonly number[])[] = []): JoinContext {
  const catalog = catalogOf(sketches);
  return {
    catalog,
    sound: finish(buildSoundSpace(catalog)),
    listsOf: listsByRow(
      lists,
      Array.from({ length: catalog.size }, (_, row) => row),
    ),
  };
}

const context = contextOf(SKETCHES);

function pathOf(
  from: number,
  to: number,
  { steps = 8, separation = 3, by = 'sound', of = context }: { steps?: number; separation?: number; by?: PathBy; of?: JoinContext } = {},
) {
  const shape = { ends: [from, to] as const, steps, perPlace: 40, admits: (row: number) => row !== from && row !== to };
  const layers = [[from], ...soundLayers(of.sound, shape), [to]];
  return finish(choosePath(of, { layers, fixed: new Set([0, steps]), separation, by }));
}

test('a path goes evenly from one end to the other, without a recording or a song twice, with artists apart', () => {
  const path = pathOf(4, 180);
  expect(path?.rows).toHaveLength(9);
  expect([path?.rows[0], path?.rows.at(-1)]).toEqual([4, 180]);
  const energies = path!.rows.map((row) => context.catalog.numbers.energy[row]!);
  const jumps = energies.slice(1).map((energy, at) => energy - energies[at]!);
  for (const jump of jumps) expect(Math.abs(jump - 0.11)).toBeLessThan(0.06);
  const songs = path!.rows.map((row) => context.catalog.titles?.[row]?.replace(' (Live)', ''));
  expect(new Set(songs).size).toBe(9);
  path!.rows.forEach((row, at) => {
    for (const other of path!.rows.slice(Math.max(0, at - 2), at))
      expect([...artistsOf(context.catalog, other)]).not.toEqual([...artistsOf(context.catalog, row)]);
  });
  expect(pathOf(4, 180)).toEqual(path);
});

test('thirty steps have thirty-one different songs, and too few candidates have no path', () => {
  const path = pathOf(0, 199, { steps: 30, separation: 2 });
  expect(new Set(path?.rows).size).toBe(31);
  expect(pathOf(0, 3, { of: contextOf(SKETCHES.slice(0, 4)), steps: 5 })).toBeUndefined();
});

test('a path of one artist is found only without separation', () => {
  const own = contextOf(SKETCHES.map((sketch, row) => ({ ...sketch, artistIds: ['one'], title: `Song ${row}` })));
  expect(pathOf(0, 150, { of: own, separation: 2 })).toBeUndefined();
  expect(pathOf(0, 150, { of: own, separation: 1 })?.rows).toHaveLength(9);
});

test('shared playlists lower the cost of a join, and by playlists they decide it', () => {
  const lists = [
    [10, 60],
    [10, 60, 61],
  ];
  const shared = contextOf(SKETCHES, lists);
  expect(joinCost(shared, [10, 60], 'both')).toBeLessThan(joinCost(context, [10, 60], 'both'));
  expect(joinCost(shared, [10, 60], 'sound')).toBe(joinCost(context, [10, 60], 'sound'));
  expect(joinCost(shared, [10, 60], 'playlists')).toBeLessThan(joinCost(shared, [10, 11], 'playlists'));
});

test('what nothing joins is never a step; a shared genre, list or artist joins what nobody has heard', () => {
  const silent: RowSketch[] = [{ genres: ['soul'] }, { genres: ['soul'] }, { genres: ['rock'] }, { artistIds: ['a'] }, { artistIds: ['a'] }];
  const of = contextOf(silent, [[2, 3]]);
  expect(joinCost(of, [0, 1], 'sound')).toBeLessThan(Number.POSITIVE_INFINITY);
  expect(joinCost(of, [2, 3], 'sound')).toBeLessThan(Number.POSITIVE_INFINITY);
  expect(joinCost(of, [3, 4], 'sound')).toBeLessThan(Number.POSITIVE_INFINITY);
  expect(joinCost(of, [0, 2], 'both')).toBe(Number.POSITIVE_INFINITY);
});

test('where sound is unknown, candidates come from playlists, genres and credits, placed by the end that they go with', () => {
  const silent: RowSketch[] = Array.from({ length: 12 }, (_, row) => ({ genres: [row < 6 ? 'soul' : 'rock'] }));
  const catalog = catalogOf(silent);
  const sound = finish(buildSoundSpace(catalog));
  const shape = { ends: [0, 11] as const, steps: 4, perPlace: 20, by: 'both' as const, admits: (row: number) => row !== 0 && row !== 11 };
  expect(soundLayers(sound, shape).flat()).toEqual([]);
  const layers = linkLayers({ catalog, sound, lists: [[0, 3, 8, 11]] }, shape);
  expect(new Set(layers[0])).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  expect(layers[0]?.slice(0, 2).every((row) => row < 6)).toBe(true);
  expect(layers[2]?.slice(0, 2).every((row) => row >= 6)).toBe(true);
});

test('each step is told by its facts with their numbers', () => {
  const of = contextOf(
    [
      { tempo: 121, energy: 0.66, key: 9, mode: 0, genres: ['soul', 'funk'], albumId: 'x', albumName: 'Blue' },
      { tempo: 124, energy: 0.7, key: 0, mode: 1, genres: ['soul'], albumId: 'x', albumName: 'Blue' },
      {},
    ],
    [
      [0, 1],
      [1, 0],
    ],
  );
  const facts = joinFacts(of, [0, 1]);
  expect(facts.map(({ fact }) => fact)).toEqual(['shared_lists', 'same_album', 'key', 'genres', 'sound']);
  expect(describeJoin(facts)).toMatch(
    /^Share 2 playlists\. Same album: “Blue”\. Tempo 121 → 124, energy 0\.66 → 0\.70: \d\.\d\d away over \d features\.$/,
  );
  expect(describeJoin(facts.slice(2))).toMatch(/^Keys 8A → 8B mix\. Both soul\. Tempo/);
  expect(joinFacts(of, [0, 2]).map(({ fact }) => fact)).toEqual(['sound']);
});
