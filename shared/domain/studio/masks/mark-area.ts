import type { MaskBitmap, MaskOperation } from './mask-operation.ts';

type Area = Extract<MaskOperation, { readonly kind: 'area' }>;

/** Four cells for each hexadecimal digit, the last one filled up with unmarked cells. */
export function packCells(cells: Uint8Array): string {
  let bits = '';
  for (let at = 0; at < cells.length; at += 4) {
    let digit = 0;
    for (let one = 0; one < 4; one += 1) digit = digit * 2 + ((cells[at + one] ?? 0) === 0 ? 0 : 1);
    bits += digit.toString(16);
  }
  return bits;
}

/** How many hexadecimal digits a field of cells has. */
export const digitsOf = (columns: number, rows: number) => Math.ceil((columns * rows) / 4);

/** Marks or unmarks a field of cells, with straight edges between the centers of cells, so that its outline is not a staircase. */
export function markArea(bitmap: MaskBitmap, { columns, rows, bits, erases }: Area): void {
  const cells = Uint8Array.from({ length: columns * rows }, (_, at) => (Number.parseInt(bits[at >> 2] ?? '0', 16) >> (3 - (at & 3))) & 1);
  const { width, height, alpha } = bitmap;
  const across = placesOf(width, columns);
  const value = erases ? 0 : 255;
  for (const [y, down] of placesOf(height, rows).entries()) {
    for (const [x, place] of across.entries()) {
      const at = (row: number, column: number) => cells[row * columns + column] ?? 0;
      const upper = at(down.one, place.one) * (1 - place.share) + at(down.one, place.other) * place.share;
      const lower = at(down.other, place.one) * (1 - place.share) + at(down.other, place.other) * place.share;
      if (upper * (1 - down.share) + lower * down.share >= 0.5) alpha[y * width + x] = value;
    }
  }
}

/** For each pixel of a side, the two cells whose centers it lies between, and how far from the first. */
function placesOf(pixels: number, cells: number): readonly { readonly one: number; readonly other: number; readonly share: number }[] {
  return Array.from({ length: pixels }, (_, pixel) => {
    const place = ((pixel + 0.5) * cells) / pixels - 0.5;
    const one = Math.floor(place);
    const within = (cell: number) => Math.min(cells - 1, Math.max(0, cell));
    return { one: within(one), other: within(one + 1), share: place - one };
  });
}
