import { rgbToOklab } from '../../color.ts';
import { packCells } from './mark-area.ts';
import type { MaskOperation, MaskPoint, MaskSize } from './mask-operation.ts';

/** A small version of a picture, four bytes a pixel (sRGB and alpha). */
export interface ColorField {
  readonly columns: number;
  readonly rows: number;
  readonly pixels: Uint8ClampedArray | Uint8Array;
}

type Rgb = readonly [red: number, green: number, blue: number];

/** A color of a picture that can be selected, and how much of the picture is like it. */
export interface FieldColor {
  readonly rgb: Rgb;
  readonly share: number;
}

/** Cells on the longer side: fine enough for an outline, small enough to store with the mask. */
export const FIELD_CELLS_MAX = 256;
/** How different a color may be from the selected one. At the usual tolerance shades of a red are like it, and orange and crimson are not. */
export const COLOR_TOLERANCE = { min: 1, max: 100, usual: 25 } as const;

/** The largest distance is this many times the tolerance. */
const DISTANCE_PER_STEP = 0.0022;
/** Light and shadow change one thing's lightness, and another hue is another thing: OKLab's axes by how much they count. */
const LIGHTNESS_WEIGHT = 0.6;
const HUE_WEIGHT = 1.6;
/** Colors that cover less of what the larger ones leave are not offered. */
const OFFERED_SHARE_MIN = 0.01;

/** The number of cells of a picture's field. */
export function fieldSize({ width, height }: MaskSize): { readonly columns: number; readonly rows: number } {
  const scale = Math.min(1, FIELD_CELLS_MAX / Math.max(width, height));
  return { columns: Math.max(1, Math.round(width * scale)), rows: Math.max(1, Math.round(height * scale)) };
}

/** The color at a place of a picture. */
export function colorAt({ columns, rows, pixels }: ColorField, [x, y]: MaskPoint, { width, height }: MaskSize): Rgb {
  const column = Math.min(columns - 1, Math.max(0, Math.floor((x * columns) / width)));
  const row = Math.min(rows - 1, Math.max(0, Math.floor((y * rows) / height)));
  const at = (row * columns + column) * 4;
  return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
}

/** Marks, or unmarks, everything whose color is like one, as far as the tolerance allows (`COLOR_TOLERANCE`). */
export function selectColor(
  field: ColorField,
  color: Rgb,
  { erases = false, tolerance = COLOR_TOLERANCE.usual }: { readonly erases?: boolean; readonly tolerance?: number } = {},
): MaskOperation {
  const { columns, rows } = field;
  return { kind: 'area', erases, columns, rows, bits: packCells(cellsLike(field, color, tolerance)) };
}

/**
 * The colors that cover most of a picture, at most `most`, the largest first. Each is a color of the picture and covers a hundredth or more that no
 * commoner one covers. Which they are does not depend on the tolerance; `share` is what selecting one alone marks with it.
 */
export function fieldColors(field: ColorField, most: number, tolerance: number = COLOR_TOLERANCE.usual): readonly FieldColor[] {
  const total = field.columns * field.rows;
  const marked = new Uint8Array(total);
  const chosen: FieldColor[] = [];
  while (chosen.length < most) {
    const { rgb, count } = commonestColor(field, marked);
    if (count === 0) break;
    let added = 0;
    for (const [cell, isLike] of cellsLike(field, rgb, COLOR_TOLERANCE.usual).entries()) {
      if (isLike === 0 || marked[cell] === 1) continue;
      added += 1;
      marked[cell] = 1;
    }
    if (added < total * OFFERED_SHARE_MIN) break;
    const like = cellsLike(field, rgb, tolerance).reduce((sum, cell) => sum + cell, 0);
    chosen.push({ rgb, share: like / total });
  }
  return chosen.toSorted((one, other) => other.share - one.share);
}

/** The mean of the commonest colors that are not marked, alike to 16 steps of a channel, and how many cells have them. */
function commonestColor({ columns, rows, pixels }: ColorField, marked: Uint8Array): { readonly rgb: Rgb; readonly count: number } {
  // Number of cells, and sums of their channels.
  const sums = new Map<number, [number, number, number, number]>();
  for (let cell = 0; cell < columns * rows; cell += 1) {
    if (marked[cell] === 1) continue;
    const [red, green, blue] = [pixels[cell * 4] ?? 0, pixels[cell * 4 + 1] ?? 0, pixels[cell * 4 + 2] ?? 0];
    const key = (red >> 4) * 256 + (green >> 4) * 16 + (blue >> 4);
    const sum = sums.get(key) ?? [0, 0, 0, 0];
    sum[0] += 1;
    sum[1] += red;
    sum[2] += green;
    sum[3] += blue;
    sums.set(key, sum);
  }
  let [count, red, green, blue] = [0, 0, 0, 0];
  for (const sum of sums.values()) if (sum[0] > count) [count, red, green, blue] = sum;
  const mean = (channel: number) => (count === 0 ? 0 : Math.round(channel / count));
  return { rgb: [mean(red), mean(green), mean(blue)], count };
}

function cellsLike(field: ColorField, color: Rgb, tolerance: number): Uint8Array {
  const labs = labsOf(field);
  const [lightness, greenRed, blueYellow] = rgbToOklab(...color);
  const most = tolerance * DISTANCE_PER_STEP;
  return Uint8Array.from({ length: field.columns * field.rows }, (_, cell) => {
    const light = ((labs[cell * 3] ?? 0) - lightness) * LIGHTNESS_WEIGHT;
    const a = ((labs[cell * 3 + 1] ?? 0) - greenRed) * HUE_WEIGHT;
    const b = ((labs[cell * 3 + 2] ?? 0) - blueYellow) * HUE_WEIGHT;
    return light * light + a * a + b * b <= most * most ? 1 : 0;
  });
}

/** Each field is converted once. */
const fieldLabs = new WeakMap<ColorField, Float32Array>();

function labsOf(field: ColorField): Float32Array {
  const known = fieldLabs.get(field);
  if (known) return known;
  const { columns, rows, pixels } = field;
  const labs = new Float32Array(columns * rows * 3);
  for (let cell = 0; cell < columns * rows; cell += 1)
    labs.set(rgbToOklab(pixels[cell * 4] ?? 0, pixels[cell * 4 + 1] ?? 0, pixels[cell * 4 + 2] ?? 0), cell * 3);
  fieldLabs.set(field, labs);
  return labs;
}
