import type { MaskBitmap } from './mask-operation.ts';

/** How far a mask is grown and how wide its soft edge is, in pixels of the picture. */
export interface MaskEdge {
  readonly growPx: number;
  readonly softPx: number;
}

/** A seam at the very edge of a mark shows; these hide it and change little around it. */
export const USUAL_EDGE: MaskEdge = { growPx: 6, softPx: 8 };
export const MASK_EDGE_MAX_PX = 32;

/** The mask as models get it: grown by `growPx` to all sides, with an edge that fades over `softPx`. What was marked stays marked whole. */
export function softenMask(bitmap: MaskBitmap, { growPx, softPx }: MaskEdge): MaskBitmap {
  const { width, height, alpha } = bitmap;
  const lines = { rows: { count: height, start: width, length: width, step: 1 }, columns: { count: width, start: 1, length: height, step: width } };
  let grown = alpha;
  if (growPx > 0) for (const direction of [lines.rows, lines.columns]) grown = growLines(grown, direction, growPx);
  const radius = Math.floor(softPx / 2);
  if (radius === 0) return { ...bitmap, alpha: grown };
  let soft = grown;
  for (const direction of [lines.rows, lines.columns]) soft = averageLines(soft, direction, radius);
  return { ...bitmap, alpha: Uint8Array.from(soft, (value, at) => Math.max(value, alpha[at] ?? 0)) };
}

/** Rows or columns of the pixels: how many, how far apart their first pixels are, how long they are, and how far apart their pixels are. */
interface Lines {
  readonly count: number;
  readonly start: number;
  readonly length: number;
  readonly step: number;
}

/** Each pixel becomes 255 when a marked one is at most `reach` pixels away in its line. */
function growLines(alpha: Uint8Array, { count, start, length, step }: Lines, reach: number): Uint8Array {
  const grown = new Uint8Array(alpha.length);
  for (let line = 0; line < count; line += 1) {
    let marked = -Infinity;
    for (let at = 0, pixel = line * start; at < length; at += 1, pixel += step) {
      if ((alpha[pixel] ?? 0) > 127) marked = at;
      if (at - marked <= reach) grown[pixel] = 255;
    }
    marked = Infinity;
    for (let at = length - 1, pixel = line * start + (length - 1) * step; at >= 0; at -= 1, pixel -= step) {
      if ((alpha[pixel] ?? 0) > 127) marked = at;
      if (marked - at <= reach) grown[pixel] = 255;
    }
  }
  return grown;
}

/** Each pixel becomes the mean of its line from `radius` before to `radius` after it; the line goes on as its ends are. */
function averageLines(alpha: Uint8Array, { count, start, length, step }: Lines, radius: number): Uint8Array {
  const mean = new Uint8Array(alpha.length);
  const window = 2 * radius + 1;
  for (let line = 0; line < count; line += 1) {
    const read = (at: number) => alpha[line * start + Math.min(length - 1, Math.max(0, at)) * step] ?? 0;
    let sum = 0;
    for (let at = -radius; at <= radius; at += 1) sum += read(at);
    for (let at = 0; at < length; at += 1) {
      mean[line * start + at * step] = Math.floor(sum / window);
      sum += read(at + radius + 1) - read(at - radius);
    }
  }
  return mean;
}
