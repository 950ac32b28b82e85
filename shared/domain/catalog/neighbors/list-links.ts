import { totalWeight } from './examples.ts';

/** What lists say of one row: how often it is on lists of the examples, and the example that it shares most lists with. */
export interface ListLink {
  /** The sum over lists of the examples' weight on them ÷ √(length × weight of all examples): the cosine of list and examples. */
  readonly cosine: number;
  readonly example: number;
  /** Lists with both the row and that example. */
  readonly together: number;
}

/** Lists longer than this say little about any two of their tracks and are left out. */
const LIST_TRACKS_MAX = 1_000;

/** The rows that are on a list together with an example, without the examples themselves. Rows below 0 are not in the catalog. */
export function listLinks(lists: readonly (readonly number[])[], weights: ReadonlyMap<number, number>): Map<number, ListLink> {
  const total = totalWeight(weights);
  const cosines = new Map<number, number>();
  const shared = new Map<number, Map<number, number>>();
  for (const list of lists) {
    const rows = [...new Set(list)].filter((row) => row >= 0);
    const examples = rows.filter((row) => weights.has(row));
    if (examples.length === 0 || rows.length > LIST_TRACKS_MAX) continue;
    const weight = examples.reduce((sum, row) => sum + (weights.get(row) ?? 0), 0);
    const cosine = weight / Math.sqrt(rows.length * total);
    for (const row of rows) {
      if (weights.has(row)) continue;
      cosines.set(row, (cosines.get(row) ?? 0) + cosine);
      const counts = shared.get(row) ?? new Map<number, number>();
      shared.set(row, counts);
      for (const example of examples) counts.set(example, (counts.get(example) ?? 0) + 1);
    }
  }
  return new Map([...cosines].map(([row, cosine]) => [row, { cosine, ...mostShared(shared.get(row) ?? new Map<number, number>()) }]));
}

function mostShared(counts: ReadonlyMap<number, number>): { example: number; together: number } {
  let best = { example: -1, together: 0 };
  for (const [example, together] of counts)
    if (together > best.together || (together === best.together && example < best.example)) best = { example, together };
  return best;
}
