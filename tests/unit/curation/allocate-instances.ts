import fc from 'fast-check';
import type { ScoredCandidates, Demand } from '#shared/domain/curation/demand.ts';
import type { Day } from './allocate-rules.ts';
import { catalogOf } from './small-catalog.ts';

interface Shape {
  readonly rows: number;
  readonly lists: number;
  /** Tracks with one artist, albums by one artist. */
  readonly nested: boolean;
  /** Every list in one conflict scope with one priority, nothing held, no mix. */
  readonly plain: boolean;
}

/** The candidates of the given rows: best first, ties by the lower row. */
export function scoredCandidates(scoreOf: readonly number[], rows: readonly number[]): ScoredCandidates {
  const order = rows.toSorted((a, b) => (scoreOf[b] ?? 0) - (scoreOf[a] ?? 0) || a - b);
  return { rows: Int32Array.from(order), scores: Float64Array.from(order, (row) => scoreOf[row] ?? 0) };
}

/** Days of a few lists over a few recordings, from two overlapping pools. */
export function dayOf(shape: Shape): fc.Arbitrary<Day> {
  const scores = fc.array(
    fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000),
    { minLength: shape.rows, maxLength: shape.rows },
  );
  const credits = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 6 })), {
    minLength: shape.rows,
    maxLength: shape.rows,
  });
  const lists = fc.array(listOf(shape), { minLength: 1, maxLength: shape.lists });
  return fc
    .record({ places: credits, scores: fc.tuple(scores, scores), without: fc.integer({ min: 0, max: shape.rows - 1 }), lists })
    .map((sketch) => {
      const catalog = catalogOf(
        sketch.places.map(([artist, album, guest]) => ({
          artistIds: shape.nested || guest > 4 ? [`a${artist}`] : [`a${artist}`, `a${guest}`],
          albumId: shape.nested ? `${artist}-${album}` : `${(artist + album) % 4}`,
        })),
      );
      const rows = [...catalog.recordingIds.keys()];
      const pools = sketch.scores.map((scoreOf, which) =>
        scoredCandidates(scoreOf, which === 0 ? rows : rows.filter((row) => row !== sketch.without)),
      );
      return { catalog, demands: sketch.lists.map(({ which, ...list }) => ({ ...list, candidates: pools[which] ?? scoredCandidates([], []) })) };
    });
}

function listOf({ plain, rows }: Shape): fc.Arbitrary<Omit<Demand, 'candidates'> & { readonly which: number }> {
  const blocks = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.nat(2), fc.nat(2)).map(([modulus, first, second]) => [
    { slots: first, admits: (row: number) => row % modulus > 0 },
    { slots: second, admits: (row: number) => row % 2 === 0 },
  ]);
  return fc
    .record({
      which: fc.integer({ min: 0, max: 1 }),
      conflictScopes: plain ? fc.constant([0]) : fc.subarray([0, 1, 2]),
      precedence: plain ? fc.constant(0) : fc.integer({ min: 0, max: 1 }),
      slots: fc.integer({ min: plain ? 1 : 0, max: 3 }),
      caps: fc.record({ perArtist: fc.integer({ min: 1, max: 2 }), perAlbum: fc.integer({ min: 1, max: 2 }) }),
      held: plain ? fc.constant([]) : fc.uniqueArray(fc.integer({ min: 0, max: rows - 1 }), { maxLength: 1 }),
      blocks: plain ? fc.constant([]) : fc.oneof(fc.constant([]), blocks),
    })
    .map((list) => ({ ...list, slots: list.blocks.length > 0 ? slotsOf(list.blocks) : list.slots }));
}

function slotsOf(blocks: Demand['blocks']): number {
  return blocks.reduce((sum, block) => sum + block.slots, 0);
}
