import { contrastRatio } from '../../../color.ts';
import { overprint, readableOn, strongestSpots } from '../layout.ts';
import { linesFilling } from '../lettering.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';
import { rect, rounded } from '../shapes.ts';

/** The title alone fills the square: every line is as wide as the measure. Energy sets the weight; tempo rules fill what the words leave. */

const EDGE = 60;
const MEASURE = 880;
const GAP = 22;
const DONE: Layout = { room: [], isType: true };

interface Line {
  readonly text: string;
  readonly top: number;
  readonly height: number;
}

/** Lines from the top, and where they end. */
function setting(print: PrintSheet, height: number): { readonly lines: readonly Line[]; readonly end: number } {
  let top = EDGE;
  const texts = linesFilling(print.title, MEASURE, height);
  const gaps = GAP * (texts.length - 1);
  const lines = texts.map(({ text, height: wish }) => {
    const line = { text, top, height: (wish * (height - gaps)) / height };
    top += line.height + GAP;
    return line;
  });
  return { lines, end: top };
}

const weightOf = (print: PrintSheet) => print.amount('energy', [380, 900], 'weight');

function setLine(print: PrintSheet, { text, top, height }: Line, { color, weight, x = EDGE, blend = 'normal' }: Ink): void {
  print.glyphs({
    text,
    face: 'grotesque',
    weight,
    widths: [62, 125],
    box: { x, y: top, width: MEASURE, height },
    fit: 'justify',
    align: [0, 0],
    color,
    blend,
  });
}

interface Ink {
  readonly color: string;
  readonly weight: number;
  readonly x?: number;
  readonly blend?: 'normal' | 'multiply' | 'screen';
}

/** Rules between two heights: tempo says how many. */
function layRules(print: PrintSheet, { from, to, color }: { from: number; to: number; color: string }): void {
  const rules = print.count('tempo', [2, 7], 'rules');
  const round = print.amount('acousticness', [0, 1], 'roundness of the rules');
  const pitch = (to - from) / (rules - 0.38);
  if (pitch < 6) return;
  for (let i = 0; i < rules; i++) {
    const height = print.snap(pitch * 0.62);
    print.fill(rounded(EDGE, print.snap(from + i * pitch), { width: MEASURE, height, radius: (height / 2) * round }), color);
  }
}

function stack(print: PrintSheet): Layout {
  const weight = weightOf(print);
  const { ink, spots } = print.palette;
  const { lines, end } = setting(print, MEASURE);
  const bright = Math.floor(print.chance(1, 71) * lines.length);
  for (const [i, line] of lines.entries()) setLine(print, line, { color: i === bright ? spots[0] : ink, weight });
  layRules(print, { from: end + GAP, to: 1000 - EDGE, color: strongestSpots(print)[1] });
  return DONE;
}

function bands(print: PrintSheet): Layout {
  const weight = weightOf(print);
  const { ground, spots } = print.palette;
  const { lines } = setting(print, MEASURE);
  const total = lines.reduce((sum, { height }) => sum + height, 0);
  const pad = (1000 - total) / lines.length;
  // Happier music has a higher first band.
  const first = pad * print.amount('valence', [0.5, 1.5], 'height of the first band');
  const others = (1000 - total - first) / Math.max(1, lines.length - 1);
  let top = 0;
  for (const [i, line] of lines.entries()) {
    const field = [spots[0], ground, spots[2], spots[1]][i % 4] ?? ground;
    const next = i === lines.length - 1 ? 1000 : print.snap(top + line.height + (i === 0 ? first : others));
    print.fill(rect(0, top, [1000, next - top]), field);
    const color = readableOn(print, field);
    setLine(print, { ...line, top: top + (next - top - line.height) / 2 }, { color, weight });
    top = next;
  }
  return DONE;
}

function turned(print: PrintSheet): Layout {
  const weight = weightOf(print);
  const { ink, spots } = print.palette;
  const { lines, end } = setting(print, MEASURE);
  for (const [i, { text, top, height }] of lines.entries()) {
    const box = { x: top, y: EDGE, width: height, height: MEASURE };
    print.glyphs({ text, face: 'grotesque', weight, widths: [62, 125], box, fit: 'justify', align: [0, 0], turns: 3, color: i % 2 ? spots[0] : ink });
  }
  const rules = print.count('tempo', [2, 7], 'rules');
  const pitch = (1000 - EDGE - end) / rules;
  for (let i = 0; pitch > 14 && i < rules; i++) {
    print.fill(rect(print.snap(end + i * pitch + pitch * 0.3), EDGE, [print.snap(pitch * 0.7), MEASURE]), strongestSpots(print)[1]);
  }
  return DONE;
}

function twice(print: PrintSheet): Layout {
  const weight = weightOf(print);
  const spots = strongestSpots(print);
  const { lines, end } = setting(print, MEASURE);
  // The words stand at the foot, the rules above them.
  const down = 1000 - EDGE + GAP - end;
  // Two prints of a low line must not part so far that its letters close.
  const apart = Math.min(14, Math.max(4, 0.09 * Math.min(...lines.map(({ height }) => height))));
  for (const [i, color] of [spots[0], spots[1]].entries()) {
    for (const line of lines)
      setLine(
        print,
        { ...line, top: line.top + down + (i - 0.5) * apart },
        { color, weight, x: EDGE + (i - 0.5) * 1.4 * apart, blend: overprint(print) },
      );
  }
  layRules(print, { from: EDGE, to: EDGE + down - GAP, color: spots[0] });
  return DONE;
}

function counterfield(print: PrintSheet): Layout {
  const weight = weightOf(print);
  const { ground, ink, spots } = print.palette;
  const { lines } = setting(print, MEASURE);
  const edge = print.snap(300 + 400 * print.share('valence'));
  print.note({ number: 'valence', value: print.music.valence, drew: `bright field ${Math.round(edge / 10)}% high` });
  const total = lines.reduce((sum, { height }) => sum + height + GAP, -GAP);
  const shift = Math.max(0, (1000 - 2 * EDGE - total) / Math.max(1, lines.length - 1));
  const fields = [
    { top: 0, height: edge, field: spots[0] },
    { top: edge, height: 1000 - edge, field: ground },
  ];
  for (const { top, height, field } of fields) {
    print.clip(rect(0, top, [1000, height]), () => {
      print.fill(rect(0, top, [1000, height]), field);
      const color = field === ground ? (contrastRatio(ground, spots[0]) > 3 ? spots[0] : ink) : readableOn(print, field);
      for (const [i, line] of lines.entries()) setLine(print, { ...line, top: line.top + i * shift }, { color, weight });
    });
  }
  return DONE;
}

export const TYPE: readonly Composition[] = [stack, bands, turned, twice, counterfield];
