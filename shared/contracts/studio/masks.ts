import { z } from 'zod';
import { assetId } from '#shared/ids.ts';
import type { AssetId } from '#shared/ids.ts';
import { numberInput, shareInput, wholeInput } from '#shared/input-types.ts';

/** A place in pixels of the picture, from its upper left corner. A stroke may leave the picture. */
const coordinate = numberInput(-50_000, 50_000);
const point = z.tuple([coordinate, coordinate]);
/** The pen's pressure from 0 to 1; 0.5 without a pen. */
const pressedPoint = z.tuple([coordinate, coordinate, shareInput]);
const POINTS_MAX = 20_000;
const OPERATIONS_MAX = 2_000;

/** True takes from the mask what the shape covers, false adds it. */
const erases = z.boolean();

/**
 * One step of a mask, in the order in which a person made them. Replayed at the size of the picture they give the mask again; white is what is repainted.
 * `cells` are those of a grid of three by three, row by row from 0.
 */
const maskOperation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stroke'), erases, size: numberInput(1, 4_000), points: z.array(pressedPoint).min(1).max(POINTS_MAX) }),
  z.strictObject({ kind: z.literal('rectangle'), erases, from: point, to: point }),
  z.strictObject({ kind: z.literal('ellipse'), erases, from: point, to: point }),
  z.strictObject({ kind: z.literal('lasso'), erases, points: z.array(point).min(3).max(POINTS_MAX) }),
  z.strictObject({ kind: z.literal('fill'), erases, at: point }),
  z.strictObject({ kind: z.literal('color'), erases, at: point, tolerance: shareInput, isTouching: z.boolean() }),
  z.strictObject({ kind: z.literal('cells'), erases, cells: z.array(wholeInput(0, 8)).min(1).max(9) }),
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('invert') }),
  z.strictObject({ kind: z.literal('grow'), pixels: wholeInput(-200, 200) }),
  z.strictObject({ kind: z.literal('feather'), pixels: wholeInput(0, 200) }),
]);
export type MaskOperation = z.infer<typeof maskOperation>;

/** The steps of a mask; empty for one that was not drawn here. */
export const maskOperations = z.array(maskOperation).max(OPERATIONS_MAX);

/** What a mask is stored for: the part of the address of `POST /files/masks?of=…`. */
export const storeMaskInput = z.strictObject({ of: assetId });

export const maskInput = z.strictObject({ mask: assetId });
export type MaskInput = z.infer<typeof maskInput>;

/**
 * The answer to `POST /files/masks?of=<picture>`, a form (multipart/form-data) with the fields `mask`, a picture of exactly the same size whose white part
 * is repainted, and `operations`, its steps as JSON. Its id goes into `values.mask` of a render.
 */
export interface StoredMask {
  readonly asset: AssetId;
  readonly url: string;
  readonly of: AssetId;
  readonly width: number;
  readonly height: number;
  /** How much of the picture is repainted, from 0 to 1. */
  readonly share: number;
}

/** A stored mask with its steps, so that it can be changed again. */
export interface MaskView extends StoredMask {
  readonly operations: readonly MaskOperation[];
}
