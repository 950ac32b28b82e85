import { DIMENSIONS } from './sound-partition.ts';
import type { SoundPartition } from './sound-partition.ts';

/** A place in the space. Unknown values are 0, and each adds 1 to every squared distance. */
export interface SoundPoint {
  readonly values: Float32Array;
  readonly unknown: number;
  /** The row that is not its own neighbor; -1 for none. */
  readonly row: number;
}

/** The place of a row; undefined when the space does not have it. */
export function pointOf({ points, missing, placeOf }: SoundPartition, row: number): SoundPoint | undefined {
  const own = placeOf[row];
  return own === undefined || own < 0
    ? undefined
    : { values: points.subarray(own * DIMENSIONS, (own + 1) * DIMENSIONS), unknown: missing[own] ?? 0, row };
}

/** The place that divides the way between two rows. What is unknown of both stays unknown. */
export function pointBetween(parts: SoundPartition, [from, to]: readonly [number, number], share: number): SoundPoint | undefined {
  const [a, b] = [pointOf(parts, from), pointOf(parts, to)];
  if (!a || !b) return undefined;
  const values = a.values.map((value, dimension) => value + share * ((b.values[dimension] ?? 0) - value));
  return { values, unknown: a.unknown + share * (b.unknown - a.unknown), row: -1 };
}
