import { contrastOf, luminanceAt } from './rgb-picture.ts';
import type { InkMask, RgbPicture } from './rgb-picture.ts';

/** Least contrast of a word on a cover (WCAG 2.2, 1.4.3). */
export const CONTRAST_MIN = 4.5;
/** The ground around a word counts up to this distance, in pixels. */
export const RING_PX = 3;
/** A pixel belongs to the ink when the ink covers at least this share of it. */
const INK_COVER = 0.95;
/** Strokes thinner than a pixel have no covered pixel; then the best covered ones stand for the ink. */
const INK_PIXELS_MIN = 12;
/** The share of the ground with the least contrast that decides. */
const WORST_SHARE = 0.05;

/** Contrast of one word. */
export interface WordContrast {
  readonly text: string;
  readonly ratio: number;
}

/**
 * Contrast between the median ink of a word, in the picture that people see, and the worst 5 % of its ground: the picture before type was set, under
 * the word and 3 px around it.
 */
export function wordContrast(seen: RgbPicture, before: RgbPicture, mask: InkMask): number {
  const ink = median(inkOf(seen, mask));
  const ground = groundOf(before, mask)
    .map((value) => contrastOf(ink, value))
    .toSorted();
  return ground[Math.floor(ground.length * WORST_SHARE)] ?? 1;
}

function inkOf(seen: RgbPicture, mask: InkMask): Float64Array {
  const full: number[] = [];
  mask.alpha.forEach((alpha, at) => {
    if (alpha < INK_COVER * 255) return;
    const pixel = pixelAt(seen, mask, at);
    if (pixel >= 0) full.push(luminanceAt(seen, pixel));
  });
  return full.length >= INK_PIXELS_MIN ? Float64Array.from(full) : bestCovered(seen, mask);
}

function bestCovered(seen: RgbPicture, mask: InkMask): Float64Array {
  const covered: { readonly alpha: number; readonly value: number }[] = [];
  mask.alpha.forEach((alpha, at) => {
    const pixel = pixelAt(seen, mask, at);
    if (alpha > 0 && pixel >= 0) covered.push({ alpha, value: luminanceAt(seen, pixel) });
  });
  const best = covered.toSorted((one, other) => other.alpha - one.alpha).slice(0, INK_PIXELS_MIN);
  return Float64Array.from(best, ({ value }) => value);
}

function groundOf(before: RgbPicture, mask: InkMask): Float64Array {
  const { x, y, width, height } = mask;
  const [wide, high] = [width + 2 * RING_PX, height + 2 * RING_PX];
  const near = grow(grow({ alpha: mask.alpha, width, height }, true), false);
  const values: number[] = [];
  for (let at = 0; at < wide * high; at += 1) {
    if ((near.alpha[at] ?? 0) === 0) continue;
    const [left, top] = [x - RING_PX + (at % wide), y - RING_PX + Math.floor(at / wide)];
    if (left >= 0 && top >= 0 && left < before.width && top < before.height) values.push(luminanceAt(before, top * before.width + left));
  }
  return Float64Array.from(values);
}

interface Plane {
  readonly alpha: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The plane with every inked pixel spread by the ring's width along one axis. */
function grow({ alpha, width, height }: Plane, across: boolean): Plane {
  const [wide, high] = across ? [width + 2 * RING_PX, height] : [width, height + 2 * RING_PX];
  const grown = new Uint8Array(wide * high);
  const step = across ? 1 : wide;
  for (let at = 0; at < alpha.length; at += 1) {
    if ((alpha[at] ?? 0) === 0) continue;
    const start = Math.floor(at / width) * wide + (at % width);
    for (let ring = 0; ring <= 2 * RING_PX; ring += 1) grown[start + ring * step] = 1;
  }
  return { alpha: grown, width: wide, height: high };
}

function pixelAt(picture: RgbPicture, mask: InkMask, at: number): number {
  const [x, y] = [mask.x + (at % mask.width), mask.y + Math.floor(at / mask.width)];
  return x >= 0 && y >= 0 && x < picture.width && y < picture.height ? y * picture.width + x : -1;
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
