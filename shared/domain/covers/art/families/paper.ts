import type { Path } from '../display-list.ts';
import { footRoom, headRoom, inkAt } from '../layout.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';
import { polygon, rect, smooth } from '../shapes.ts';
import { bloom, piece } from './paper-outlines.ts';
import type { Blade } from './paper-outlines.ts';

/** Cut paper on panels: tempo sets the pieces, energy how deep they are cut, acousticness the roundness of the cuts. */

/** A panel with edges cut with scissors: nearly straight. */
function panel(print: PrintSheet, { x, y, width, height, id }: { x: number; y: number; width: number; height: number; id: number }): Path {
  const off = (corner: number) => (print.chance(id * 8 + corner, 138) - 0.5) * 22;
  return polygon([
    [x + off(0), y + off(1)],
    [x + width + off(2), y + off(3)],
    [x + width + off(4), y + height + off(5)],
    [x + off(6), y + height + off(7)],
  ]);
}

const bladeOf = (print: PrintSheet): Blade => ({
  depth: print.amount('energy', [0.25, 1], 'depth of the cuts'),
  roundness: print.amount('acousticness', [0, 1], 'roundness of the cuts'),
});

/** An ink for a piece that differs from the paper below it. */
const differing = (print: PrintSheet, index: number, below: string) =>
  [0, 1, 2, 3].map((step) => inkAt(print, index + step)).find((color) => color !== below) ?? print.palette.ink;

function panels(print: PrintSheet): Layout {
  const blade = bladeOf(print);
  const columns = print.count('tempo', [2, 4], 'columns of panels');
  const rows = columns === 2 ? 1 : columns - 1;
  const [width, height] = [1000 / columns, 700 / rows];
  for (let i = 0; i < columns * rows; i++) {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const field = inkAt(print, column + row * 2 + Math.floor(print.chance(1, 139) * 4));
    print.fill(panel(print, { x: column * width - 8, y: row * height - 8, width: width + 16, height: height + 16, id: i }), field);
    const cut = {
      x: (column + 0.5) * width,
      y: (row + 0.5) * height,
      radius: Math.min(width, height) * 0.46,
      turn: (print.chance(i, 140) - 0.5) * 1.2,
      id: i,
    };
    print.fill(piece(print, cut, blade), (column + row) % 2 ? print.palette.ground : differing(print, i + 1, field));
  }
  print.fill(rect(0, 715, [1000, 285]), print.palette.ground);
  return footRoom(print, 0.76);
}

function single(print: PrintSheet): Layout {
  const blade = bladeOf(print);
  const behind = print.count('tempo', [1, 5], 'sheets behind');
  for (let i = 0; i < behind; i++) {
    const width = 560 / behind;
    print.fill(
      panel(print, { x: 380 + i * width, y: 250 + 40 * print.chance(i, 141), width: width + 4, height: 900, id: i }),
      inkAt(print, 1 + (i % 3)),
    );
  }
  const cut = { x: 470, y: 640, radius: 380, turn: 0.25 + 0.3 * print.chance(2, 141), id: 1 };
  print.fill(piece(print, cut, blade), inkAt(print, 0));
  return headRoom(print, 0.24);
}

function garland(print: PrintSheet): Layout {
  const blade = bladeOf(print);
  const many = print.count('tempo', [3, 7], 'pieces');
  print.fill(panel(print, { x: -20, y: 280, width: 1040, height: 760, id: 9 }), inkAt(print, Math.floor(print.chance(1, 142) * 4)));
  for (let i = 0; i < many; i++) {
    const pitch = 1000 / many;
    const cut = {
      x: (i + 0.5) * pitch,
      y: 640 + (i % 2 ? 90 : -70),
      radius: Math.min(300, pitch * 0.78),
      turn: (print.chance(i, 143) - 0.5) * 0.7,
      id: i,
    };
    const color = i % 2 ? print.palette.ground : differing(print, i + 1, inkAt(print, Math.floor(print.chance(1, 142) * 4)));
    print.fill(piece(print, cut, blade), color);
  }
  return headRoom(print, 0.26);
}

function scattered(print: PrintSheet): Layout {
  const blade = bladeOf(print);
  const many = print.count('tempo', [6, 16], 'pieces');
  print.clip(rect(0, 0, [1000, 725]), () => {
    for (let i = 0; i < many; i++) {
      const [x, y] = [((i * 0.618 + 0.1) % 1) * 1000, (((i * 0.7548 + 0.2) % 1) * 0.86 + 0.02) * 725];
      const cut = { x, y, radius: 90 + 90 * print.chance(i, 144), turn: print.chance(i, 145) * 6.28, id: i };
      print.fill(piece(print, cut, blade), inkAt(print, i));
    }
  });
  return footRoom(print, 0.76);
}

function vase(print: PrintSheet): Layout {
  const blade = bladeOf(print);
  const many = print.count('tempo', [3, 7], 'stems');
  print.fill(panel(print, { x: -20, y: 720, width: 1040, height: 320, id: 3 }), inkAt(print, 2));
  print.fill(panel(print, { x: 610, y: 250, width: 420, height: 478, id: 4 }), inkAt(print, 3));
  for (let i = 0; i < many; i++) {
    const angle = -Math.PI / 2 + ((i + 0.5) / many - 0.5) * 2.3;
    const far = 270 + 60 * (i % 2);
    const cut = { x: 500 + Math.cos(angle) * far, y: 700 + Math.sin(angle) * far * 0.9, radius: 150 - many * 7, turn: angle + Math.PI / 2, id: i };
    print.stroke([0, 500, 720, 1, cut.x, cut.y], print.palette.ink, { width: 10 });
    print.fill(bloom(print, cut, blade), inkAt(print, i % 3 === 2 ? 3 : i % 2 ? 1 : 0));
  }
  const body = smooth(
    [
      [420, 660],
      [580, 660],
      [566, 720],
      [650, 820],
      [600, 930],
      [400, 930],
      [350, 820],
      [434, 720],
    ],
    { roundness: 0.2 + 0.8 * blade.roundness },
  );
  print.fill(body, print.palette.ink);
  return headRoom(print, 0.24);
}

export const PAPER: readonly Composition[] = [panels, single, garland, scattered, vase];
