import type { Path } from './display-list.ts';
import { smooth } from './shapes.ts';
import type { Point } from './shapes.ts';

/** Heights on a square grid of `side` + 1 points a side, row by row, covering the sheet and a border around it. */
export interface HeightGrid {
  readonly side: number;
  readonly heights: Float64Array;
  /** Where the first point is and how far apart points are, in units. */
  readonly from: number;
  readonly step: number;
}

/** Samples a height function; the border is sunk so that every line closes. */
export function sampleHeights(side: number, height: (x: number, y: number) => number): HeightGrid {
  const step = 1120 / side;
  const heights = new Float64Array((side + 1) ** 2);
  for (let row = 0; row <= side; row++) {
    for (let column = 0; column <= side; column++) {
      const isBorder = row === 0 || column === 0 || row === side || column === side;
      heights[row * (side + 1) + column] = isBorder ? -1e6 : height(-60 + column * step, -60 + row * step);
    }
  }
  return { side, heights, from: -60, step };
}

/** The areas at or above a level as closed smooth curves (marching squares; saddles are split). Meant for even-odd or nonzero fill: holes run the other way round. */
export function areaAbove(grid: HeightGrid, level: number): Path {
  const next = segments(grid, level);
  const path: number[] = [];
  for (const start of next.keys()) {
    const loop: Point[] = [];
    for (let edge: number | undefined = start; edge !== undefined && next.has(edge);) {
      const step: Step | undefined = next.get(edge);
      next.delete(edge);
      if (step) loop.push(step.from);
      edge = step?.to;
    }
    if (loop.length > 3) path.push(...smooth(thinned(loop)));
  }
  return path;
}

interface Step {
  readonly from: Point;
  readonly to: number;
}

/** Cell by cell, the piece of line that enters and the edge by which it leaves; high ground is on its right. */
function segments({ side, heights, from, step }: HeightGrid, level: number): Map<number, Step> {
  const next = new Map<number, Step>();
  const width = side + 1;
  const height = (point: number) => heights[point] ?? 0;
  // An edge is named by its first point, doubled, plus one if it runs down.
  const crossing = (edge: number): Point => {
    const point = edge >> 1;
    const [a, b] = [Math.max(height(point), level - 1), Math.max(height(edge & 1 ? point + width : point + 1), level - 1)];
    const share = (level - a) / (b - a);
    const [column, row] = [point % width, Math.floor(point / width)];
    return edge & 1 ? [from + column * step, from + (row + share) * step] : [from + (column + share) * step, from + row * step];
  };
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const point = row * width + column;
      const kind =
        (height(point) >= level ? 8 : 0) +
        (height(point + 1) >= level ? 4 : 0) +
        (height(point + width + 1) >= level ? 2 : 0) +
        (height(point + width) >= level ? 1 : 0);
      if (kind === 0 || kind === 15) continue;
      const edges = [point << 1, ((point + 1) << 1) | 1, (point + width) << 1, (point << 1) | 1];
      for (const [into, out] of CASES[kind] ?? []) {
        const [a, b] = [edges[into] ?? 0, edges[out] ?? 0];
        next.set(a, { from: crossing(a), to: b });
      }
    }
  }
  return next;
}

/** Edges by cell: 0 top, 1 right, 2 foot, 3 left. A piece runs from the first to the second with high ground on its right. */
const CASES: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  1: [[2, 3]],
  2: [[1, 2]],
  3: [[1, 3]],
  4: [[0, 1]],
  5: [
    [0, 1],
    [2, 3],
  ],
  6: [[0, 2]],
  7: [[0, 3]],
  8: [[3, 0]],
  9: [[2, 0]],
  10: [
    [3, 0],
    [1, 2],
  ],
  11: [[1, 0]],
  12: [[3, 1]],
  13: [[2, 1]],
  14: [[3, 2]],
};

/** Every second point: curves stay smooth and paths half as long. */
function thinned(loop: readonly Point[]): readonly Point[] {
  return loop.length > 12 ? loop.filter((_, i) => i % 2 === 0) : loop;
}
