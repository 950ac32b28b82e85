import { PATH_COMMANDS as C } from './display-list.ts';
import type { Box, Path } from './display-list.ts';

/** How a region is ruled. */
interface Ruling {
  readonly pitch: number;
  /** Radians from the horizontal. */
  readonly angle: number;
  /** The thickest and thinnest line in units. */
  readonly widths: readonly [number, number];
  /** Share of the pitch that a line covers at a point, 0 to 1. */
  readonly tone: (x: number, y: number) => number;
}

/** Distance between the points at which the width of a line is chosen. */
const SAMPLE = 36;

/** Parallel lines over a box that swell and thin with a tone, as in an engraving. */
export function engrave({ x, y, width, height }: Box, { pitch, angle, widths, tone }: Ruling): Path {
  const path: number[] = [];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  const along = (Math.abs(width * cos) + Math.abs(height * sin)) / 2 + SAMPLE;
  const across = (Math.abs(width * sin) + Math.abs(height * cos)) / 2;
  const samples = Math.ceil((2 * along) / SAMPLE);
  // Lines follow one grid of the whole sheet, so that regions ruled alike meet.
  const origin = -middleX * sin + middleY * cos;
  for (let line = Math.ceil((origin - across) / pitch); line * pitch <= origin + across; line++) {
    const off = line * pitch - origin;
    const back: number[] = [];
    for (let i = 0; i <= samples; i++) {
      const at = -along + i * SAMPLE;
      const [px, py] = [middleX + at * cos - off * sin, middleY + at * sin + off * cos];
      const half = Math.min(widths[1], Math.max(widths[0], pitch * tone(px, py))) / 2;
      path.push(i === 0 ? C.move : C.line, px + half * sin, py - half * cos);
      back.push(px - half * sin, py + half * cos);
    }
    for (let i = back.length - 2; i >= 0; i -= 2) path.push(C.line, back[i] ?? 0, back[i + 1] ?? 0);
    path.push(C.close);
  }
  return path;
}
