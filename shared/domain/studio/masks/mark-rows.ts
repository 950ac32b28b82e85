import type { MaskBitmap, MaskPoint } from './mask-operation.ts';

/** Marks or unmarks the pixels of a row whose centers are from `from` to `to`. */
export function markRow({ width, height, alpha }: MaskBitmap, y: number, { from, to, value }: RowSpan): void {
  if (y < 0 || y >= height || !(to >= from)) return;
  const first = Math.max(0, Math.ceil(from - 0.5));
  const last = Math.min(width - 1, Math.floor(to - 0.5));
  if (last >= first) alpha.fill(value, y * width + first, y * width + last + 1);
}

/** A part of a row in pixels from the left edge, and what its pixels become. */
interface RowSpan {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** The rows whose centers are from `top` to `bottom`, within the bitmap. */
export function rowsBetween({ height }: MaskBitmap, top: number, bottom: number): readonly [first: number, last: number] {
  return [Math.max(0, Math.ceil(top - 0.5)), Math.min(height - 1, Math.floor(bottom - 0.5))];
}

/** Marks or unmarks the inside of a closed line. Where it winds around a place more than once, the place is inside, too (the nonzero rule). */
export function markPolygon(bitmap: MaskBitmap, points: readonly MaskPoint[], value: number): void {
  const heights = points.map(([, y]) => y);
  const [first, last] = rowsBetween(bitmap, Math.min(...heights), Math.max(...heights));
  for (let row = first; row <= last; row += 1) {
    let winding = 0;
    let from = 0;
    for (const crossing of crossingsOf(points, row + 0.5)) {
      if (winding === 0) from = crossing.x;
      winding += crossing.direction;
      if (winding === 0) markRow(bitmap, row, { from, to: crossing.x, value });
    }
  }
}

/** Where the line crosses a height, from the left, and whether it goes down or up there. */
function crossingsOf(points: readonly MaskPoint[], y: number): readonly { readonly x: number; readonly direction: 1 | -1 }[] {
  const found: { x: number; direction: 1 | -1 }[] = [];
  let before = points.at(-1);
  for (const point of points) {
    if (before && before[1] <= y !== point[1] <= y) {
      const x = before[0] + ((y - before[1]) / (point[1] - before[1])) * (point[0] - before[0]);
      found.push({ x, direction: point[1] > before[1] ? 1 : -1 });
    }
    before = point;
  }
  return found.toSorted((one, other) => one.x - other.x);
}
