import { blendColors } from '../../../color.ts';
import { emblemLayers, emblemsFor } from '../draw-emblem.ts';
import { footRoom, headRoom, overprint, readableOn, strongestSpots } from '../layout.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';
import { place, rect, rounded, softSquare } from '../shapes.ts';

/** One object of the genre, cropped, in two inks out of register: energy moves them apart, tempo repeats the object, acousticness rounds its field. */

interface Inks {
  readonly a: string;
  readonly b: string;
  readonly g: string;
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly turn?: number;
}

function objectOf(print: PrintSheet, index = 0): string {
  const names = emblemsFor(print.music.genres[0]?.name, print.subject);
  return names[(Math.floor(print.chance(1, 151) * names.length) + index) % names.length] ?? 'star';
}

function draw(print: PrintSheet, name: string, { inks, at, register }: { inks: Inks; at: Placed; register: number }): void {
  for (const { ink, path } of emblemLayers(name)) {
    const shift = ink === 'b' ? register : 0;
    print.fill(place(path, { ...at, x: at.x + shift, y: at.y - shift * 0.6 }), inks[ink]);
  }
}

const registerOf = (print: PrintSheet) => print.amount('energy', [0, 34], 'inks out of register');
const leaning = (print: PrintSheet, most: number) => (print.chance(2, 151) - 0.5) * 2 * most;

function inksOn(print: PrintSheet, field: string): Inks {
  const { ink, ground } = print.palette;
  const [first, second] = strongestSpots(print).filter((color) => color !== field);
  if (field === ground) return { a: first ?? ink, b: ink, g: ground };
  return { a: readableOn(print, field), b: second ?? first ?? ink, g: field };
}

function fromTheCorner(print: PrintSheet): Layout {
  const inks = inksOn(print, print.palette.ground);
  const copies = print.count('tempo', [1, 4], 'prints of the object');
  const name = objectOf(print);
  for (let i = copies - 1; i > 0; i--) {
    const ghost = print.palette.spots[(i + 1) % 3] ?? inks.a;
    draw(print, name, {
      inks: { a: ghost, b: ghost, g: inks.g },
      at: { x: 640 - i * 62, y: 720 - i * 34, scale: 8.4, turn: leaning(print, 0.2) },
      register: 0,
    });
  }
  draw(print, name, { inks, at: { x: 640, y: 720, scale: 8.4, turn: leaning(print, 0.2) }, register: registerOf(print) });
  print.fill(rect(0, 0, [1000, 270]), print.palette.ground);
  return headRoom(print, 0.26);
}

function hanging(print: PrintSheet): Layout {
  const [field] = print.palette.spots;
  const copies = print.count('tempo', [1, 4], 'prints of the object');
  const inks = inksOn(print, field);
  const name = objectOf(print);
  const turn = leaning(print, 0.5);
  print.clip(rect(0, 0, [1000, 725]), () => {
    print.fill(rect(0, 0, [1000, 725]), field);
    for (let i = copies - 1; i > 0; i--) {
      const ghost = blendColors(field, inks.a, 0.12 + 0.1 * (copies - i));
      draw(print, name, { inks: { a: ghost, b: ghost, g: field }, at: { x: 400 + i * 78, y: 350 + i * 26, scale: 8.8, turn }, register: 0 });
    }
    draw(print, name, { inks, at: { x: 400, y: 350, scale: 8.8, turn }, register: registerOf(print) });
  });
  return footRoom(print, 0.76);
}

function closeUp(print: PrintSheet): Layout {
  const field = print.palette.spots[2];
  const stripes = print.count('tempo', [3, 9], 'stripes');
  print.clip(rect(0, 280, [1000, 720]), () => {
    print.fill(rect(0, 280, [1000, 720]), field);
    const pitch = 1000 / stripes;
    for (let i = 0; i < stripes; i++)
      print.fill(rect(print.snap(i * pitch), 280, [print.snap(pitch / 2), 720]), blendColors(field, print.palette.ground, 0.35));
    draw(print, objectOf(print), {
      inks: inksOn(print, field),
      at: { x: 620, y: 740, scale: 10.4, turn: -0.3 + leaning(print, 0.3) },
      register: registerOf(print),
    });
  });
  return headRoom(print, 0.26);
}

function frieze(print: PrintSheet): Layout {
  const columns = print.count('tempo', [2, 4], 'columns');
  const register = registerOf(print) * 0.5;
  const { ground, ink, spots } = print.palette;
  const side = 1000 / columns;
  const rows = columns === 2 ? 1 : columns - 1;
  const height = print.snap(columns === 2 ? 700 : side * rows > 730 ? 730 / rows : side);
  for (let i = 0; i < columns * rows; i++) {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const field = [spots[0], ground, spots[2], spots[1]][(column + row * 2 + row) % 4] ?? ground;
    const [left, top] = [print.snap(column * side), print.snap(row * height)];
    print.clip(rect(left, top, [print.snap((column + 1) * side) - left, height]), () => {
      print.fill(rect(left, top, [side + 1, height]), field);
      const inks =
        field === ground
          ? inksOn(print, ground)
          : { a: readableOn(print, field), b: field === spots[0] ? spots[1] : readableOn(print, field) === ink ? spots[0] : ink, g: field };
      const at = { x: left + side / 2, y: top + height / 2, scale: (Math.min(side, height) / 100) * 0.82, turn: ((i % 4) * Math.PI) / 2 };
      draw(print, objectOf(print, i % 2), { inks, at: { ...at, turn: 0 }, register });
    });
  }
  return footRoom(print, (rows * height) / 1000 + 0.03);
}

function onField(print: PrintSheet): Layout {
  const roundness = print.amount('acousticness', [0, 1], 'roundness of the field');
  const register = registerOf(print);
  const [, field] = print.palette.spots;
  const path =
    print.chance(3, 151) < 0.5
      ? softSquare(520, 640, { radius: 350, roundness })
      : rounded(300, 270, { width: 520, height: 900, radius: 260 * roundness });
  print.fill(path, field);
  const { ink } = print.palette;
  const name = objectOf(print);
  const inks = { a: strongestSpots(print).find((color) => color !== field) ?? ink, b: ink, g: field };
  const at = { x: 520, y: 680, scale: 6.6, turn: leaning(print, 0.25) };
  for (const { ink: which, path: layer } of emblemLayers(name)) {
    const shift = which === 'b' ? register : 0;
    print.fill(place(layer, { ...at, x: at.x + shift, y: at.y - shift * 0.6 }), inks[which], which === 'b' ? overprint(print) : 'normal');
  }
  return headRoom(print, 0.24);
}

export const EMBLEM: readonly Composition[] = [fromTheCorner, hanging, closeUp, frieze, onField];
