import { blendColors } from '../../color.ts';
import type { Box, Path } from './display-list.ts';
import type { PrintSheet } from './print.ts';
import { disc, joined, polygon, rect } from './shapes.ts';
import type { Point } from './shapes.ts';
import type { Technique } from './technique.ts';

/** How tints are made and what marks the press leaves, by technique. */

/** A tint of a color over a shape: hatching, dots, graded lines, toner or a flat mix. `share` is how much of the shape it covers, 0 to 1. */
export function layTint(
  print: PrintSheet,
  shape: { readonly path: Path; readonly box: Box },
  { color, share }: { color: string; share: number },
): void {
  const { technique } = print;
  if (technique === 'vector') {
    print.fill(shape.path, blendColors(print.palette.ground, color, 0.25 + 0.6 * share));
    return;
  }
  print.clip(shape.path, () => print.fill(SCREENS[technique](shape.box, { print, share }), color));
}

interface Screen {
  readonly print: PrintSheet;
  readonly share: number;
}

/** The screens that make a tint; pitches are wide enough to be seen as drawn, never as gray. */
const SCREENS: Readonly<Record<Exclude<Technique, 'vector'>, (box: Box, screen: Screen) => Path>> = {
  letterpress: ({ x, y, width, height }, { print, share }) => {
    const pitch = print.pitch(17);
    return joined(...steps(y, y + height, pitch).map((at) => rect(x, at, [width, Math.max(print.line(2.4), pitch * share * 0.8)])));
  },
  offset: (box, { print, share }) => dots(box, print.pitch(17), () => share),
  airbrush: ({ x, y, width, height }, { print, share }) => {
    const pitch = print.pitch(19);
    return joined(
      ...steps(y, y + height, pitch).map((at) => {
        const fade = 1 - (at - y) / Math.max(1, height);
        return rect(x, at, [width, Math.max(print.line(2.4), pitch * Math.min(0.95, share * 1.7 * fade))]);
      }),
    );
  },
  photocopy: (box, { print, share }) => {
    const pitch = print.pitch(15);
    const specks: Path[] = [];
    for (const at of steps(box.y, box.y + box.height, pitch)) {
      for (const left of steps(box.x, box.x + box.width, pitch)) {
        const id = Math.round(at * 7 + left * 131);
        if (print.chance(id, 51) < 0.25 + share * 0.75)
          specks.push(speck([left, at], pitch * (0.25 + share * 0.42) * (0.6 + print.chance(id, 52) * 0.8), id));
      }
    }
    return joined(...specks);
  },
};

/** Round dots in a screen turned by 30 degrees; `tone` says how much of its cell a dot covers. */
export function dots({ x, y, width, height }: Box, pitch: number, tone: (x: number, y: number) => number): Path {
  const path: number[] = [];
  const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  const reach = Math.ceil((Math.hypot(width, height) / 2 + pitch) / pitch);
  for (let i = -reach; i <= reach; i++) {
    for (let j = -reach; j <= reach; j++) {
      const [px, py] = [middleX + pitch * (i * cos - j * sin), middleY + pitch * (i * sin + j * cos)];
      if (px < x - pitch || px > x + width + pitch || py < y - pitch || py > y + height + pitch) continue;
      const share = tone(px, py);
      // At 1.27 the discs of a full cell overlap into solid ink.
      if (share > 0.02) path.push(...disc(px, py, pitch * Math.sqrt(Math.min(1.27, share * 1.27) / Math.PI) * 1.12));
    }
  }
  return path;
}

/** The marks that the press leaves: places that took no ink, as shapes of at least two pixels, never noise. */
export function layPress(print: PrintSheet): void {
  const { technique, palette } = print;
  if (technique !== 'letterpress' && technique !== 'photocopy') return;
  const many = technique === 'letterpress' ? 90 : 36;
  const most = technique === 'letterpress' ? 0.9 : 1.5;
  // Too small to be seen as shapes, they would only be dirt.
  if (print.line(0) > 5.5) return;
  const flecks = Array.from({ length: many }, (_, i) => {
    const radius = 3.4 * (0.65 + most * print.chance(i, 63) ** 4);
    return speck([print.chance(i, 61) * 1000, print.chance(i, 62) * 1000], radius, i);
  });
  print.fill(joined(...flecks), palette.ground);
}

/** An uneven five-cornered fleck. */
function speck([x, y]: Point, radius: number, id: number): Path {
  const corner = (i: number): Point => {
    const far = radius * (0.6 + (((id * 37 + i * 101) % 17) / 17) * 0.8);
    return [x + far * Math.cos(i * 1.2566 + id), y + far * Math.sin(i * 1.2566 + id)];
  };
  return polygon([corner(0), corner(1), corner(2), corner(3), corner(4)]);
}

/** Positions from `from` to `to` at a distance. */
function steps(from: number, to: number, distance: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / distance)) }, (_, i) => from + i * distance);
}
