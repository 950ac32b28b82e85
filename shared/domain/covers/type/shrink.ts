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

/** The same spans in flat arrays, because a picture asks for them a million times. */
function flatSpans(
  length: number,
  side: number,
): { readonly first: Int32Array; readonly count: Int32Array; readonly weights: Float32Array; readonly most: number } {
  const all = spans(length, side / length);
  const most = Math.max(...all.map((covered) => covered.length));
  const weights = new Float32Array(all.length * most);
  all.forEach((covered, at) => covered.forEach(([, weight], part) => (weights[at * most + part] = weight)));
  return { first: Int32Array.from(all, ([first]) => first?.[0] ?? 0), count: Int32Array.from(all, (covered) => covered.length), weights, most };
}

/** A square picture at a smaller side; each pixel is the mean of the area that it covers. First along the rows, then along the columns. */
export function shrinkPicture({ width, height, data }: RgbPicture, side: number): RgbPicture {
  const [across, down] = [flatSpans(width, side), flatSpans(height, side)];
  const rows = new Float32Array(3 * side * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < side; x += 1) {
      let [red, green, blue] = [0, 0, 0];
      let from = 3 * (y * width + (across.first[x] ?? 0));
      for (let part = 0; part < (across.count[x] ?? 0); part += 1, from += 3) {
        const weight = across.weights[x * across.most + part] ?? 0;
        red += weight * (data[from] ?? 0);
        green += weight * (data[from + 1] ?? 0);
        blue += weight * (data[from + 2] ?? 0);
      }
      const to = 3 * (y * side + x);
      rows[to] = red;
      rows[to + 1] = green;
      rows[to + 2] = blue;
    }
  }
  const area = (width / side) ** 2;
  const [small, sums] = [new Uint8Array(3 * side * side), new Float32Array(3 * side)];
  for (let y = 0; y < side; y += 1) {
    sums.fill(0);
    for (let part = 0; part < (down.count[y] ?? 0); part += 1) {
      const [weight, row] = [down.weights[y * down.most + part] ?? 0, 3 * side * ((down.first[y] ?? 0) + part)];
      for (let at = 0; at < 3 * side; at += 1) sums[at] = (sums[at] ?? 0) + weight * (rows[row + at] ?? 0);
    }
    for (let at = 0; at < 3 * side; at += 1) small[3 * y * side + at] = Math.round((sums[at] ?? 0) / area);
  }
  return { width: side, height: side, data: small };
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
