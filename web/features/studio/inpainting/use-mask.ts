import { useEffect, useMemo, useReducer, useState } from 'react';
import { describeMask } from '#shared/domain/studio/masks/describe-mask.ts';
import type { MaskBitmap, MaskOperation, MaskSize } from '#shared/domain/studio/masks/mask-operation.ts';
import { applyOperation, emptyBitmap, rasterizeMask } from '#shared/domain/studio/masks/rasterize-mask.ts';
import type { AssetId } from '#shared/ids.ts';
import { editMask, openEditor } from './mask-state.ts';

/** On a screen a mask is drawn at most at this side; the server draws it at the size of the picture. */
const SHOWN_SIDE_MAX = 1_024;

const storageKey = (image: AssetId) => `segue.mask.${image}`;

/** The editor of a picture's mask, as it was left in this browser, and the mask as it is drawn on the screen. */
export function useMask(image: AssetId, size: MaskSize) {
  const [editor, dispatch] = useReducer(editMask, null, () => openEditor(size, loadOperations(image)));
  const { done } = editor.history;
  useEffect(() => storeOperations(image, done), [image, done]);
  const bitmap = useBitmap(done, size);
  const { shape } = editor;
  const shown = useMemo(() => (shape ? withOperation(bitmap, shape, size) : bitmap), [bitmap, shape, size]);
  const state = useMemo(() => describeMask(bitmap), [bitmap]);
  return { editor, dispatch, bitmap, shown, state };
}

interface DrawnOperations {
  readonly operations: readonly MaskOperation[];
  readonly bitmap: MaskBitmap;
}

/** The drawn operations; one more than before is added to what is drawn already. */
function useBitmap(operations: readonly MaskOperation[], size: MaskSize): MaskBitmap {
  const [drawn, setDrawn] = useState<DrawnOperations>(() => ({ operations, bitmap: rasterizeMask(operations, size, shownSize(size)) }));
  if (drawn.operations === operations) return drawn.bitmap;
  const next = { operations, bitmap: drawNext(drawn, operations, size) };
  setDrawn(next);
  return next.bitmap;
}

function drawNext(before: DrawnOperations, operations: readonly MaskOperation[], size: MaskSize): MaskBitmap {
  const added = operations.at(-1);
  const isOneMore = added && before.operations.length === operations.length - 1 && before.operations.every((one, at) => one === operations[at]);
  return isOneMore ? withOperation(before.bitmap, added, size) : rasterizeMask(operations, size, shownSize(size));
}

/** A copy of a mask with one more operation. */
function withOperation(bitmap: MaskBitmap, operation: MaskOperation, size: MaskSize): MaskBitmap {
  const copy = { ...emptyBitmap(bitmap), alpha: bitmap.alpha.slice() };
  applyOperation(copy, operation, size);
  return copy;
}

function shownSize({ width, height }: MaskSize): MaskSize {
  const scale = Math.min(1, SHOWN_SIDE_MAX / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function loadOperations(image: AssetId): readonly MaskOperation[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey(image)) ?? '[]');
    return Array.isArray(stored) ? (stored as readonly MaskOperation[]) : [];
  } catch {
    return [];
  }
}

/** Does nothing when the browser refuses storage or has no room. */
function storeOperations(image: AssetId, operations: readonly MaskOperation[]): void {
  try {
    sessionStorage.setItem(storageKey(image), JSON.stringify(operations));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
