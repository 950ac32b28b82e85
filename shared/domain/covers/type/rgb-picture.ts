/** Pixels in rows from the top, three bytes a pixel (sRGB). */
export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One byte a pixel, 255 where the ink covers the pixel, placed in a picture. */
export interface InkMask {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly alpha: Uint8Array;
}

const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Relative luminance of three sRGB bytes, 0 to 1 (WCAG 2.2). */
export function luminance(red: number, green: number, blue: number): number {
  return 0.2126 * (LINEAR[red] ?? 0) + 0.7152 * (LINEAR[green] ?? 0) + 0.0722 * (LINEAR[blue] ?? 0);
}

/** Relative luminance of a color written `#rrggbb`. */
export function luminanceOf(color: string): number {
  const channel = (at: number) => Number.parseInt(color.slice(at, at + 2), 16);
  return luminance(channel(1), channel(3), channel(5));
}

/** Contrast of two relative luminances, 1 to 21 (WCAG 2.2). */
export function contrastOf(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** Luminance of the pixel with this number, counted in rows. */
export function luminanceAt({ data }: RgbPicture, pixel: number): number {
  return luminance(data[3 * pixel] ?? 0, data[3 * pixel + 1] ?? 0, data[3 * pixel + 2] ?? 0);
}
