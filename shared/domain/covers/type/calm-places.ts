import { luminanceAt } from './rgb-picture.ts';
import type { RgbPicture } from './rgb-picture.ts';
import type { TypeBox } from './type-layouts.ts';

/** Pixels of the picture that one cell of the table holds, along each axis. */
const CELL_PX = 4;
/** Steps in which a block is moved, as shares of the side. */
const STEP = 0.03;
/** Sideways a block keeps an edge at the margin, or stands in the middle. */
const SIDEWAYS = [0, 0.5, 1];

/** Mean and spread of luminance in any rectangle, in constant time (summed-area table). */
interface LuminanceTable {
  statsOf(box: TypeBox): { readonly mean: number; readonly spread: number };
}

/** Places for a block of type, calmest first: positions inside the margin where the picture's luminance varies least. */
export function calmPlaces(
  picture: RgbPicture,
  bounds: TypeBox,
  margin: number,
): readonly { readonly dx: number; readonly dy: number; readonly mean: number }[] {
  const table = luminanceTable(picture);
  const places: { dx: number; dy: number; mean: number; worth: number }[] = [];
  for (const share of SIDEWAYS) {
    const x = margin + share * Math.max(0, 1 - 2 * margin - bounds.width);
    for (let y = margin; y <= 1 - margin - bounds.height + 1e-9; y += STEP) {
      const { mean, spread } = table.statsOf({ ...bounds, x, y });
      places.push({ dx: x - bounds.x, dy: y - bounds.y, mean, worth: spread });
    }
  }
  return places.toSorted((one, other) => one.worth - other.worth);
}

function luminanceTable(picture: RgbPicture): LuminanceTable {
  const side = Math.max(1, Math.floor(picture.width / CELL_PX));
  const wide = side + 1;
  const [sum, squares] = [new Float64Array(wide * wide), new Float64Array(wide * wide)];
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const value = luminanceAt(picture, (y * CELL_PX + 1) * picture.width + x * CELL_PX + 1);
      const at = (y + 1) * wide + x + 1;
      for (const [plane, add] of [
        [sum, value],
        [squares, value * value],
      ] as const) {
        plane[at] = add + (plane[at - 1] ?? 0) + (plane[at - wide] ?? 0) - (plane[at - wide - 1] ?? 0);
      }
    }
  }
  const cell = (share: number) => Math.min(side, Math.max(0, Math.round(share * side)));
  return {
    statsOf: (box) => {
      const [left, top, right, bottom] = [cell(box.x), cell(box.y), cell(box.x + box.width), cell(box.y + box.height)];
      const count = Math.max(1, (right - left) * (bottom - top));
      const total = (plane: Float64Array) =>
        ((plane[bottom * wide + right] ?? 0) -
          (plane[top * wide + right] ?? 0) -
          (plane[bottom * wide + left] ?? 0) +
          (plane[top * wide + left] ?? 0)) /
        count;
      const mean = total(sum);
      return { mean, spread: Math.sqrt(Math.max(0, total(squares) - mean * mean)) };
    },
  };
}
