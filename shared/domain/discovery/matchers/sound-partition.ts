/* oxlint-disable typescript/no-non-null-assertion -- places within typed arrays; a check of each would take half of the time. */
/** Features of a point; unused ones are 0. */
export const DIMENSIONS = 12;

/** Rows of a block: few enough that most blocks can be left out, many enough that looking at all bounds is cheap. */
const BLOCK_ROWS = 128;
/** Rows that are looked at to find the widest feature. */
const SAMPLE = 256;

/** Points in blocks of neighbors, with the bounds of each block. `rows[place]` is the row at a place, and `placeOf[row]` the other way around. */
export interface SoundPartition {
  readonly points: Float32Array;
  /** Unknown values of the row at each place. */
  readonly missing: Float32Array;
  readonly rows: Int32Array;
  readonly placeOf: Int32Array;
  /** First place of each block, and the end of the last one. */
  readonly starts: Int32Array;
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly leastMissing: Float32Array;
}

/** Splits points at the median of their widest feature, again and again, until blocks are small (a k-d tree of which only the leaves are kept). */
export function* partition(points: Float32Array, missing: Float32Array): Generator<void, SoundPartition> {
  const size = missing.length;
  const rows = Int32Array.from({ length: size }, (_, row) => row);
  const starts: number[] = [];
  const waiting: [number, number][] = [[0, size]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [from, to] = next;
    if (to - from <= BLOCK_ROWS) {
      starts.push(from);
      continue;
    }
    const middle = (from + to) >> 1;
    selectMiddle({ points, rows, dimension: widest({ points, rows }, from, to) }, { from, to, middle });
    waiting.push([middle, to], [from, middle]);
    yield;
  }
  starts.push(size);
  return arrange({ points, missing, rows, starts: Int32Array.from(starts) });
}

function widest({ points, rows }: Omit<Selection, 'dimension'>, from: number, to: number): number {
  const step = Math.max(1, Math.floor((to - from) / SAMPLE));
  let best = { dimension: 0, variance: -1 };
  for (let dimension = 0; dimension < DIMENSIONS; dimension++) {
    let [count, sum, square] = [0, 0, 0];
    for (let place = from; place < to; place += step) {
      const value = points[rows[place]! * DIMENSIONS + dimension]!;
      count += 1;
      sum += value;
      square += value * value;
    }
    const variance = square / count - (sum / count) ** 2;
    if (variance > best.variance) best = { dimension, variance };
  }
  return best.dimension;
}

interface Selection {
  readonly points: Float32Array;
  readonly rows: Int32Array;
  readonly dimension: number;
}

/** Arranges rows so that those before `middle` are not above it, and those after not below (Hoare's selection). */
function selectMiddle({ points, rows, dimension }: Selection, { from, to, middle }: { from: number; to: number; middle: number }): void {
  const valueAt = (place: number) => points[rows[place]! * DIMENSIONS + dimension]!;
  let [low, high] = [from, to - 1];
  while (low < high) {
    const pivot = valueAt((low + high) >> 1);
    let [i, j] = [low, high];
    while (i <= j) {
      while (valueAt(i) < pivot) i += 1;
      while (valueAt(j) > pivot) j -= 1;
      if (i > j) break;
      const row = rows[i]!;
      rows[i] = rows[j]!;
      rows[j] = row;
      i += 1;
      j -= 1;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

function arrange(parts: Pick<SoundPartition, 'points' | 'missing' | 'rows' | 'starts'>): SoundPartition {
  const { rows, starts } = parts;
  const size = rows.length;
  const points = new Float32Array(size * DIMENSIONS);
  const missing = new Float32Array(size);
  const placeOf = new Int32Array(size);
  const blocks = starts.length - 1;
  const low = new Float32Array(blocks * DIMENSIONS).fill(Number.POSITIVE_INFINITY);
  const high = new Float32Array(blocks * DIMENSIONS).fill(Number.NEGATIVE_INFINITY);
  const leastMissing = new Float32Array(blocks).fill(DIMENSIONS * 2);
  for (let block = 0; block < blocks; block++) {
    for (let place = starts[block]!; place < starts[block + 1]!; place++) {
      const row = rows[place]!;
      placeOf[row] = place;
      missing[place] = parts.missing[row]!;
      leastMissing[block] = Math.min(leastMissing[block]!, missing[place]!);
      for (let dimension = 0; dimension < DIMENSIONS; dimension++) {
        const value = parts.points[row * DIMENSIONS + dimension]!;
        const bound = block * DIMENSIONS + dimension;
        points[place * DIMENSIONS + dimension] = value;
        low[bound] = Math.min(low[bound]!, value);
        high[bound] = Math.max(high[bound]!, value);
      }
    }
  }
  return { points, missing, rows, placeOf, starts, low, high, leastMissing };
}
