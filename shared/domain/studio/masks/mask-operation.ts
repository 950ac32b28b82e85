/** Width and height in pixels. */
export interface MaskSize {
  readonly width: number;
  readonly height: number;
}

/** A place in pixels of the picture from its upper left corner; of a stroke, also the pressure of the pen, 0 to 1. */
export type MaskPoint = readonly [x: number, y: number, pressure?: number];

/**
 * One step of a mask. A mask is the list of its operations, replayed at the size of its picture; undoing takes the last one away. `erases` takes the shape
 * out of the mask instead of adding it.
 */
export type MaskOperation =
  | { readonly kind: 'stroke'; readonly erases: boolean; readonly size: number; readonly points: readonly MaskPoint[] }
  | { readonly kind: 'rectangle' | 'ellipse'; readonly erases: boolean; readonly from: MaskPoint; readonly to: MaskPoint }
  | { readonly kind: 'lasso'; readonly erases: boolean; readonly points: readonly MaskPoint[] }
  /** Marks the unmarked area around a place when marks close it on all sides. */
  | { readonly kind: 'fill'; readonly at: MaskPoint }
  /** A field of cells over the whole picture, as a selection by color gives it. `bits`: four cells a hexadecimal digit, in rows, the first cell highest. */
  | { readonly kind: 'area'; readonly erases: boolean; readonly columns: number; readonly rows: number; readonly bits: string }
  | { readonly kind: 'invert' }
  | { readonly kind: 'clear' }
  /** Marks nothing: how far the mask was grown, and how wide its soft edge is, when it was sent. */
  | { readonly kind: 'edge'; readonly growPx: number; readonly softPx: number };

/** A part of a picture that is marked, one byte a pixel: 255 is marked, 0 is not, between them is a soft edge. */
export interface MaskBitmap extends MaskSize {
  readonly alpha: Uint8Array;
}
