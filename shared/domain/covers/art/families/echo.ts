import { readableOn, strongestSpots } from '../layout.ts';
import { aspectRange, capitals } from '../lettering.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';
import { rect } from '../shapes.ts';

/** The title again and again: tempo sets the lines, the width axis waves down the sheet, energy sets the weight. */

const DONE: Layout = { room: [], isType: true };
const WIDEST = 125;

interface EchoLine {
  readonly text: string;
  readonly top: number;
  readonly height: number;
  /** 0 narrow, 1 as wide as the sheet. */
  readonly wide: number;
  readonly weight: number;
}

/** As many lines as tempo says, each with its share of the wave. Short titles are repeated in the line, long ones go on in the next. */
function linesOf(print: PrintSheet): readonly EchoLine[] {
  const count = print.count('tempo', [5, 10], 'lines');
  const depth = print.amount('danceability', [0.35, 1], 'depth of the wave');
  const heavy = print.amount('energy', [420, 900], 'weight');
  const pitch = 1000 / count;
  const height = pitch * 0.84;
  const pieces = piecesOf(capitals(print.title.trim() || '·'), 940 / height);
  const phase = print.chance(1, 81) * 2 * Math.PI;
  return Array.from({ length: count }, (_, i) => {
    const wave = 0.5 + 0.5 * Math.sin(phase + (i * 2 * Math.PI) / Math.min(count, 7));
    const wide = 1 - depth * (1 - wave);
    return { text: pieces[i % pieces.length] ?? '', top: i * pitch + (pitch - height) / 2, height, wide, weight: heavy };
  });
}

/** Width over height when set as wide as the face goes. */
const widest = (text: string) => aspectRange(text)[1];

/** The title as texts that are about as wide as the sheet when set wide. */
function piecesOf(title: string, aspect: number): readonly string[] {
  let text = title;
  while (widest(`${text} ${title}`) <= aspect * 1.15) text = `${text} ${title}`;
  if (aspectRange(text)[0] <= aspect) return [text];
  const pieces: string[] = [];
  for (const word of title.split(/\s+/u)) {
    const last = pieces.at(-1);
    if (last !== undefined && widest(`${last} ${word}`) <= aspect * 1.5) pieces[pieces.length - 1] = `${last} ${word}`;
    else pieces.push(word);
  }
  return pieces;
}

/** Sets a line between its narrowest width and the sheet's. */
function setEcho(print: PrintSheet, { text, top, height, wide, weight }: EchoLine, { color, align = 0 }: { color: string; align?: number }): void {
  const narrow = Math.min(940, aspectRange(text)[0] * height);
  const width = narrow + (940 - narrow) * wide;
  const x = 30 + (940 - width) * align;
  print.glyphs({
    text,
    face: 'grotesque',
    weight,
    widths: [62, WIDEST],
    box: { x, y: top, width, height },
    fit: 'justify',
    align: [align, 0.5],
    color,
  });
}

function leftWave(print: PrintSheet): Layout {
  const { ink, spots } = print.palette;
  for (const [i, line] of linesOf(print).entries()) setEcho(print, line, { color: i % 3 === 1 ? spots[0] : ink });
  return DONE;
}

function fadingRight(print: PrintSheet): Layout {
  const { ink, spots } = print.palette;
  const lines = linesOf(print);
  for (const [i, line] of lines.entries())
    setEcho(print, line, { color: [ink, spots[0], spots[2], spots[1]][Math.floor((4 * i) / lines.length)] ?? ink, align: 1 });
  return DONE;
}

function hourglass(print: PrintSheet): Layout {
  const lines = linesOf(print);
  const field = print.palette.spots[0];
  print.fill(rect(0, 0, [1000, 1000]), field);
  const color = readableOn(print, field);
  for (const line of lines) setEcho(print, line, { color, align: 0.5 });
  return DONE;
}

function upright(print: PrintSheet): Layout {
  const { ink, spots } = print.palette;
  for (const [i, { text, top, height, wide, weight }] of linesOf(print).entries()) {
    const narrow = Math.min(940, aspectRange(text)[0] * height);
    const width = narrow + (940 - narrow) * wide;
    const box = { x: top, y: 970 - width, width: height, height: width };
    print.glyphs({
      text,
      face: 'grotesque',
      weight,
      widths: [62, WIDEST],
      box,
      fit: 'justify',
      align: [0, 0.5],
      turns: 3,
      color: i % 4 === 2 ? spots[0] : ink,
    });
  }
  return DONE;
}

function oneLoud(print: PrintSheet): Layout {
  const spots = strongestSpots(print);
  const lines = linesOf(print);
  const loud = Math.floor(lines.length * (0.2 + 0.6 * print.chance(2, 81)));
  for (const [i, line] of lines.entries()) {
    if (i === loud) print.fill(rect(0, print.snap(line.top - line.height * 0.095), [1000, print.snap(line.height * 1.19)]), spots[0]);
    setEcho(print, i === loud ? { ...line, wide: 1 } : line, { color: i === loud ? readableOn(print, spots[0]) : spots[1], align: i % 2 });
  }
  return DONE;
}

export const ECHO: readonly Composition[] = [leftWave, fadingRight, hourglass, upright, oneLoud];
