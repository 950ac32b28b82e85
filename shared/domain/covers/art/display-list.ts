/** A picture as plain data: what to paint, in order, on a square of 1,000 units. The rasterizer scales it by the size in pixels. */

/** The commands of a path and how many numbers follow each. */
export const PATH_COMMANDS = { move: 0, line: 1, curve: 2, close: 3, disc: 4 } as const;

/** Commands and their numbers in one list: move x y, line x y, curve x1 y1 x2 y2 x y (cubic), close, disc x y radius. */
export type Path = readonly number[];
export type Blend = 'normal' | 'multiply' | 'screen';

/** Faces that a picture may set text in; the rasterizer adds faces for scripts that these lack. */
export type ArtFace = 'grotesque' | 'serif' | 'italic';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Text whose outline is fitted to a box. `justify`: as high as the box, as wide as the box by the face's width axis; `contain`: whole inside the box;
 * `cover`: fills the box and runs over its edges. Letters are never stretched.
 */
export interface GlyphItem {
  readonly kind: 'glyphs';
  readonly text: string;
  readonly face: ArtFace;
  readonly weight: number;
  /** Percent of the normal width that the face may take, least and most. */
  readonly widths: readonly [number, number];
  readonly box: Box;
  readonly fit: 'justify' | 'contain' | 'cover';
  /** Where the text sits when it is smaller or larger than the box, as shares: 0 left or top, 1 right or bottom. */
  readonly align: readonly [number, number];
  /** Quarter turns clockwise about the middle of the box. */
  readonly turns: 0 | 1 | 3;
  readonly color: string;
  readonly blend: Blend;
}

export type DisplayItem =
  | { readonly kind: 'fill'; readonly path: Path; readonly color: string; readonly blend: Blend }
  | { readonly kind: 'stroke'; readonly path: Path; readonly color: string; readonly width: number; readonly blend: Blend }
  | { readonly kind: 'clip'; readonly path: Path; readonly items: readonly DisplayItem[] }
  | GlyphItem;

/** The side of every picture in units. */
export const EXTENT = 1000;

export interface DisplayList {
  /** Pixels of a side; widths of lines and screens are already chosen for it. */
  readonly size: number;
  readonly items: readonly DisplayItem[];
}
