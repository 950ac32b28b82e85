import { describe, expect, test } from 'vitest';
import { allocate } from '#shared/domain/curation/allocation/allocate.ts';
import type { Allotment, ScoredCandidates, Demand } from '#shared/domain/curation/demand.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { upperBound } from '#tests/bench/allocation/bound.ts';
import { scoredCandidates } from './allocate-instances.ts';
import { listRuleViolations } from './allocate-rules.ts';
import { catalogOf } from './small-catalog.ts';

const totalOf = (allotments: readonly Allotment[]) =>
  allotments.reduce((sum, { chosen }) => sum + chosen.reduce((part, one) => part + one.score, 0), 0);

/** The rows of the artist that every playlist wants. */
const isStar = (row: number) => row < 300;

function listsOf(candidates: ScoredCandidates, count: number, demand: Partial<Demand>): Demand[] {
  const one = { candidates, conflictScopes: [0], precedence: 0, slots: 1, caps: { perArtist: 2, perAlbum: 1 }, held: [], blocks: [], ...demand };
  return Array.from({ length: count }, () => ({ ...one }));
}

function candidatesWith(seed: number, catalog: Catalog, bonus: (row: number) => number = () => 0): ScoredCandidates {
  const rows = [...catalog.recordingIds.keys()];
  return scoredCandidates(
    rows.map((row) => 0.5 * chanceOf(seed, row) + bonus(row)),
    rows,
  );
}

/** Whether the day is complete and within the rules; `share` calculates how near it is to the upper bound. */
function assess(demands: readonly Demand[], catalog: Catalog) {
  const allotments = allocate(demands, catalog);
  const total = totalOf(allotments);
  return {
    broken: listRuleViolations({ catalog, demands }, allotments),
    unfilled: allotments.filter((allotment) => !allotment.isComplete).length,
    share: () => total / upperBound(demands, catalog, total),
  };
}

describe('adversarial days', () => {
  test('all lists want the same artist most, who may appear in each only twice', () => {
    const catalog = catalogOf(
      Array.from({ length: 3_000 }, (_, row) => ({
        artistIds: [isStar(row) ? 'star' : `a${row % 400}`],
        albumId: isStar(row) ? `s${row % 40}` : `b${row}`,
      })),
    );
    const pools = [1, 2, 3].map((seed) => candidatesWith(seed, catalog, (row) => (isStar(row) ? 0.5 : 0)));
    const result = assess(
      pools.flatMap((candidates) => listsOf(candidates, 10, { slots: 25 })),
      catalog,
    );
    expect(result).toMatchObject({ broken: [], unfilled: 0 });
    expect(result.share()).toBeGreaterThan(0.98);
  });

  test('caps bind everywhere: every list needs one track by each artist, and there are exactly as many', () => {
    const [artists, lists] = [40, 25];
    const catalog = catalogOf(Array.from({ length: artists * lists }, (_, row) => ({ artistIds: [`a${row % artists}`], albumId: `b${row}` })));
    const candidates = candidatesWith(4, catalog);
    const result = assess(listsOf(candidates, lists, { slots: artists, caps: { perArtist: 1, perAlbum: 1 } }), catalog);
    expect(result).toMatchObject({ broken: [], unfilled: 0 });
    expect(result.share()).toBeGreaterThan(0.999);
  });

  test('one pool is exactly large enough for 667 lists: all are filled, also when caps leave few ways to do it', () => {
    const [lists, slots] = [667, 20];
    const apart = catalogOf(Array.from({ length: lists * slots }, (_, row) => ({ artistIds: [`a${row}`], albumId: `b${row}` })));
    expect(assess(listsOf(candidatesWith(5, apart), lists, { slots }), apart)).toMatchObject({ broken: [], unfilled: 0 });
    const shared = catalogOf(Array.from({ length: lists * slots }, (_, row) => ({ artistIds: [`a${row % lists}`], albumId: `b${row % 2_000}` })));
    expect(assess(listsOf(candidatesWith(6, shared), lists, { slots, caps: { perArtist: 1, perAlbum: 1 } }), shared)).toMatchObject({
      broken: [],
      unfilled: 0,
    });
  });

  test('one recording too few leaves exactly one list empty, and the others complete', () => {
    const [lists, slots] = [60, 20];
    const catalog = catalogOf(Array.from({ length: lists * slots - 1 }, () => ({})));
    expect(assess(listsOf(candidatesWith(7, catalog), lists, { slots }), catalog)).toMatchObject({ broken: [], unfilled: 1 });
  });

  test('lists with separate conflict scopes and a common group exclude each other: no recording in two of the group, and little lost', () => {
    const catalog = catalogOf(Array.from({ length: 1_500 }, (_, row) => ({ artistIds: [`a${row % 200}`], albumId: `b${row}` })));
    const pools = [8, 9, 10].map((seed) => candidatesWith(seed, catalog));
    const demands = pools.flatMap((candidates, scope) => [
      ...listsOf(candidates, 6, { slots: 20, conflictScopes: [scope + 1, 9] }),
      ...listsOf(candidates, 3, { slots: 20, conflictScopes: [scope + 1] }),
    ]);
    const result = assess(demands, catalog);
    expect(result).toMatchObject({ broken: [], unfilled: 0 });
    // The bound counts only one of a list's two conflict scopes, so it lies above what any day can reach.
    expect(result.share()).toBeGreaterThan(0.96);
  });

  test('duets link every two artists: the caps hold for both, and no list is abandoned that could be filled', () => {
    const catalog = catalogOf(
      Array.from({ length: 1_200 }, (_, row) => ({
        artistIds: [`a${row % 60}`, `a${(row * 7 + 13) % 60}`].filter((id, at, all) => all.indexOf(id) === at),
        albumId: `b${row % 700}`,
      })),
    );
    const result = assess(listsOf(candidatesWith(11, catalog), 20, { slots: 20, caps: { perArtist: 1, perAlbum: 1 } }), catalog);
    expect(result).toMatchObject({ broken: [], unfilled: 0 });
    expect(result.share()).toBeGreaterThan(0.95);
  });
});
