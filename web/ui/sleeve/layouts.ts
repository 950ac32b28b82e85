import { readable } from './contrast.ts';
import type { ColoredLine, Print, Sleeve } from './geometry.ts';
import { DEFAULT_SOUND } from './palettes.ts';
import type { Palette } from './palettes.ts';
import { breakTitle, setLines } from './set-lines.ts';

export const SIDE = 600;
const MARGIN = 36;
const MEASURE = SIDE - 2 * MARGIN;
const GAP = 14;
const PRINT_BASE = SIDE - MARGIN;

/** What a layout sets: text, font weight and palette. */
export interface Copy {
  readonly title: string;
  readonly number: string;
  readonly tempo: number | null;
  readonly weight: number;
  readonly palette: Palette;
}

/** The order in which playlists cycle through the layouts. Its length shares no factor with the grid's 2, 4 or 6 columns. */
export const LAYOUT_ORDER = ['stack', 'ruled', 'bands', 'foot', 'numeral', 'echo', 'spine'] as const;
type LayoutName = (typeof LAYOUT_ORDER)[number];

/** The layout that replaces each for a one-word title: a single word cannot fill the square by its width alone. */
export const ONE_WORD: Readonly<Record<LayoutName, LayoutName>> = {
  stack: 'echo',
  ruled: 'ruled',
  bands: 'numeral',
  foot: 'spine',
  numeral: 'numeral',
  echo: 'echo',
  spine: 'spine',
};

/** The seven layouts of a cover. */
export const LAYOUTS: Readonly<Record<LayoutName, (copy: Copy) => Sleeve>> = { stack, ruled, bands, foot, numeral, echo, spine };

/** The title fills the square. */
function stack(copy: Copy): Sleeve {
  const { ground, ink, spots } = copy.palette;
  const words = breakTitle(copy.title, 5);
  const block = setLines(weighted(words, copy.weight), { x: MARGIN, y: MARGIN, width: MEASURE, height: SIDE - 2 * MARGIN - 34, gap: GAP });
  const highlighted = longest(words);
  return {
    ground,
    blocks: [],
    lines: inked(block.lines, (at) => (at === highlighted ? readable(ground, spots[0], ink) : ink)),
    print: footPrint(copy, ink),
  };
}

/** The title on top; below it ruled lines, closer together for a faster tempo. */
function ruled(copy: Copy): Sleeve {
  const { ground, ink, spots } = copy.palette;
  const block = setLines(weighted(breakTitle(copy.title, 4), copy.weight), { x: MARGIN, y: MARGIN, width: MEASURE, height: 350, gap: GAP });
  const top = MARGIN + block.height + 30;
  const count = Math.round(5 + ((copy.tempo ?? DEFAULT_SOUND.tempo) - 60) / 11);
  const step = (PRINT_BASE - 34 - top) / count;
  const blocks = Array.from({ length: count }, (_, at) => {
    const height = Math.max(1.5, step * (0.1 + (0.62 * at) / count));
    return { x: MARGIN, y: top + at * step, width: MEASURE, height, fill: at === count - 1 ? spots[0] : ink };
  });
  return { ground, blocks, lines: inked(block.lines, () => ink), print: footPrint(copy, ink) };
}

/** Each title line on a full-width band of its own. */
function bands(copy: Copy): Sleeve {
  const { ground, ink, spots } = copy.palette;
  const words = breakTitle(copy.title, 4);
  const grounds = [spots[0], ground, spots[1], ink];
  const footer = 64;
  const inset = 22;
  const block = setLines(weighted(words, copy.weight), { x: MARGIN, y: inset, width: MEASURE, height: SIDE - footer - 2 * inset, gap: 2 * inset });
  const spare = (SIDE - footer - 2 * inset - block.height) / words.length;
  const tops = block.lines.map((line, at) => line.y - line.cap - inset + spare * at);
  const strips = block.lines.map((line, at) => ({
    x: 0,
    y: tops[at] ?? 0,
    width: SIDE,
    height: line.cap + 2 * inset + spare,
    fill: grounds[at % grounds.length] ?? ground,
  }));
  const lines = block.lines.map((line, at) => ({
    ...line,
    y: line.y + spare * (at + 0.5),
    fill: readable(strips[at]?.fill ?? ground, ground, ink),
  }));
  return { ground, blocks: strips, lines, print: footPrint(copy, ink, PRINT_BASE + 10) };
}

/** A heavy rule on top, empty space, and the title at the bottom. */
function foot(copy: Copy): Sleeve {
  const { ground, ink, spots } = copy.palette;
  const words = breakTitle(copy.title, 3);
  const probe = setLines(weighted(words, copy.weight), { x: MARGIN, y: 0, width: MEASURE, height: 330, gap: GAP });
  const start = SIDE - MARGIN - probe.height;
  const lines = probe.lines.map((line, at) => ({
    ...line,
    y: line.y + start,
    fill: at === words.length - 1 ? readable(ground, spots[0], ink) : ink,
  }));
  const rule = { x: MARGIN, y: MARGIN, width: MEASURE, height: 10, fill: ink };
  return { ground, blocks: [rule], lines, print: headPrint(copy, ink, MARGIN + 36) };
}

/** The playlist's number in large type, the title under it. */
function numeral(copy: Copy): Sleeve {
  const { ground, ink, spots } = copy.palette;
  const title = breakTitle(copy.title, 2);
  const block = setLines(weighted([copy.number, ...title], copy.weight), {
    x: MARGIN,
    y: MARGIN,
    width: MEASURE,
    height: SIDE - 2 * MARGIN - 34,
    gap: GAP + 4,
  });
  return { ground, blocks: [], lines: inked(block.lines, (at) => (at === 0 ? readable(ground, spots[0], ink) : ink)), print: footPrint(copy, ink) };
}

/** The title repeated, from light to black weight. */
function echo(copy: Copy): Sleeve {
  const { ground, ink, spots } = copy.palette;
  const words = breakTitle(copy.title, copy.title.length <= 13 ? 1 : 2);
  const repeats = words.length === 1 ? 5 : 3;
  const rows = Array.from({ length: repeats }, (_, repeat) =>
    words.map((text) => ({ text, weight: Math.round(300 + (600 * repeat) / (repeats - 1)) })),
  ).flat();
  const block = setLines(rows, { x: MARGIN, y: MARGIN, width: MEASURE, height: SIDE - 2 * MARGIN - 34, gap: GAP });
  const highlightFrom = rows.length - words.length;
  return {
    ground,
    blocks: [],
    lines: inked(block.lines, (at) => (at >= highlightFrom ? readable(ground, spots[0], ink) : ink)),
    print: footPrint(copy, ink),
  };
}

/** The title rotated by 90°, as on the spine of a record. */
function spine(copy: Copy): Sleeve {
  const { ground, ink, spots } = copy.palette;
  const words = breakTitle(copy.title, 3);
  const band = 96;
  const block = setLines(weighted(words, copy.weight), { x: 0, y: 0, width: MEASURE, height: SIDE - band - 2 * MARGIN, gap: GAP });
  const start = SIDE - MARGIN - block.height;
  const lines = block.lines.map((line, at) => ({
    ...line,
    x: start + line.y,
    y: SIDE - MARGIN,
    rotation: -90,
    fill: at === 0 ? readable(ground, spots[0], ink) : ink,
  }));
  const strip = { x: 0, y: 0, width: band, height: SIDE, fill: spots[0] };
  const on = readable(spots[0], ground, ink);
  const print: Print[] = [
    { text: copy.number, x: band / 2, y: MARGIN + 12, anchor: 'middle', fill: on },
    { text: tempoText(copy), x: band / 2, y: PRINT_BASE, anchor: 'middle', fill: on },
  ];
  return { ground, blocks: [strip], lines, print };
}

const weighted = (words: readonly string[], weight: number) => words.map((text) => ({ text, weight }));
const longest = (words: readonly string[]) => words.reduce((best, word, at) => (word.length > (words[best]?.length ?? 0) ? at : best), 0);
const inked = (lines: ReturnType<typeof setLines>['lines'], fill: (at: number) => string): ColoredLine[] =>
  lines.map((line, at) => ({ ...line, fill: fill(at) }));
const tempoText = (copy: Copy) => (copy.tempo === null ? '' : `${Math.round(copy.tempo)} bpm`);
const footPrint = (copy: Copy, fill: string, y = PRINT_BASE): Print[] => headPrint(copy, fill, y);
const headPrint = (copy: Copy, fill: string, y: number): Print[] => [
  { text: `Segue ${copy.number}`, x: MARGIN, y, anchor: 'start', fill },
  { text: tempoText(copy), x: SIDE - MARGIN, y, anchor: 'end', fill },
];
