import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from '#shared/domain/curation/allocation/allocate.ts';
import type { Allotment } from '#shared/domain/curation/demand.ts';
import { createRanking } from '#shared/domain/curation/ranking.ts';
import { scoredCandidates } from './allocate-instances.ts';
import { catalogOf } from './small-catalog.ts';
import type { RowSketch } from './small-catalog.ts';

interface Instance {
  readonly sketches: readonly RowSketch[];
  readonly scores: readonly number[];
  readonly rules: { readonly size: number; readonly perArtist: number; readonly perAlbum: number };
}

/** One list on its own. */
function draw({ sketches, scores, rules }: Instance): Allotment {
  const candidates = scoredCandidates(scores, [...sketches.keys()]);
  const demand = { candidates, conflictScopes: [0], precedence: 0, slots: rules.size, caps: rules, held: [], blocks: [] };
  return allocate([demand], catalogOf(sketches))[0] ?? { chosen: [], isComplete: false, cappedByArtist: 0, cappedByAlbum: 0, nearMisses: [] };
}

/** The best feasible list by trying all of them: longest first (up to the size), then highest total. */
function optimum({ sketches, scores, rules }: Instance): { length: number; total: number } {
  let best = { length: 0, total: 0 };
  for (let set = 0; set < 1 << sketches.length; set++) {
    const rows = [...sketches.keys()].filter((row) => (set >> row) & 1);
    if (rows.length > rules.size || !isFeasible(rows, { sketches, scores, rules })) continue;
    const total = rows.reduce((sum, row) => sum + (scores[row] ?? 0), 0);
    if (rows.length > best.length || (rows.length === best.length && total > best.total)) best = { length: rows.length, total };
  }
  return best;
}

function isFeasible(rows: readonly number[], { sketches, rules }: Instance): boolean {
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const row of rows) {
    for (const artist of sketches[row]?.artistIds ?? []) count(artist);
    count(`of ${sketches[row]?.albumId ?? ''}`);
  }
  return [...counts].every(([key, times]) => times <= (key.startsWith('of ') ? rules.perAlbum : rules.perArtist));
}

const scoresOf = (length: number) =>
  fc.array(
    fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000),
    { minLength: length, maxLength: length },
  );
const rulesOf = fc.record({
  size: fc.integer({ min: 1, max: 6 }),
  perArtist: fc.integer({ min: 1, max: 3 }),
  perAlbum: fc.integer({ min: 1, max: 2 }),
});

/** Albums by one artist each: caps nest. */
const nested: fc.Arbitrary<Instance> = fc.integer({ min: 1, max: 11 }).chain((length) =>
  fc.record({
    sketches: fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 }))
        .map(([artist, album]) => ({ artistIds: [`a${artist}`], albumId: `${artist}-${album}` })),
      { minLength: length, maxLength: length },
    ),
    scores: scoresOf(length),
    rules: rulesOf,
  }),
);

/** Tracks with one to three artists, on albums of any of them. */
const overlapping: fc.Arbitrary<Instance> = fc.integer({ min: 1, max: 11 }).chain((length) =>
  fc.record({
    sketches: fc.array(
      fc
        .tuple(fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: 5 }))
        .map(([artists, album]) => ({ artistIds: artists.map((artist) => `a${artist}`), albumId: `${album}` })),
      { minLength: length, maxLength: length },
    ),
    scores: scoresOf(length),
    rules: rulesOf,
  }),
);

describe('choosing under caps', () => {
  test('when albums nest in artists the list is the best possible', () => {
    fc.assert(
      fc.property(nested, (instance) => {
        const { chosen } = draw(instance);
        const best = optimum(instance);
        expect(chosen.length).toBe(best.length);
        expect(chosen.reduce((sum, pick) => sum + pick.score, 0)).toBeCloseTo(best.total, 6);
      }),
      { numRuns: 300 },
    );
  });

  test('with several artists per track, no cap is exceeded, and the lists lose at most 3% of the best on average and seldom a slot', () => {
    let achieved = 0;
    let best = 0;
    let slots = 0;
    let slotsPossible = 0;
    fc.assert(
      fc.property(overlapping, (instance) => {
        const { chosen } = draw(instance);
        expect(
          isFeasible(
            chosen.map((pick) => pick.row),
            instance,
          ),
        ).toBe(true);
        const possible = optimum(instance);
        slots += chosen.length;
        slotsPossible += possible.length;
        if (chosen.length < possible.length) return;
        achieved += chosen.reduce((sum, pick) => sum + pick.score, 0);
        best += possible.total;
      }),
      { numRuns: 400, seed: 7 },
    );
    expect(achieved / best).toBeGreaterThan(0.97);
    expect(slots / slotsPossible).toBeGreaterThan(0.98);
  });

  test('a duet that excludes two better solo tracks gives way to them', () => {
    const sketches = [{ artistIds: ['anna', 'ben'] }, { artistIds: ['anna'] }, { artistIds: ['ben'] }, { artistIds: ['cleo'] }];
    const drawn = draw({ sketches, scores: [0.9, 0.8, 0.8, 0.1], rules: { size: 2, perArtist: 1, perAlbum: 1 } });
    expect(drawn.chosen.map((pick) => pick.row)).toEqual([1, 2]);
  });

  test('every credited artist counts toward the cap', () => {
    const sketches = [{ artistIds: ['a', 'b'] }, { artistIds: ['b', 'c'] }, { artistIds: ['c', 'd'] }];
    const drawn = draw({ sketches, scores: [0.9, 0.8, 0.7], rules: { size: 3, perArtist: 1, perAlbum: 1 } });
    expect(drawn.chosen.map((pick) => pick.row)).toEqual([0, 2]);
    expect(drawn).toMatchObject({ isComplete: false, cappedByArtist: 1, cappedByAlbum: 0 });
  });

  test('near misses name the limiting cap, or that others scored higher', () => {
    const sketches = [
      { artistIds: ['a'], albumId: 'x' },
      { artistIds: ['a'], albumId: 'y' },
      { artistIds: ['b'], albumId: 'x' },
      { artistIds: ['c'] },
      { artistIds: ['d'] },
    ];
    const drawn = draw({ sketches, scores: [0.9, 0.8, 0.7, 0.6, 0.5], rules: { size: 2, perArtist: 1, perAlbum: 1 } });
    expect(drawn.chosen.map((pick) => pick.row)).toEqual([0, 3]);
    expect(drawn.nearMisses.map(({ row, why }) => [row, why])).toEqual([
      [1, 'artist_cap'],
      [2, 'album_cap'],
      [4, 'outranked'],
    ]);
  });
});

describe('ranking', () => {
  test('ranks equal those of a full sort, ties by the lower recording id, in any order of reading', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 400 }), fc.infiniteStream(fc.nat()), (scores, ranks) => {
        const ids = Int32Array.from(scores, (_, index) => (index * 7919) % 10_007);
        const sorted = [...scores.keys()].toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || (ids[a] ?? 0) - (ids[b] ?? 0));
        const ranking = createRanking(Float64Array.from(scores), Int32Array.from(scores.keys()), ids);
        for (let i = 0; i < Math.min(5, scores.length); i++) {
          const rank = (ranks.next().value ?? 0) % scores.length;
          expect(ranking.rowAt(rank)).toBe(sorted[rank]);
        }
        expect(Array.from(sorted, (_, rank) => ranking.rowAt(rank))).toEqual(sorted);
        expect(Array.from(sorted, (_, rank) => ranking.scoreAt(rank))).toEqual(sorted.map((row) => scores[row]));
      }),
    );
  });

  test('sorted, reversed and constant scores of 100,000 rows are ranked without quadratic time', () => {
    const rows = Array.from({ length: 100_000 }, (_, row) => row);
    const endsOf = (score: (row: number) => number) => {
      const ranking = createRanking(Float64Array.from(rows, score), Int32Array.from(rows), Int32Array.from(rows));
      return [ranking.rowAt(0), ranking.rowAt(99_999)];
    };
    expect(endsOf((row) => row)).toEqual([99_999, 0]);
    expect(endsOf((row) => -row)).toEqual([0, 99_999]);
    expect(endsOf(() => 1)).toEqual([0, 99_999]);
  });
});
