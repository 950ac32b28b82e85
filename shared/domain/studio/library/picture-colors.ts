import type { ColorWord } from '#shared/vocabulary.ts';

/** A color that covers less of a picture is not one of its main colors. */
const SHARE_MIN = 0.15;
/** Upper ends of the hues in degrees, from red around the circle. */
const HUES: readonly (readonly [ColorWord, number])[] = [
  ['red', 15],
  ['orange', 42],
  ['yellow', 68],
  ['green', 168],
  ['blue', 255],
  ['violet', 325],
  ['red', 360],
];

/** The main colors of RGBA pixels, the largest first. Transparent pixels and middle grays count as none. */
export function mainColors(pixels: Uint8Array): readonly ColorWord[] {
  const counts = new Map<ColorWord, number>();
  let total = 0;
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    if ((pixels[at + 3] ?? 0) < 128) continue;
    total += 1;
    const word = colorWordOf(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
    if (word) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= total * SHARE_MIN)
    .toSorted((a, b) => b[1] - a[1])
    .map(([word]) => word);
}

/** The word for a color by its hue, saturation and lightness (CSS Color 4, section 7.1); undefined for a middle gray. */
export function colorWordOf(red: number, green: number, blue: number): ColorWord | undefined {
  const [max, min] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const lightness = (max + min) / 510;
  const chroma = (max - min) / 255;
  if (lightness < 0.16) return 'dark';
  if (chroma < 0.1) return lightness > 0.72 ? 'pale' : undefined;
  if (lightness > 0.9) return 'pale';
  const hue = hueOf([red, green, blue], { max, min });
  return HUES.find(([, end]) => hue < end)?.[0] ?? 'red';
}

function hueOf([red, green, blue]: readonly [number, number, number], { max, min }: { max: number; min: number }): number {
  const range = max - min;
  const sixth = max === red ? ((green - blue) / range + 6) % 6 : max === green ? (blue - red) / range + 2 : (red - green) / range + 4;
  return sixth * 60;
}
