import type { KeyboardEvent } from 'react';
import type { MaskEditor, MaskTool } from './mask-state.ts';

/** What a key of the mask editor does. */
export type MaskCommand =
  | { readonly kind: 'move'; readonly across: number; readonly down: number }
  | { readonly kind: 'press' | 'drop' | 'undo' | 'redo' | 'invert' | 'say' }
  | { readonly kind: 'tool'; readonly tool: MaskTool }
  | { readonly kind: 'size'; readonly steps: number }
  | { readonly kind: 'cell'; readonly cell: number }
  | { readonly kind: 'zoom'; readonly factor: number };

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const TOOLS: Readonly<Record<string, MaskTool>> = { b: 'brush', x: 'eraser', r: 'rectangle', e: 'ellipse', l: 'lasso', f: 'fill', c: 'color' };
const PLAIN: Readonly<Record<string, MaskCommand>> = {
  ' ': { kind: 'press' },
  Escape: { kind: 'drop' },
  i: { kind: 'invert' },
  w: { kind: 'say' },
  '[': { kind: 'size', steps: -1 },
  ']': { kind: 'size', steps: 1 },
  '+': { kind: 'zoom', factor: 1.5 },
  '=': { kind: 'zoom', factor: 1.5 },
  '-': { kind: 'zoom', factor: 1 / 1.5 },
  '0': { kind: 'zoom', factor: 0 },
};

/** The command of a key while the picture has the focus; undefined for keys of the browser. Arrows move by 1% of the picture, with Shift by 10%. */
export function readMaskKey({
  key,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>): MaskCommand | undefined {
  const letter = key.length === 1 ? key.toLowerCase() : key;
  if (ctrlKey || metaKey) {
    if (letter === 'z') return { kind: shiftKey ? 'redo' : 'undo' };
    return letter === 'y' ? { kind: 'redo' } : undefined;
  }
  if (altKey) return undefined;
  const arrow = ARROWS[key];
  const step = shiftKey ? 0.1 : 0.01;
  if (arrow) return { kind: 'move', across: arrow[0] * step, down: arrow[1] * step };
  const tool = TOOLS[letter];
  if (tool) return { kind: 'tool', tool };
  if (/^[1-9]$/u.test(key)) return { kind: 'cell', cell: Number(key) - 1 };
  return PLAIN[letter];
}

/** The places of the nine cells in words, row by row. */
export const CELL_NAMES = [
  'upper left',
  'upper center',
  'upper right',
  'middle left',
  'center',
  'middle right',
  'lower left',
  'lower center',
  'lower right',
] as const;

/** Where the crosshair is, in words. */
export function describePlace({ cursor, size }: Pick<MaskEditor, 'cursor' | 'size'>): string {
  return `${Math.round((cursor[0] / size.width) * 100)}% across, ${Math.round((cursor[1] / size.height) * 100)}% down`;
}
