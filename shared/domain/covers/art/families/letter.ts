import { contrastRatio } from '../../../color.ts';
import type { Box } from '../display-list.ts';
import { footRoom, headRoom, overprint, readableOn, strongestSpots } from '../layout.ts';
import { initialOf } from '../lettering.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';
import { rect, rounded, softSquare } from '../shapes.ts';

/** The title's first letter, larger than the sheet. Energy sets its weight, tempo how often it is printed, acousticness the roundness beside it. */

type Fit = 'cover' | 'contain';

function setInitial(print: PrintSheet, box: Box, { color, fit = 'cover', align = [0.5, 0.5], blend = 'normal', weight }: Setting): void {
  print.glyphs({ text: initialOf(print.title), face: 'grotesque', weight, widths: [62, 112], box, fit, align, color, blend });
}

interface Setting {
  readonly color: string;
  readonly weight: number;
  readonly fit?: Fit;
  readonly align?: readonly [number, number];
  readonly blend?: 'normal' | 'multiply' | 'screen';
}

const weightOf = (print: PrintSheet) => print.amount('energy', [420, 900], 'weight');

function overEdge(print: PrintSheet): Layout {
  const weight = weightOf(print);
  const { ink, spots } = print.palette;
  const other = contrastRatio(spots[0], spots[1]) > 2 ? spots[1] : ink;
  // Dark letters on light paper and light ones on dark, so that a reversed print is the negative.
  const [light, dark] = contrastRatio(spots[0], '#000000') > contrastRatio(other, '#000000') ? [spots[0], other] : [other, spots[0]];
  const [field, letter] = print.isLight ? [light, dark] : [dark, light];
  const panel = rounded(-2, 290, { width: 1004, height: 1400, radius: print.amount('acousticness', [0, 380], 'roundness of the field') });
  print.clip(panel, () => {
    print.fill(panel, field);
    setInitial(print, { x: -60, y: 250, width: 900, height: 900 }, { color: letter, weight, align: [0, 0] });
  });
  return headRoom(print, 0.27);
}

function counterchange(print: PrintSheet): Layout {
  const weight = weightOf(print);
  const { ink, spots } = print.palette;
  const edge = print.snap(300 + 400 * print.share('valence'));
  print.note({ number: 'valence', value: print.music.valence, drew: `bright field ${Math.round(edge / 10)}% wide` });
  const box = { x: 120, y: 20, width: 760, height: 680 };
  print.clip(rect(0, 0, [edge, 720]), () => {
    print.fill(rect(0, 0, [edge, 720]), spots[1]);
    setInitial(print, box, { color: readableOn(print, spots[1]), weight, fit: 'contain' });
  });
  print.clip(rect(edge, 0, [1000 - edge, 720]), () => {
    print.fill(rect(edge, 0, [1000 - edge, 720]), ink);
    setInitial(print, box, { color: spots[1], weight, fit: 'contain' });
  });
  return footRoom(print, 0.755);
}

function outOfRegister(print: PrintSheet): Layout {
  const weight = weightOf(print);
  const prints = print.count('tempo', [2, 4], 'inks out of register');
  const apart = 46;
  print.clip(rect(0, 0, [1000, 740]), () => {
    for (let i = 0; i < prints; i++) {
      const color = strongestSpots(print)[i % 3] ?? print.palette.ink;
      const shift = (i - (prints - 1) / 2) * apart;
      setInitial(
        print,
        { x: 60 + shift * 1.5, y: 30 + shift * 0.4, width: 880, height: 660 },
        { color, weight, fit: 'contain', blend: overprint(print) },
      );
    }
  });
  return footRoom(print, 0.77);
}

function onShape(print: PrintSheet): Layout {
  const weight = weightOf(print);
  const roundness = print.amount('acousticness', [0, 1], 'roundness of the field');
  const { ink, spots } = print.palette;
  print.clip(rect(0, 0, [1000, 1000]), () => {
    print.fill(softSquare(640, 690, { radius: 400, roundness }), spots[0]);
    setInitial(
      print,
      { x: 40, y: 330, width: 760, height: 670 },
      { color: contrastRatio(ink, spots[0]) > 2.4 ? ink : spots[1], weight, fit: 'contain', align: [0, 1] },
    );
  });
  return headRoom(print, 0.25);
}

function sheetOf(print: PrintSheet): Layout {
  const weight = weightOf(print);
  const columns = print.count('tempo', [2, 5], 'columns');
  const { ground, spots } = print.palette;
  const side = 1000 / columns;
  const rows = Math.floor((columns * 3) / 4);
  const odd = Math.floor(print.chance(3, 41) * columns * rows);
  for (let i = 0; i < columns * rows; i++) {
    const [left, top] = [print.snap((i % columns) * side), print.snap(Math.floor(i / columns) * side)];
    const isOdd = i === odd;
    const field = isOdd ? spots[0] : (i + Math.floor(i / columns)) % 2 ? ground : spots[2];
    print.fill(rect(left, top, [print.snap(left + side) - left, print.snap(top + side) - top]), field);
    const color = readableOn(print, field);
    setInitial(print, { x: left + side * 0.14, y: top + side * 0.14, width: side * 0.72, height: side * 0.72 }, { color, weight, fit: 'contain' });
  }
  return footRoom(print, rows / columns + 0.035);
}

export const LETTER: readonly Composition[] = [overEdge, counterchange, outOfRegister, onShape, sheetOf];
