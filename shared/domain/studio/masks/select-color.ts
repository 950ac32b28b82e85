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
/** How far a color may be from the selected one, as a distance in sRGB, 0 to 442. */
export const COLOR_REACH = 40;

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

/** Marks, or unmarks, everything whose color is like one. */
export function selectColor(field: ColorField, color: Rgb, erases = false): MaskOperation {
  const { columns, rows } = field;
  return { kind: 'area', erases, columns, rows, bits: packCells(cellsLike(field, color)) };
}

/** The colors that cover most of a picture, at most `most`, each unlike the others. */
export function fieldColors(field: ColorField, most: number): readonly FieldColor[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < field.pixels.length; at += 4) {
    const key = ((field.pixels[at] ?? 0) >> 4) * 256 + ((field.pixels[at + 1] ?? 0) >> 4) * 16 + ((field.pixels[at + 2] ?? 0) >> 4);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const chosen: FieldColor[] = [];
  for (const [key] of [...counts].toSorted((one, other) => other[1] - one[1] || one[0] - other[0])) {
    const rgb: Rgb = [(key >> 8) * 16 + 8, ((key >> 4) & 15) * 16 + 8, (key & 15) * 16 + 8];
    if (chosen.some((one) => distance(one.rgb, rgb) < 2 * COLOR_REACH)) continue;
    const like = cellsLike(field, rgb).reduce((sum, cell) => sum + cell, 0);
    chosen.push({ rgb, share: like / (field.columns * field.rows) });
    if (chosen.length === most) break;
  }
  return chosen;
}

function cellsLike({ columns, rows, pixels }: ColorField, color: Rgb): Uint8Array {
  return Uint8Array.from({ length: columns * rows }, (_, cell) => {
    const at = cell * 4;
    return distance([pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0], color) < COLOR_REACH ? 1 : 0;
  });
}

function distance(one: Rgb, other: Rgb): number {
  const [red, green, blue] = [one[0] - other[0], one[1] - other[1], one[2] - other[2]];
  return Math.sqrt(red * red + green * green + blue * blue);
}
