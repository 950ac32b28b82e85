/** WCAG 2 contrast ratio of two `#rrggbb` colors, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [bright, dim] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return ((bright ?? 0) + 0.05) / ((dim ?? 0) + 0.05);
}

/** Fallbacks when no palette color is readable: on any background one of the two is. */
const FALLBACKS = ['#ffffff', '#111111'];

/** The first color with a contrast of at least 4.5 on the background, else white or black, whichever reaches it. */
export function readable(ground: string, ...colors: readonly [string, ...string[]]): string {
  return [...colors, ...FALLBACKS].find((color) => contrast(ground, color) >= 4.5) ?? colors[0];
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
