import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { Neighbors } from '#shared/domain/catalog/neighbors/neighbors.ts';
import { chanceOf, hashText } from '#shared/domain/hash.ts';

/** Rows that a list is chosen from, at most: a choice among more takes longer and is no better. */
const SAMPLE_MAX = 12_000;
/** Rows that go best with the examples and are in every sample. */
const NEAREST_MAX = 4_000;

/** What decides which rows of a large pool a list is chosen from. */
export interface SampleQuestion {
  readonly catalog: Catalog;
  /** The same seed gives the same sample. */
  readonly seed: string;
  readonly neighbors?: Neighbors | undefined;
}

/** A small pool whole; of a large one the rows that go best with the examples and an even sample of the others, in the pool's order. */
export function samplePool(rows: Int32Array, { catalog, seed, neighbors }: SampleQuestion): Int32Array {
  if (rows.length <= SAMPLE_MAX) return rows;
  const nearest = neighbors ? nearestOf(rows, neighbors) : new Set<number>();
  const share = (SAMPLE_MAX - nearest.size) / (rows.length - nearest.size);
  const lot = hashText(seed, 3);
  return rows.filter((row) => nearest.has(row) || chanceOf(lot, catalog.recordingIds[row] ?? 0) < share);
}

function nearestOf(rows: Int32Array, { lifts }: Neighbors): ReadonlySet<number> {
  const liftOf = (row: number) => lifts[row] ?? Number.NaN;
  const near = rows.filter((row) => liftOf(row) > 0);
  if (near.length <= NEAREST_MAX) return new Set(near);
  return new Set(near.toSorted((a, b) => liftOf(b) - liftOf(a) || a - b).subarray(0, NEAREST_MAX));
}
