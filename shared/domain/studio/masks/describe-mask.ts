import type { MaskBitmap } from './mask-operation.ts';

/** What is marked, as a sentence for the page and for screen readers. */
export interface MaskState {
  /** `all`: nothing would be kept of the picture. */
  readonly kind: 'empty' | 'some' | 'all';
  /** Of the picture, 0 to 1. */
  readonly share: number;
  readonly says: string;
}

/** Cells on the longer side of the field in which connected parts are counted. */
const CELLS = 128;
/** A part smaller than this share of everything marked is not named. */
const NAMED_MIN = 0.12;

/** How much of a picture is marked, and where: “12% marked, lower left.” */
export function describeMask(bitmap: MaskBitmap): MaskState {
  const share = shareOf(bitmap);
  if (share === 0) return { kind: 'empty', share, says: 'Nothing marked yet.' };
  if (share === 1) return { kind: 'all', share, says: 'Everything is marked.' };
  const amount = share < 0.01 ? 'Less than 1%' : `${Math.min(99, Math.round(share * 100))}%`;
  return { kind: 'some', share, says: `${amount} marked, ${whereOf(bitmap, share)}.` };
}

function shareOf({ alpha }: MaskBitmap): number {
  let marked = 0;
  for (const value of alpha) if (value > 127) marked += 1;
  return alpha.length === 0 ? 0 : marked / alpha.length;
}

interface Part {
  readonly cells: number;
  readonly x: number;
  readonly y: number;
}

function whereOf(bitmap: MaskBitmap, share: number): string {
  if (share > 0.7) return 'nearly everything';
  const parts = partsOf(bitmap);
  const all = parts.reduce((sum, { cells }) => sum + cells, 0);
  const named = parts.filter(({ cells }) => cells > all * NAMED_MIN).toSorted((one, other) => other.cells - one.cells);
  if (named.length > 2) return `in ${named.length} parts`;
  return [...new Set(named.map(placeOf))].join(' and ') || 'in many small parts';
}

function placeOf({ x, y }: Part): string {
  const row = ['upper', 'middle', 'lower'][Math.min(2, Math.floor(y * 3))];
  const column = ['left', 'center', 'right'][Math.min(2, Math.floor(x * 3))];
  return row === 'middle' && column === 'center' ? 'center' : `${row} ${column}`;
}

/** The connected parts, each with its middle as shares of the sides. */
function partsOf({ width, height, alpha }: MaskBitmap): readonly Part[] {
  const scale = Math.min(1, CELLS / Math.max(width, height));
  const [columns, rows] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const left = new Uint8Array(columns * rows);
  for (let at = 0; at < left.length; at += 1) {
    const x = Math.floor((((at % columns) + 0.5) * width) / columns);
    const y = Math.floor(((Math.floor(at / columns) + 0.5) * height) / rows);
    left[at] = (alpha[y * width + x] ?? 0) > 127 ? 1 : 0;
  }
  const parts: Part[] = [];
  for (let start = 0; start < left.length; start += 1) if (left[start] === 1) parts.push(takePart(left, { columns, rows, start }));
  return parts;
}

/** Takes the cells that are connected with one out of the field. */
function takePart(left: Uint8Array, { columns, rows, start }: { readonly columns: number; readonly rows: number; readonly start: number }): Part {
  let [cells, x, y] = [0, 0, 0];
  const open = [start];
  left[start] = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const column = at % columns;
    cells += 1;
    x += (column + 0.5) / columns;
    y += (Math.floor(at / columns) + 0.5) / rows;
    for (const next of [column > 0 ? at - 1 : -1, column < columns - 1 ? at + 1 : -1, at - columns, at + columns]) {
      if (left[next] !== 1) continue;
      left[next] = 0;
      open.push(next);
    }
  }
  return { cells, x: x / cells, y: y / cells };
}
