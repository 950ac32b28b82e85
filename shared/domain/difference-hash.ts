/** A square picture, three bytes a pixel in rows. */
interface SquarePicture {
  readonly width: number;
  readonly data: Uint8Array;
}

const COLUMNS = 9;
const ROWS = 8;

/**
 * The 64-bit difference hash of a picture: whether each of 8 × 8 averaged cells is darker than its right neighbor (Neal Krawetz, "Kind of Like That",
 * 2013). It hardly changes when a picture is encoded again or shrunk.
 */
export function differenceHashOf(picture: SquarePicture): readonly boolean[] {
  const cells = Array.from({ length: ROWS * COLUMNS }, (_, at) => brightnessOf(picture, at % COLUMNS, Math.floor(at / COLUMNS)));
  return Array.from({ length: ROWS * (COLUMNS - 1) }, (_, at) => {
    const cell = Math.floor(at / (COLUMNS - 1)) * COLUMNS + (at % (COLUMNS - 1));
    return (cells[cell] ?? 0) < (cells[cell + 1] ?? 0);
  });
}

/** Bits by which two hashes differ, 0 to 64. */
export function hashBitsApart(one: readonly boolean[], other: readonly boolean[]): number {
  return one.filter((bit, at) => bit !== other[at]).length;
}

function brightnessOf({ width, data }: SquarePicture, column: number, row: number): number {
  const [left, right] = [Math.floor((column * width) / COLUMNS), Math.ceil(((column + 1) * width) / COLUMNS)];
  const [top, bottom] = [Math.floor((row * width) / ROWS), Math.ceil(((row + 1) * width) / ROWS)];
  let sum = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = 3 * (y * width + x);
      sum += 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    }
  }
  return sum / Math.max(1, (right - left) * (bottom - top));
}
