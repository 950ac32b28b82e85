import type { MaskOperation } from './mask-operation.ts';

/** The operations of a mask, and those that were undone, the last one last. */
export interface MaskHistory {
  readonly done: readonly MaskOperation[];
  readonly undone: readonly MaskOperation[];
}

/** More is not stored; the oldest stay. */
export const MASK_OPERATIONS_MAX = 500;

export const EMPTY_MASK: MaskHistory = { done: [], undone: [] };

/** Adds an operation; what was undone cannot be redone after it. Returns the same history when the mask has as many operations as it can. */
export function addOperation(history: MaskHistory, operation: MaskOperation): MaskHistory {
  if (history.done.length >= MASK_OPERATIONS_MAX) return history;
  return { done: [...history.done, operation], undone: [] };
}

/** Takes the last operation away. */
export function undoOperation({ done, undone }: MaskHistory): MaskHistory {
  const last = done.at(-1);
  return last ? { done: done.slice(0, -1), undone: [...undone, last] } : { done, undone };
}

/** Brings the operation back that was undone last. */
export function redoOperation({ done, undone }: MaskHistory): MaskHistory {
  const last = undone.at(-1);
  return last ? { done: [...done, last], undone: undone.slice(0, -1) } : { done, undone };
}
