import { addOperation, redoOperation, undoOperation } from '#shared/domain/studio/masks/mask-history.ts';
import type { MaskHistory } from '#shared/domain/studio/masks/mask-history.ts';
import type { MaskOperation, MaskPoint, MaskSize } from '#shared/domain/studio/masks/mask-operation.ts';
import { COLOR_TOLERANCE } from '#shared/domain/studio/masks/select-color.ts';
import { USUAL_EDGE } from '#shared/domain/studio/masks/soften-mask.ts';
import type { MaskEdge } from '#shared/domain/studio/masks/soften-mask.ts';

/** The tools of the editor; each of the first two keeps its own size. */
export const MASK_TOOLS = ['brush', 'eraser', 'rectangle', 'ellipse', 'lasso', 'fill', 'color'] as const;
export type MaskTool = (typeof MASK_TOOLS)[number];

const ZOOM_MAX = 8;
export const DIAMETER_MIN = 4;

/** The part of the picture that is seen: its upper left corner as shares of the sides, and how much larger it is shown. */
interface MaskWindow {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

/**
 * The editor. States of a shape: none → begun (`shape`, follows the crosshair) → added to the history, or dropped. Undoing never touches a shape that is
 * begun; Escape drops it.
 */
export interface MaskEditor {
  readonly size: MaskSize;
  readonly history: MaskHistory;
  readonly edge: MaskEdge;
  readonly tool: MaskTool;
  /** In pixels of the picture. */
  readonly diameters: { readonly brush: number; readonly eraser: number };
  /** Of the selection by color (`COLOR_TOLERANCE`). */
  readonly tolerance: number;
  readonly cursor: MaskPoint;
  readonly shape: MaskOperation | null;
  readonly window: MaskWindow;
}

export type MaskAction =
  | { readonly type: 'tool'; readonly tool: MaskTool }
  | { readonly type: 'diameter'; readonly diameter: number }
  | { readonly type: 'tolerance'; readonly tolerance: number }
  /** Moves the crosshair; a shape that is begun follows. */
  | { readonly type: 'move'; readonly to: MaskPoint }
  | { readonly type: 'begin' | 'end' | 'drop' | 'undo' | 'redo' }
  | { readonly type: 'add'; readonly operation: MaskOperation }
  | { readonly type: 'edge'; readonly edge: MaskEdge }
  | { readonly type: 'replace'; readonly operations: readonly MaskOperation[] }
  /** `at` stays where it is seen. */
  | { readonly type: 'zoom'; readonly zoom: number; readonly at: MaskPoint }
  /** Two fingers: moves and enlarges what is seen. `at`, `across` and `down` are shares of the view; what is under `at` stays under it. Several may come before the next frame. */
  | { readonly type: 'pinch'; readonly factor: number; readonly at: readonly [x: number, y: number]; readonly across: number; readonly down: number };

/** The editor of a picture as it opens: the crosshair in the middle, a brush of a tenth of the shorter side. */
export function openEditor(size: MaskSize, operations: readonly MaskOperation[]): MaskEditor {
  const diameter = Math.max(DIAMETER_MIN, Math.round(Math.min(size.width, size.height) / 10));
  return {
    size,
    history: { done: operations, undone: [] },
    edge: USUAL_EDGE,
    tool: 'brush',
    diameters: { brush: diameter, eraser: diameter },
    tolerance: COLOR_TOLERANCE.usual,
    cursor: [size.width / 2, size.height / 2],
    shape: null,
    window: { zoom: 1, left: 0, top: 0 },
  };
}

/** The editor after an action. */
export function editMask(editor: MaskEditor, action: MaskAction): MaskEditor {
  const { history, size, window } = editor;
  switch (action.type) {
    case 'tool':
      return { ...editor, tool: action.tool, shape: null };
    case 'diameter': {
      const diameter = Math.round(Math.min(diameterMax(size), Math.max(DIAMETER_MIN, action.diameter)));
      return { ...editor, diameters: { ...editor.diameters, [editor.tool === 'eraser' ? 'eraser' : 'brush']: diameter } };
    }
    case 'tolerance':
      return { ...editor, tolerance: Math.round(Math.min(COLOR_TOLERANCE.max, Math.max(COLOR_TOLERANCE.min, action.tolerance))) };
    case 'move': {
      const cursor = within(size, action.to);
      return showCursor({ ...editor, cursor, shape: editor.shape && follow(editor.shape, cursor) });
    }
    case 'begin':
      return { ...editor, shape: beginShape(editor) };
    case 'end':
      return editor.shape ? { ...editor, shape: null, history: hasArea(editor.shape) ? addOperation(history, editor.shape) : history } : editor;
    case 'drop':
      return { ...editor, shape: null };
    case 'undo':
      return { ...editor, history: undoOperation(history) };
    case 'redo':
      return { ...editor, history: redoOperation(history) };
    case 'add':
      return { ...editor, shape: null, history: addOperation(history, action.operation) };
    case 'edge':
      return { ...editor, edge: action.edge };
    case 'replace': {
      const edge = action.operations.find(({ kind }) => kind === 'edge');
      const done = action.operations.filter(({ kind }) => kind !== 'edge');
      return { ...editor, shape: null, history: { done, undone: [] }, edge: edge?.kind === 'edge' ? edgeOf(edge) : editor.edge };
    }
    case 'zoom': {
      const zoom = Math.min(ZOOM_MAX, Math.max(1, action.zoom));
      const [x, y] = [action.at[0] / size.width, action.at[1] / size.height];
      const factor = window.zoom / zoom;
      return { ...editor, window: bounded({ zoom, left: x - (x - window.left) * factor, top: y - (y - window.top) * factor }) };
    }
    case 'pinch':
    default: {
      const { left, top } = bounded({ ...window, left: window.left + action.across / window.zoom, top: window.top + action.down / window.zoom });
      const zoom = Math.min(ZOOM_MAX, Math.max(1, window.zoom * action.factor));
      const shrunk = 1 / window.zoom - 1 / zoom;
      return { ...editor, window: bounded({ zoom, left: left + action.at[0] * shrunk, top: top + action.at[1] * shrunk }) };
    }
  }
}

/** A lasso of one or two places encloses nothing. */
const hasArea = (shape: MaskOperation) => shape.kind !== 'lasso' || shape.points.length > 2;

const edgeOf = ({ growPx, softPx }: MaskEdge): MaskEdge => ({ growPx, softPx });

/** The largest brush: half of the shorter side. */
export const diameterMax = ({ width, height }: MaskSize) => Math.max(DIAMETER_MIN, Math.round(Math.min(width, height) / 2));

/** The diameter of the tool in use. */
export const diameterOf = ({ tool, diameters }: Pick<MaskEditor, 'tool' | 'diameters'>) => diameters[tool === 'eraser' ? 'eraser' : 'brush'];

function beginShape({ tool, cursor, ...editor }: MaskEditor): MaskOperation | null {
  switch (tool) {
    case 'brush':
    case 'eraser':
      return { kind: 'stroke', erases: tool === 'eraser', size: editor.diameters[tool], points: [cursor] };
    case 'rectangle':
    case 'ellipse':
      return { kind: tool, erases: false, from: cursor, to: cursor };
    case 'lasso':
      return { kind: 'lasso', erases: false, points: [cursor] };
    case 'fill':
    case 'color':
    default:
      return null;
  }
}

/** More points than a screen can show are not stored. */
const STEP_MIN_PX = 1.5;
const POINTS_MAX = 5_000;

function follow(shape: MaskOperation, cursor: MaskPoint): MaskOperation {
  if (shape.kind === 'rectangle' || shape.kind === 'ellipse') return { ...shape, to: cursor };
  if (shape.kind !== 'stroke' && shape.kind !== 'lasso') return shape;
  const last = shape.points.at(-1);
  const isNear = last && Math.abs(last[0] - cursor[0]) < STEP_MIN_PX && Math.abs(last[1] - cursor[1]) < STEP_MIN_PX;
  return isNear || shape.points.length >= POINTS_MAX ? shape : { ...shape, points: [...shape.points, cursor] };
}

function within({ width, height }: MaskSize, [x, y, pressure]: MaskPoint): MaskPoint {
  const place = [round(Math.min(width, Math.max(0, x))), round(Math.min(height, Math.max(0, y)))] as const;
  return pressure === undefined ? place : [...place, pressure];
}

const round = (value: number) => Math.round(value * 10) / 10;

function bounded({ zoom, left, top }: MaskWindow): MaskWindow {
  const most = 1 - 1 / zoom;
  return { zoom, left: Math.min(most, Math.max(0, left)), top: Math.min(most, Math.max(0, top)) };
}

/** The crosshair is always seen: the window follows it. */
function showCursor(editor: MaskEditor): MaskEditor {
  const { window, cursor, size } = editor;
  const seen = 1 / window.zoom;
  const [x, y] = [cursor[0] / size.width, cursor[1] / size.height];
  if (x >= window.left && x <= window.left + seen && y >= window.top && y <= window.top + seen) return editor;
  return { ...editor, window: bounded({ ...window, left: x - seen / 2, top: y - seen / 2 }) };
}
