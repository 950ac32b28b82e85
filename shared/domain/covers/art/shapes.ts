import { PATH_COMMANDS as C } from './display-list.ts';
import type { Path } from './display-list.ts';

/** Paths of plain shapes, in units of the picture. */

export type Point = readonly [x: number, y: number];

/** The control distance that makes four cubic curves a circle within 0.03 %. */
const KAPPA = 0.5522847498;

/** A rectangle from its upper left corner. */
export function rect(x: number, y: number, [width, height]: Point): Path {
  return polygon([
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ]);
}

/** A closed polygon. */
export function polygon(points: readonly Point[]): Path {
  return [...openLine(points), C.close];
}

/** An open line through points. */
export function openLine(points: readonly Point[]): number[] {
  return points.flatMap(([x, y], index) => [index === 0 ? C.move : C.line, x, y]);
}

/** A full circle. */
export function disc(x: number, y: number, radius: number): Path {
  return [C.disc, x, y, Math.max(0, radius)];
}

/** A closed curve through points (Catmull-Rom as cubic curves): roundness 1 is smooth, 0 a polygon. */
export function smooth(points: readonly Point[], { isClosed = true, roundness = 1 }: { isClosed?: boolean; roundness?: number } = {}): Path {
  const pull = roundness / 6;
  const count = points.length;
  const at = (index: number): Point => points[isClosed ? (index + count) % count : Math.min(count - 1, Math.max(0, index))] ?? [0, 0];
  const path: number[] = [C.move, ...at(0)];
  for (let i = 0; i < (isClosed ? count : count - 1); i++) {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    path.push(C.curve, from[0] + (to[0] - before[0]) * pull, from[1] + (to[1] - before[1]) * pull);
    path.push(to[0] - (after[0] - from[0]) * pull, to[1] - (after[1] - from[1]) * pull, to[0], to[1]);
  }
  if (isClosed) path.push(C.close);
  return path;
}

/** An arc of a circle as an open path; angles in radians, clockwise on screen. */
export function arc([x, y]: Point, radius: number, [from, to]: Point): number[] {
  const pieces = Math.max(1, Math.ceil(Math.abs(to - from) / (Math.PI / 2)));
  const step = (to - from) / pieces;
  const reach = (4 / 3) * Math.tan(step / 4) * radius;
  const path: number[] = [C.move, x + radius * Math.cos(from), y + radius * Math.sin(from)];
  for (let i = 0; i < pieces; i++) {
    const [a, b] = [from + i * step, from + (i + 1) * step];
    path.push(C.curve, x + radius * Math.cos(a) - reach * Math.sin(a), y + radius * Math.sin(a) + reach * Math.cos(a));
    path.push(x + radius * Math.cos(b) + reach * Math.sin(b), y + radius * Math.sin(b) - reach * Math.cos(b));
    path.push(x + radius * Math.cos(b), y + radius * Math.sin(b));
  }
  return path;
}

/** A slice of a circle; with an inner radius, a slice of a ring. */
export function sector(center: Point, radius: number, { from, to, inner = 0 }: { from: number; to: number; inner?: number }): Path {
  const outer = arc(center, radius, [from, to]);
  const back = inner > 0 ? arc(center, inner, [to, from]) : [C.move, ...center];
  return [...outer, C.line, ...back.slice(1), C.close];
}

/** A rectangle with rounded corners. */
export function rounded(x: number, y: number, { width, height, radius }: { width: number; height: number; radius: number }): Path {
  const r = Math.min(radius, width / 2, height / 2);
  if (r < 0.5) return rect(x, y, [width, height]);
  const k = r * (1 - KAPPA);
  const [right, foot] = [x + width, y + height];
  const sides: readonly (readonly number[])[] = [
    [C.move, x + r, y, C.line, right - r, y, C.curve, right - k, y, right, y + k, right, y + r],
    [C.line, right, foot - r, C.curve, right, foot - k, right - k, foot, right - r, foot],
    [C.line, x + r, foot, C.curve, x + k, foot, x, foot - k, x, foot - r],
    [C.line, x, y + r, C.curve, x, y + k, x + k, y, x + r, y, C.close],
  ];
  return sides.flat();
}

/** A square about a point whose corners round until it is a circle: roundness 0 to 1. */
export function softSquare(x: number, y: number, { radius, roundness }: { radius: number; roundness: number }): Path {
  return rounded(x - radius, y - radius, { width: 2 * radius, height: 2 * radius, radius: radius * roundness });
}

/** The path turned (radians) and scaled about the origin, then moved. */
export function place(path: Path, { x, y, scale = 1, turn = 0 }: { x: number; y: number; scale?: number; turn?: number }): Path {
  const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale];
  const moved: number[] = [];
  for (let i = 0; i < path.length;) {
    const command = path[i] ?? C.close;
    moved.push(command);
    i += 1;
    const points = command === C.curve ? 3 : command === C.close ? 0 : 1;
    for (let p = 0; p < points; p++, i += 2) {
      const [px, py] = [path[i] ?? 0, path[i + 1] ?? 0];
      moved.push(x + px * cos - py * sin, y + px * sin + py * cos);
    }
    if (command === C.disc) moved.push((path[i++] ?? 0) * Math.abs(scale));
  }
  return moved;
}

/** Several paths as one. */
export function joined(...paths: readonly Path[]): Path {
  return paths.flat();
}
