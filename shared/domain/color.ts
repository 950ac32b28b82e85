/** Colors as `#rrggbb` and in OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020). */

export type Lab = readonly [lightness: number, greenRed: number, blueYellow: number];
type Linear = readonly [number, number, number];

const fromByte = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const toByte = (value: number) => {
  const bounded = Math.min(1, Math.max(0, value));
  return Math.round(255 * (bounded <= 0.0031308 ? bounded * 12.92 : 1.055 * bounded ** (1 / 2.4) - 0.055));
};

/** The value of a channel, 0 to 1, by where its digits start. */
const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;

function linear(hex: string): Linear {
  return [fromByte(channel(hex, 1)), fromByte(channel(hex, 3)), fromByte(channel(hex, 5))];
}

const toHex = (rgb: Linear) => `#${rgb.map((value) => toByte(value).toString(16).padStart(2, '0')).join('')}`;

function labOf([r, g, b]: Linear): Lab {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** A color in OKLab. */
export function toOklab(hex: string): Lab {
  return labOf(linear(hex));
}

/** A color of three bytes (sRGB) in OKLab. */
export function rgbToOklab(red: number, green: number, blue: number): Lab {
  return labOf([fromByte(red / 255), fromByte(green / 255), fromByte(blue / 255)]);
}

/** The nearest displayable color; channels outside sRGB are cut off. */
export function fromOklab([lightness, a, b]: Lab): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return toHex([
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]);
}

/** Full dichromacy in linear light: Machado, Oliveira and Fernandes 2009 (doi 10.1109/TVCG.2009.113), severity 1.0. */
const DEFICIENCIES = {
  none: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
} as const;
export type Vision = keyof typeof DEFICIENCIES;
export const VISIONS = ['none', 'protanopia', 'deuteranopia'] as const satisfies readonly Vision[];

/** Distance of two colors in OKLab as seen with normal or color-deficient vision. */
export function colorDistance(one: string, other: string, vision: Vision = 'none'): number {
  const [a, b] = [seen(one, vision), seen(other, vision)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function seen(hex: string, vision: Vision): Lab {
  const [r, g, b] = linear(hex);
  const m = DEFICIENCIES[vision];
  const row = (at: 0 | 3 | 6) => Math.min(1, Math.max(0, (m[at] ?? 0) * r + (m[at + 1] ?? 0) * g + (m[at + 2] ?? 0) * b));
  return labOf([row(0), row(3), row(6)]);
}

function luminance(hex: string): number {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2 contrast ratio, 1 to 21. */
export function contrastRatio(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The color a share of the way from one to the other, in OKLab. */
export function blendColors(from: string, to: string, share: number): string {
  const [a, b] = [toOklab(from), toOklab(to)];
  return fromOklab([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share]);
}

/** Two inks in one place: on light paper light passes both (darker), on dark paper both add light (lighter). */
export function mixInks(below: string, above: string, onLight: boolean): string {
  return `#${[1, 3, 5]
    .map((at) =>
      Math.round(255 * (onLight ? channel(below, at) * channel(above, at) : 1 - (1 - channel(below, at)) * (1 - channel(above, at))))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** Lightness and chroma multiplied, hue kept (OKLCh). */
export function shiftColor(hex: string, by: { readonly lightness: number; readonly chroma: number }): string {
  const [lightness, a, b] = toOklab(hex);
  return fromOklab([Math.min(1, lightness * by.lightness), a * by.chroma, b * by.chroma]);
}

/** Whether a color is nearer white than black in OKLab. */
export function isLight(hex: string): boolean {
  return toOklab(hex)[0] > 0.6;
}
