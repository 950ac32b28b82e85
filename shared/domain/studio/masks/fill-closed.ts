import type { MaskBitmap, MaskPoint } from './mask-operation.ts';

/** Marks the unmarked area around a place when marks close it on all sides. Returns false, and changes nothing, when it reaches the edge of the picture or the place is marked. */
export function fillClosed({ width, height, alpha }: MaskBitmap, [x, y]: MaskPoint): boolean {
  const start = Math.floor(y) * width + Math.floor(x);
  if (x < 0 || y < 0 || x >= width || y >= height || alpha[start] !== 0) return false;
  const seen = new Uint8Array(alpha.length);
  const open = [start];
  seen[start] = 1;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const column = at % width;
    if (column === 0 || column === width - 1 || at < width || at >= alpha.length - width) return false;
    for (const next of [at - 1, at + 1, at - width, at + width]) {
      if (seen[next] === 1 || alpha[next] !== 0) continue;
      seen[next] = 1;
      open.push(next);
    }
  }
  for (let at = 0; at < seen.length; at += 1) if (seen[at] === 1) alpha[at] = 255;
  return true;
}
