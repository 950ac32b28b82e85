import type { Box } from '../display-list.ts';
import { footRoom, headRoom, printOver, roomOnGround, strongestSpots } from '../layout.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';
import { drawScene } from '../scenes.ts';
import { dots } from '../tints.ts';
import { joined, place, rect } from '../shapes.ts';

/** Three inks printed over each other. Energy moves them out of register, tempo sets how many shapes, acousticness their roundness, valence the height. */

interface Read {
  readonly count: number;
  readonly register: number;
  readonly roundness: number;
  readonly height: number;
}

function read(print: PrintSheet): Read {
  return {
    count: print.count('tempo', [4, 10], 'shapes'),
    register: print.amount('energy', [4, 26], 'inks out of register'),
    roundness: print.amount('acousticness', [0, 1], 'roundness'),
    height: print.amount('valence', [0.2, 1], 'height'),
  };
}

/** Prints a scene ink by ink: far, near and accent each in one color, the near one thinned to dots toward the foot. */
function overprintScene(print: PrintSheet, box: Box, { numbers, turn = 0 }: { numbers: Read; turn?: number }): void {
  const layers = drawScene(print, box, { count: numbers.count, height: numbers.height, roundness: numbers.roundness });
  const [first, second, third] = strongestSpots(print);
  const holds = (from: number, to: number) => layers.filter(({ isAccent, depth }) => !isAccent && depth >= from && depth < to);
  const inks = [
    { color: third, shapes: holds(0, 0.4), shift: [-0.6, 0.5], isGrained: true },
    { color: first, shapes: layers.filter(({ isAccent }) => isAccent), shift: [0, 0], isGrained: false },
    { color: second, shapes: holds(0.4, 0.8), shift: [1, -0.6], isGrained: true },
    { color: first, shapes: holds(0.8, 2), shift: [0.2, 0.9], isGrained: false },
  ] as const;
  const sheets = inks.map(({ color, shapes, shift, isGrained }) => {
    const moved = shapes.map(({ path }) => place(path, { x: numbers.register * shift[0], y: numbers.register * shift[1], turn }));
    return { color, isGrained, path: joined(...moved) };
  });
  printOver(print, sheets);
  for (const [i, sheet] of sheets.entries())
    if (sheet.isGrained) grainOver(print, { path: sheet.path, box, color: i === 0 ? print.palette.ground : third });
}

/** Paper showing through an ink in dots, more of it toward the top. */
function grainOver(print: PrintSheet, { path, box, color }: { path: readonly number[]; box: Box; color: string }): void {
  const screen = dots(
    { x: 0, y: box.y, width: 1000, height: box.height },
    print.pitch(21),
    (_, y) => 0.42 * Math.max(0, 1 - (y - box.y) / (box.height * 0.8)),
  );
  print.clip(path, () => print.fill(screen, color));
}

function lowHorizon(print: PrintSheet): Layout {
  overprintScene(print, { x: 0, y: 270, width: 1000, height: 740 }, { numbers: read(print) });
  return headRoom(print, 0.27);
}

function highHorizon(print: PrintSheet): Layout {
  print.clip(rect(0, 0, [1000, 720]), () => overprintScene(print, { x: 0, y: -40, width: 1000, height: 780 }, { numbers: read(print) }));
  return footRoom(print, 0.75);
}

function triptych(print: PrintSheet): Layout {
  const numbers = read(print);
  for (const i of [0, 1, 2]) {
    const left = print.snap(30 + i * 320);
    print.clip(rect(left, 290, [300, 680]), () => overprintScene(print, { x: left - i * 250, y: 250, width: 820, height: 740 }, { numbers }));
  }
  return headRoom(print, 0.26);
}

function leaning(print: PrintSheet): Layout {
  overprintScene(print, { x: -150, y: 330, width: 1400, height: 800 }, { numbers: read(print), turn: -0.21 });
  return roomOnGround(print, [0.06, 0.06, 0.62, 0.2]);
}

function closeUp(print: PrintSheet): Layout {
  const numbers = read(print);
  print.clip(rect(0, 0, [1000, 730]), () =>
    overprintScene(
      print,
      { x: -400, y: -220, width: 1700, height: 1100 },
      { numbers: { ...numbers, count: Math.max(3, Math.round(numbers.count * 0.7)) } },
    ),
  );
  return footRoom(print, 0.76);
}

export const RISO: readonly Composition[] = [lowHorizon, highHorizon, triptych, leaning, closeUp];
