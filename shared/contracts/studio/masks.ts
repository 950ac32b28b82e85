import { z } from 'zod';
import { MASK_OPERATIONS_MAX } from '#shared/domain/studio/masks/mask-history.ts';
import { digitsOf } from '#shared/domain/studio/masks/mark-area.ts';
import type { MaskOperation } from '#shared/domain/studio/masks/mask-operation.ts';
import { FIELD_CELLS_MAX } from '#shared/domain/studio/masks/select-color.ts';
import { MASK_EDGE_MAX_PX } from '#shared/domain/studio/masks/soften-mask.ts';
import { assetId } from '#shared/ids.ts';
import type { AssetId } from '#shared/ids.ts';
import { numberInput, patternInput, shareInput, wholeInput } from '#shared/input-types.ts';

/** In pixels of the picture. A stroke may leave it; it is cut at the edge. */
const coordinate = numberInput(-50_000, 50_000);
const place = z.union([z.tuple([coordinate, coordinate]), z.tuple([coordinate, coordinate, shareInput])]);
const POINTS_MAX = 5_000;
const erases = z.boolean('must be on or off');
const edge = wholeInput(0, MASK_EDGE_MAX_PX);
const area = z
  .strictObject({
    kind: z.literal('area'),
    erases,
    columns: wholeInput(1, FIELD_CELLS_MAX),
    rows: wholeInput(1, FIELD_CELLS_MAX),
    bits: patternInput(/^[0-9a-f]{1,16384}$/, 'is not a field of cells in hexadecimal'),
  })
  .refine(({ columns, rows, bits }) => bits.length === digitsOf(columns, rows), { message: 'does not fit its columns and rows', path: ['bits'] });

const maskOperation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stroke'), erases, size: numberInput(1, 4_000), points: z.array(place).min(1).max(POINTS_MAX) }),
  z.strictObject({ kind: z.literal('rectangle'), erases, from: place, to: place }),
  z.strictObject({ kind: z.literal('ellipse'), erases, from: place, to: place }),
  z.strictObject({ kind: z.literal('lasso'), erases, points: z.array(place).min(3).max(POINTS_MAX) }),
  z.strictObject({ kind: z.literal('fill'), at: place }),
  area,
  z.strictObject({ kind: z.literal('invert') }),
  z.strictObject({ kind: z.literal('clear') }),
  z.strictObject({ kind: z.literal('edge'), growPx: edge, softPx: edge }),
]);

/** The steps of a mask; empty for one that was not drawn here. */
export const maskOperations = z.array(maskOperation).max(MASK_OPERATIONS_MAX + 1);

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
