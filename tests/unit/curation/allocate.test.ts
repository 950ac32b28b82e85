import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from '#shared/domain/curation/allocation/allocate.ts';
import type { Allotment, Demand } from '#shared/domain/curation/demand.ts';
import { scoredCandidates, dayOf } from './allocate-instances.ts';
import { bestTotal, listRuleViolations } from './allocate-rules.ts';
import { catalogOf } from './small-catalog.ts';

const totalOf = (allotments: readonly Allotment[]) =>
  allotments.reduce((sum, { chosen }) => sum + chosen.reduce((part, choice) => part + choice.score, 0), 0);
const rowsOf = (allotments: readonly Allotment[]) => allotments.map(({ chosen }) => chosen.map((choice) => choice.row));

/** Scores by row; every row has an artist and an album of its own unless stated. */
function demandOf(scores: readonly number[], demand: Partial<Demand> = {}): Demand {
  const rows = [...scores.keys()];
  return {
    candidates: scoredCandidates(scores, rows),
    conflictScopes: [0],
    precedence: 0,
    slots: 1,
    caps: { perArtist: 1, perAlbum: 1 },
    held: [],
    blocks: [],
    ...demand,
  };
}

describe('allocating a day', () => {
  test('on any day, slots, mix, caps and conflict scopes hold, and the same demands give the same lists', () => {
    fc.assert(
      fc.property(dayOf({ rows: 14, lists: 6, nested: false, plain: false }), (day) => {
        const allotments = allocate(day.demands, day.catalog);
        expect(listRuleViolations(day, allotments)).toEqual([]);
        expect(allocate(day.demands, day.catalog)).toEqual(allotments);
      }),
      { numRuns: 300 },
    );
  });

  test('lists that choose first get what they would get without the others', () => {
    fc.assert(
      fc.property(dayOf({ rows: 12, lists: 5, nested: false, plain: false }), ({ demands, catalog }) => {
        const first = demands.map((demand) => (demand.precedence === 0 ? demand : { ...demand, slots: 0, blocks: [] }));
        const [all, alone] = [allocate(demands, catalog), allocate(first, catalog)];
        const isFirst = (_: Allotment, index: number) => demands[index]?.precedence === 0;
        expect(rowsOf(all.filter(isFirst))).toEqual(rowsOf(alone.filter(isFirst)));
      }),
      { numRuns: 300 },
    );
  });

  test.each([true, false])('when all lists can be filled they are, with nearly the best possible total (caps nest: %s)', (nested) => {
    let [achieved, best, days, filled] = [0, 0, 0, 0];
    fc.assert(
      fc.property(dayOf({ rows: 9, lists: 3, nested, plain: true }), (day) => {
        const possible = bestTotal(day);
        if (possible === undefined) return;
        const allotments = allocate(day.demands, day.catalog);
        days += 1;
        if (!allotments.every((allotment) => allotment.isComplete)) return;
        filled += 1;
        achieved += totalOf(allotments);
        best += possible;
        expect(totalOf(allotments)).toBeLessThanOrEqual(possible + 1e-9);
      }),
      { numRuns: 250, seed: 11 },
    );
    expect(filled / days).toBeGreaterThan(nested ? 0.99 : 0.97);
    expect(achieved / best).toBeGreaterThan(0.99);
  });

  test('a recording goes to the list that would lose most without it, not to the first in order', () => {
    const catalog = catalogOf([{}, {}, {}]);
    const flexible = demandOf([0.9, 0.89, 0.1]);
    const selective = demandOf([0.8, 0.1, 0.1]);
    expect(rowsOf(allocate([flexible, selective], catalog))).toEqual([[1], [0]]);
  });

  test('of two days with about the same total the one with the better worst-off list is chosen', () => {
    const catalog = catalogOf([{}, {}]);
    const high = demandOf([1, 0.9]);
    const low = demandOf([0.8, 0.701]);
    expect(rowsOf(allocate([high, low], catalog))).toEqual([[1], [0]]);
    expect(rowsOf(allocate([high, demandOf([0.8, 0.75])], catalog))).toEqual([[0], [1]]);
  });

  test('a lower-priority list takes what is left, however much it would gain', () => {
    const catalog = catalogOf([{}, {}]);
    const first = demandOf([0.5, 0.49]);
    const yielding = demandOf([0.9, 0.1], { precedence: 1 });
    expect(rowsOf(allocate([yielding, first], catalog))).toEqual([[1], [0]]);
  });

  test('lists with the same preferences get equal totals', () => {
    const scores = Array.from({ length: 40 }, (_, row) => 1 - row / 50);
    const one = demandOf(scores, { slots: 10 });
    const totals = allocate([one, { ...one }, { ...one }, { ...one }], catalogOf(scores.map(() => ({})))).map((allotment) => totalOf([allotment]));
    expect(Math.max(...totals) - Math.min(...totals)).toBeLessThan(0.05);
  });

  test('lists without a common conflict scope may show the same recording', () => {
    const demand = demandOf([0.9, 0.5]);
    const apart = { ...demand, conflictScopes: [1] };
    const unscoped = { ...demand, conflictScopes: [] };
    expect(rowsOf(allocate([demand, apart, unscoped, { ...unscoped }], catalogOf([{}, {}])))).toEqual([[0], [0], [0], [0]]);
  });

  test('a list that excludes two others gets a recording only when it is worth more there than to both', () => {
    const catalog = catalogOf([{}, {}]);
    const left = demandOf([0.5, 0.1], { conflictScopes: [1] });
    const right = demandOf([0.5, 0.1], { conflictScopes: [2] });
    const both = (score: number) => demandOf([score, 0.2], { conflictScopes: [1, 2], slots: 1 });
    expect(rowsOf(allocate([left, right, both(0.8)], catalog))[2]).toEqual([1]);
  });

  test('when there is not enough for all, the last list stays empty and takes nothing from the others', () => {
    const scores = [0.9, 0.8, 0.7, 0.6, 0.5];
    const demand = demandOf(scores, { slots: 2 });
    const allotments = allocate([demand, { ...demand }, { ...demand }], catalogOf(scores.map(() => ({}))));
    expect(allotments.map((allotment) => allotment.isComplete)).toEqual([true, true, false]);
    expect(
      rowsOf(allotments.slice(0, 2))
        .flat()
        .toSorted((a, b) => a - b),
    ).toEqual([0, 1, 2, 3]);
    expect(rowsOf(allotments)[2]).toEqual([4]);
  });

  test('held entries of a list count towards its caps and are exclusive to it', () => {
    const catalog = catalogOf([{ artistIds: ['a'] }, { artistIds: ['a'] }, {}, {}]);
    const holder = demandOf([0.9, 0.8, 0.7, 0.6], { held: [0] });
    const other = demandOf([0.9, 0.2, 0.2, 0.1]);
    expect(rowsOf(allocate([holder, other], catalog))).toEqual([[2], [1]]);
  });

  test('every block of a mix gets its slots, and a recording that fits two fills the one that needs it', () => {
    const blocks = [
      { slots: 1, admits: (row: number) => row <= 1 },
      { slots: 1, admits: (row: number) => row === 0 },
    ];
    const [allotment] = allocate([demandOf([0.9, 0.5, 0.8], { slots: 2, blocks })], catalogOf([{}, {}, {}]));
    expect(allotment?.chosen.map(({ row, block }) => [row, block])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test('near misses name the limiting cap, or that others scored higher; recordings of another list are not among them', () => {
    const catalog = catalogOf([{ artistIds: ['a'] }, { artistIds: ['a'], albumId: 'x' }, { albumId: 'y' }, { albumId: 'y' }, {}, {}]);
    const demand = demandOf([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], { slots: 2 });
    const competitor = demandOf([0.1, 0.1, 0.1, 0.1, 0.9, 0.1]);
    const [allotment] = allocate([demand, competitor], catalog);
    expect(allotment?.nearMisses.map(({ row, why }) => [row, why])).toEqual([
      [1, 'artist_cap'],
      [3, 'album_cap'],
      [5, 'outranked'],
    ]);
    expect(allotment).toMatchObject({ cappedByArtist: 1, cappedByAlbum: 0 });
  });
});
