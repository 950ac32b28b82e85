import { useCallback } from 'react';
import type { Dispatch } from 'react';
import type { MaskBitmap, MaskOperation, MaskPoint } from '#shared/domain/studio/masks/mask-operation.ts';
import { colorAt, selectColor } from '#shared/domain/studio/masks/select-color.ts';
import type { ColorField } from '#shared/domain/studio/masks/select-color.ts';
import { applyOperation } from '#shared/domain/studio/masks/rasterize-mask.ts';
import { describePlace } from './mask-keys.ts';
import type { MaskCommand } from './mask-keys.ts';
import { diameterOf } from './mask-state.ts';
import type { MaskAction, MaskEditor } from './mask-state.ts';

/** How much a key changes the size of the brush. */
const SIZE_STEP = 1.25;
/** How much a key changes the tolerance of the selection by color. */
const TOLERANCE_STEP = 5;
const NOT_CLOSED = 'Nothing closed here. Draw around it first.';

interface MaskParts {
  readonly editor: MaskEditor;
  readonly dispatch: Dispatch<MaskAction>;
  readonly bitmap: MaskBitmap;
  readonly field: ColorField | undefined;
  /** Speaks to a screen reader, and shows it. */
  readonly say: (words: string) => void;
}

/** What keys, the pointer and the buttons do, in one place, so that all of them do the same. */
export function useMaskCommands({ editor, dispatch, bitmap, field, say }: MaskParts) {
  /** Starts a shape at a place, or does at once what has no shape: filling, and selecting a color. */
  const press = useCallback(
    (at: MaskPoint) => {
      dispatch({ type: 'move', to: at });
      if (editor.tool === 'color') {
        if (field) dispatch({ type: 'add', operation: selectColor(field, colorAt(field, at, editor.size), { tolerance: editor.tolerance }) });
        return;
      }
      if (editor.tool !== 'fill') return dispatch({ type: 'begin' });
      const operation: MaskOperation = { kind: 'fill', at: [at[0], at[1]] };
      const copy = { ...bitmap, alpha: bitmap.alpha.slice() };
      if (applyOperation(copy, operation, editor.size)) dispatch({ type: 'add', operation });
      else say(NOT_CLOSED);
    },
    [editor.tool, editor.size, editor.tolerance, field, bitmap, dispatch, say],
  );
  const run = (command: MaskCommand): void => {
    const { cursor, size, shape, window } = editor;
    switch (command.kind) {
      case 'move':
        return dispatch({ type: 'move', to: [cursor[0] + command.across * size.width, cursor[1] + command.down * size.height] });
      case 'press':
        return shape ? dispatch({ type: 'end' }) : press(cursor);
      case 'invert':
        return dispatch({ type: 'add', operation: { kind: 'invert' } });
      case 'tool':
        return dispatch({ type: 'tool', tool: command.tool });
      case 'size':
        return editor.tool === 'color'
          ? dispatch({ type: 'tolerance', tolerance: editor.tolerance + command.steps * TOLERANCE_STEP })
          : dispatch({ type: 'diameter', diameter: diameterOf(editor) * SIZE_STEP ** command.steps });
      case 'cell':
        return dispatch({ type: 'add', operation: cellOperation(editor, bitmap, command.cell) });
      case 'zoom':
        return dispatch({ type: 'zoom', zoom: window.zoom * command.factor, at: cursor });
      case 'say':
        return say(`${describePlace(editor)}, ${isMarkedAt(bitmap, editor) ? 'marked' : 'not marked'}.`);
      case 'drop':
      case 'undo':
      case 'redo':
      default:
        return dispatch({ type: command.kind });
    }
  };
  return { press, run };
}

/** A ninth of the picture; one that is marked whole is unmarked. */
function cellOperation({ size }: MaskEditor, bitmap: MaskBitmap, cell: number): MaskOperation {
  const [column, row] = [cell % 3, Math.floor(cell / 3)];
  const at = (columns: number, rows: number): MaskPoint => [Math.round((columns * size.width) / 3), Math.round((rows * size.height) / 3)];
  return { kind: 'rectangle', erases: isCellMarked(bitmap, cell), from: at(column, row), to: at(column + 1, row + 1) };
}

/** Whether a ninth of the picture is marked whole. */
export function isCellMarked({ width, height, alpha }: MaskBitmap, cell: number): boolean {
  const [left, right] = [0, 1].map((more) => Math.round(((cell % 3) + more) * (width / 3)));
  const [top, bottom] = [0, 1].map((more) => Math.round((Math.floor(cell / 3) + more) * (height / 3)));
  for (let y = (top ?? 0) + 1; y < (bottom ?? 0) - 1; y += 1)
    for (let x = (left ?? 0) + 1; x < (right ?? 0) - 1; x += 1) if ((alpha[y * width + x] ?? 0) <= 127) return false;
  return true;
}

function isMarkedAt({ width, height, alpha }: MaskBitmap, { cursor, size }: MaskEditor): boolean {
  const x = Math.min(width - 1, Math.floor((cursor[0] / size.width) * width));
  const y = Math.min(height - 1, Math.floor((cursor[1] / size.height) * height));
  return (alpha[y * width + x] ?? 0) > 127;
}
