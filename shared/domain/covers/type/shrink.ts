import type { InkMask, RgbPicture } from './rgb-picture.ts';

/** Weights of the source pixels under one target pixel along an axis: each counts by the share of it that is covered. */
function spans(length: number, scale: number, start = 0): readonly (readonly (readonly [number, number])[])[] {
  const first = Math.floor(start * scale);
  const last = Math.ceil((start + length) * scale);
  return Array.from({ length: last - first }, (_, index) => {
    const [from, to] = [(first + index) / scale - start, (first + index + 1) / scale - start];
    const covered: (readonly [number, number])[] = [];
    for (let at = Math.max(0, Math.floor(from)); at < Math.min(length, Math.ceil(to)); at += 1) {
      covered.push([at, Math.min(at + 1, to) - Math.max(at, from)]);
    }
    return covered;
  });
}

/** A square picture at a smaller side; each pixel is the mean of the area that it covers. */
export function shrinkPicture(picture: RgbPicture, side: number): RgbPicture {
  const scale = side / picture.width;
  const [across, down] = [spans(picture.width, scale), spans(picture.height, scale)];
  const data = new Uint8Array(3 * side * side);
  down.forEach((rows, y) => {
    across.forEach((columns, x) => {
      const sum: [number, number, number] = [0, 0, 0];
      let weight = 0;
      for (const [row, high] of rows) {
        for (const [column, wide] of columns) {
          const at = 3 * (row * picture.width + column);
          weight += high * wide;
          sum[0] += high * wide * (picture.data[at] ?? 0);
          sum[1] += high * wide * (picture.data[at + 1] ?? 0);
          sum[2] += high * wide * (picture.data[at + 2] ?? 0);
        }
      }
      data.set(
        sum.map((value) => Math.round(value / weight)),
        3 * (y * side + x),
      );
    });
  });
  return { width: side, height: side, data };
}

/** The mask of a word for a picture at a smaller scale. */
export function shrinkMask(mask: InkMask, scale: number): InkMask {
  const [across, down] = [spans(mask.width, scale, mask.x), spans(mask.height, scale, mask.y)];
  const alpha = new Uint8Array(across.length * down.length);
  down.forEach((rows, y) => {
    across.forEach((columns, x) => {
      let sum = 0;
      for (const [row, high] of rows) for (const [column, wide] of columns) sum += high * wide * (mask.alpha[row * mask.width + column] ?? 0);
      alpha[y * across.length + x] = Math.round(sum * scale * scale);
    });
  });
  return { text: mask.text, x: Math.floor(mask.x * scale), y: Math.floor(mask.y * scale), width: across.length, height: down.length, alpha };
}
