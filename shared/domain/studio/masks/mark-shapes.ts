import { markPolygon, markRow, rowsBetween } from './mark-rows.ts';
import type { MaskBitmap, MaskPoint } from './mask-operation.ts';

/** The two ends of a stretch of a stroke: the center and the radius there. */
type Disc = readonly [x: number, y: number, radius: number];

/** Marks or unmarks a stroke: a disc at every point, and what lies between the discs of neighboring points. */
export function markStroke(bitmap: MaskBitmap, discs: readonly Disc[], value: number): void {
  const [start] = discs;
  if (start) markDisc(bitmap, start, value);
  for (const [index, to] of discs.entries()) {
    const from = discs[index - 1];
    if (!from) continue;
    markDisc(bitmap, to, value);
    markPolygon(bitmap, sidesOf(from, to), value);
  }
}

/** Marks or unmarks a rectangle between two opposite corners. */
export function markRectangle(bitmap: MaskBitmap, [from, to]: readonly [MaskPoint, MaskPoint], value: number): void {
  const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
  const [first, last] = rowsBetween(bitmap, Math.min(from[1], to[1]), Math.max(from[1], to[1]));
  for (let row = first; row <= last; row += 1) markRow(bitmap, row, { from: left, to: right, value });
}

/** Marks or unmarks the ellipse that fills the rectangle between two opposite corners. */
export function markEllipse(bitmap: MaskBitmap, [from, to]: readonly [MaskPoint, MaskPoint], value: number): void {
  const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const [across, down] = [Math.abs(to[0] - from[0]) / 2, Math.abs(to[1] - from[1]) / 2];
  if (down === 0) return;
  const [first, last] = rowsBetween(bitmap, y - down, y + down);
  for (let row = first; row <= last; row += 1) {
    const away = (row + 0.5 - y) / down;
    const half = across * Math.sqrt(Math.max(0, 1 - away * away));
    markRow(bitmap, row, { from: x - half, to: x + half, value });
  }
}

function markDisc(bitmap: MaskBitmap, [x, y, radius]: Disc, value: number): void {
  markEllipse(
    bitmap,
    [
      [x - radius, y - radius],
      [x + radius, y + radius],
    ],
    value,
  );
}

/** The four corners of what lies between two discs. */
function sidesOf([x, y, radius]: Disc, [toX, toY, toRadius]: Disc): readonly MaskPoint[] {
  const [alongX, alongY] = [toX - x, toY - y];
  const length = Math.sqrt(alongX * alongX + alongY * alongY);
  if (length === 0) return [];
  const [asideX, asideY] = [-alongY / length, alongX / length];
  return [
    [x + asideX * radius, y + asideY * radius],
    [toX + asideX * toRadius, toY + asideY * toRadius],
    [toX - asideX * toRadius, toY - asideY * toRadius],
    [x - asideX * radius, y - asideY * radius],
  ];
}
