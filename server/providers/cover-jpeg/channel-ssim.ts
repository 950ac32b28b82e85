import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';

/** Side of the windows in pixels. */
const WINDOW = 8;
const [C1, C2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];

/**
 * Mean structural similarity over red, green and blue apart (Wang et al. 2004, uniform windows of 8 pixels); luma alone would reward smeared color. `step`
 * is the distance of the windows in pixels: 4 measures every part of the picture, 20 a sample of it.
 */
export function channelSsim(one: RgbPicture, other: RgbPicture, step = 4): number {
  let [sum, count] = [0, 0];
  for (let channel = 0; channel < 3; channel += 1) {
    for (let y = 0; y + WINDOW <= one.height; y += step) {
      for (let x = 0; x + WINDOW <= one.width; x += step) {
        sum += windowSsim(one, other, 3 * (y * one.width + x) + channel);
        count += 1;
      }
    }
  }
  return sum / count;
}

function windowSsim(one: RgbPicture, other: RgbPicture, start: number): number {
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let row = 0; row < WINDOW; row += 1) {
    for (let column = 0; column < WINDOW; column += 1) {
      const at = start + 3 * (row * one.width + column);
      const [left, right] = [one.data[at] ?? 0, other.data[at] ?? 0];
      a += left;
      b += right;
      aa += left * left;
      bb += right * right;
      ab += left * right;
    }
  }
  const size = WINDOW * WINDOW;
  const [meanA, meanB] = [a / size, b / size];
  const [varianceA, varianceB, both] = [aa / size - meanA ** 2, bb / size - meanB ** 2, ab / size - meanA * meanB];
  return ((2 * meanA * meanB + C1) * (2 * both + C2)) / ((meanA ** 2 + meanB ** 2 + C1) * (varianceA + varianceB + C2));
}
