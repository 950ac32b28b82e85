/** WCAG 2 contrast of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [bright, dim] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return ((bright ?? 0) + 0.05) / ((dim ?? 0) + 0.05);
}

/** What is left when no colour of a set reads: on any ground one of the two does. */
const LAST_RESORTS = ['#ffffff', '#111111'];

/** The first of the colours that reads on the ground at 4.5 or better, else white or black, whichever does. */
export function readable(ground: string, ...colours: readonly [string, ...string[]]): string {
  return [...colours, ...LAST_RESORTS].find((colour) => contrast(ground, colour) >= 4.5) ?? colours[0];
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
