import type { Path } from '../display-list.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';
import { disc, joined, place, polygon, rect, sector } from '../shapes.ts';
import type { Subject } from '../subject.ts';

/** Swiss module grid: tempo sets the columns, energy how many modules are printed, acousticness how many are round. */

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly id: number;
}

/** Modules on a square from −1 to 1: angular ones, then round ones. */
const square = rect(-1, -1, [2, 2]);
const bars = (count: number) => joined(...Array.from({ length: count }, (_, i) => rect(-1, -1 + (2 * i) / count, [2, 1 / count])));
const triangle = polygon([
  [-1, 1],
  [1, -1],
  [1, 1],
]);
const hourglass = polygon([
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
]);
const steps = polygon([
  [-1, 1],
  [-1, 0.34],
  [-0.34, 0.34],
  [-0.34, -0.34],
  [0.34, -0.34],
  [0.34, -1],
  [1, -1],
  [1, 1],
]);
const chevron = polygon([
  [-1, 0],
  [0, -1],
  [1, 0],
  [1, 1],
  [0, 0],
  [-1, 1],
]);
const quarter = sector([-1, -1], 2, { from: 0, to: Math.PI / 2 });
const quarterRing = sector([-1, -1], 2, { from: 0, to: Math.PI / 2, inner: 1 });
const half = sector([0, 1], 1, { from: Math.PI, to: 2 * Math.PI });
const halves = joined(sector([0, 0], 1, { from: Math.PI, to: 2 * Math.PI }), sector([0, 1], 1, { from: Math.PI, to: 2 * Math.PI }));
const circle = disc(0, 0, 1);
// A corner's quarter circle twice: the two arcs that run through the corners where they meet.
const leaf: Path = [0, -1, -1, 2, 0.1046, -1, 1, -0.1046, 1, 1, 2, -0.1046, 1, -1, 0.1046, -1, -1, 3];

const MODULES: Readonly<Record<Subject, { readonly angular: readonly Path[]; readonly round: readonly Path[] }>> = {
  land: { angular: [triangle, chevron, square], round: [leaf, quarter, half] },
  city: { angular: [steps, bars(3), square], round: [quarterRing, half, quarter] },
  water: { angular: [bars(4), chevron, triangle], round: [halves, quarterRing, halves] },
  sky: { angular: [hourglass, triangle, square], round: [circle, quarterRing, quarter] },
};

function drawModule(print: PrintSheet, { x, y, side, id }: Cell): void {
  const { ground, ink, spots } = print.palette;
  const inks = [ink, spots[0], spots[1], spots[2], spots[0]];
  const front = inks[Math.floor(print.chance(id, 11) * inks.length)] ?? ink;
  const others = [ground, ...inks].filter((color) => color !== front);
  const back = print.chance(id, 12) < 0.45 ? ground : (others[Math.floor(print.chance(id, 13) * others.length)] ?? ground);
  const kinds = MODULES[print.subject][print.chance(id, 14) < print.share('acousticness') ? 'round' : 'angular'];
  const kind = kinds[Math.floor(print.chance(id, 15) * kinds.length)] ?? square;
  if (back !== ground) print.fill(rect(x, y, [side, side]), back);
  const turn = (Math.floor(print.chance(id, 16) * 4) * Math.PI) / 2;
  print.fill(place(kind, { x: x + side / 2, y: y + side / 2, scale: side / 2, turn: kind === halves ? 0 : turn }), front);
}

/** Prints the cells that a composition names; the seed orders them and energy says how many of them. */
function printCells(print: PrintSheet, columns: number, holds: (column: number, row: number) => boolean): void {
  const side = 1000 / columns;
  const share = print.amount('energy', [0.62, 1], 'modules printed');
  print.note({
    number: 'acousticness',
    value: print.music.acousticness,
    drew: `${Math.round(100 * print.share('acousticness'))}% of modules round`,
  });
  const cells = Array.from({ length: columns * columns }, (_, i) => ({ column: i % columns, row: Math.floor(i / columns) }))
    .filter(({ column, row }) => holds(column, row))
    .map((cell) => ({ ...cell, id: cell.row * 16 + cell.column }));
  cells.sort((one, other) => print.chance(one.id, 10) - print.chance(other.id, 10));
  for (const { column, row, id } of cells.slice(0, Math.ceil(cells.length * share))) {
    const [x, y] = [print.snap(column * side), print.snap(row * side)];
    // Columns and rows of whole pixels differ by one; the larger of the two leaves no seam.
    drawModule(print, { x, y, side: Math.max(print.snap((column + 1) * side) - x, print.snap((row + 1) * side) - y), id });
  }
}

const columnsOf = (print: PrintSheet) => print.count('tempo', [3, 7], 'columns');
const layout = (print: PrintSheet, [x, y, width, height]: readonly [number, number, number, number]): Layout => ({
  room: [{ x, y, width, height, ground: print.palette.ground }],
  isType: false,
});

export const GRID: readonly Composition[] = [
  (print) => {
    const columns = columnsOf(print);
    const rows = Math.floor(columns * 0.7);
    printCells(print, columns, (_, row) => row >= columns - rows);
    return layout(print, [0.06, 0.06, 0.88, 1 - rows / columns - 0.1]);
  },
  (print) => {
    const columns = columnsOf(print);
    const rows = Math.floor(columns * 0.7);
    printCells(print, columns, (_, row) => row < rows);
    return layout(print, [0.06, rows / columns + 0.04, 0.88, 1 - rows / columns - 0.1]);
  },
  (print) => {
    const columns = columnsOf(print);
    const wide = Math.ceil(columns / 2);
    printCells(print, columns, (column) => column >= columns - wide);
    return layout(print, [0.06, 0.06, 1 - wide / columns - 0.1, 0.88]);
  },
  (print) => {
    const columns = columnsOf(print);
    printCells(print, columns, (column, row) => row >= columns - 1 - column);
    return layout(print, [0.06, 0.06, 0.52, 0.3]);
  },
  (print) => {
    const columns = columnsOf(print);
    const rows = Math.floor(columns * 0.7);
    const side = (rows / columns) * 1000;
    printCells(print, columns, (column, row) => row < rows && column * (1000 / columns) >= side - 1);
    drawModule(print, { x: 0, y: 0, side, id: 999 });
    return layout(print, [0.06, rows / columns + 0.04, 0.88, 1 - rows / columns - 0.1]);
  },
];
