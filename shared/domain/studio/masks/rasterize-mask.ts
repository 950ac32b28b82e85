import { fillClosed } from './fill-closed.ts';
import { markArea } from './mark-area.ts';
import { markPolygon } from './mark-rows.ts';
import { markEllipse, markRectangle, markStroke } from './mark-shapes.ts';
import type { MaskBitmap, MaskOperation, MaskPoint, MaskSize } from './mask-operation.ts';

/** A pen at its lightest still draws this share of the brush. */
const LIGHTEST = 0.25;

/** An empty mask of a size. */
export function emptyBitmap({ width, height }: MaskSize): MaskBitmap {
  return { width, height, alpha: new Uint8Array(width * height) };
}

/**
 * The mask of a list of operations for a picture of `size`, drawn at the same size or, for a screen, at another one of the same shape. The same operations
 * always give the same bytes: only sums, products and square roots are used, which every engine rounds alike (IEEE 754).
 */
export function rasterizeMask(operations: readonly MaskOperation[], size: MaskSize, drawn: MaskSize = size): MaskBitmap {
  const bitmap = emptyBitmap(drawn);
  for (const operation of operations) applyOperation(bitmap, operation, size);
  return bitmap;
}

/** Adds one operation to a mask that is already drawn. Returns false when it changes nothing because no closed area is there to fill. */
export function applyOperation(bitmap: MaskBitmap, operation: MaskOperation, size: MaskSize): boolean {
  const [across, down] = [bitmap.width / size.width, bitmap.height / size.height];
  const placed = ([x, y]: MaskPoint): MaskPoint => [x * across, y * down];
  const value = 'erases' in operation && operation.erases ? 0 : 255;
  switch (operation.kind) {
    case 'stroke': {
      const radius = (operation.size / 2) * Math.sqrt(across * down);
      markStroke(
        bitmap,
        operation.points.map(([x, y, pressure = 1]) => [x * across, y * down, radius * (LIGHTEST + (1 - LIGHTEST) * pressure)]),
        value,
      );
      return true;
    }
    case 'rectangle':
      markRectangle(bitmap, [placed(operation.from), placed(operation.to)], value);
      return true;
    case 'ellipse':
      markEllipse(bitmap, [placed(operation.from), placed(operation.to)], value);
      return true;
    case 'lasso':
      if (operation.points.length > 2) markPolygon(bitmap, operation.points.map(placed), value);
      return true;
    case 'fill':
      return fillClosed(bitmap, placed(operation.at));
    case 'area':
      markArea(bitmap, operation);
      return true;
    case 'invert':
      for (let at = 0; at < bitmap.alpha.length; at += 1) bitmap.alpha[at] = 255 - (bitmap.alpha[at] ?? 0);
      return true;
    case 'clear':
      bitmap.alpha.fill(0);
      return true;
    case 'edge':
    default:
      return true;
  }
}
