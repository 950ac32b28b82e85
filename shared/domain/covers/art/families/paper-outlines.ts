import type { Path } from '../display-list.ts';
import type { PrintSheet } from '../print.ts';
import { smooth } from '../shapes.ts';
import type { Point } from '../shapes.ts';
import type { Subject } from '../subject.ts';

/** What is cut out of paper: a leaf, a tower, a fish or a star, by the subject of the music. */

/** Where a piece lies, in units of the picture; `id` makes it differ from the others. */
export interface Cut {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly turn: number;
  readonly id: number;
}

/** How the scissors cut. */
export interface Blade {
  /** How deep lobes are cut, 0 to 1. */
  readonly depth: number;
  readonly roundness: number;
}

/** Outlines by subject, as points around a center, before turning. */
type Outline = (print: PrintSheet, cut: Cut, blade: Blade) => readonly Point[];

/** Blunt lobes along both sides of a bent stem; `reach` says how far out they go at a place from 0 to 1. */
function lobed(
  lobes: number,
  shape: { readonly reach: (along: number) => number; readonly bend: (along: number) => number; readonly rise: number; readonly depth: number },
): readonly Point[] {
  const side = (sign: number) =>
    Array.from({ length: lobes }, (_, i): readonly Point[] => {
      const point = (part: number, out: number, lift: number): Point => {
        const along = (i + part) / lobes;
        const y = -0.92 + 1.84 * along;
        return [shape.bend(y) + sign * shape.reach(along) * out, y - lift];
      };
      const inner = 1 - 0.88 * shape.depth;
      return [point(0.06, inner, 0), point(0.3, 1, shape.rise), point(0.74, 0.94, shape.rise), point(0.96, inner, 0)];
    }).flat();
  return [[shape.bend(-1.05), -1.06], ...side(1), [shape.bend(1) + 0.05, 1.08], [shape.bend(1) - 0.05, 1.08], ...side(-1).toReversed()];
}

/** A leaf of blunt fingers, widest below the middle. */
const frond: Outline = (print, { id }, { depth }) =>
  lobed(3 + Math.floor(print.chance(id, 131) * 2), {
    reach: (along) => 0.18 + 0.68 * Math.sin(Math.PI * (0.1 + 0.64 * along)),
    bend: (along) => 0.06 * Math.sin(along * 2 + id),
    rise: 0.2,
    depth,
  });

/** A tower whose storeys step back, the deeper the cuts, the slimmer. */
const tower: Outline = (print, { id }, { depth }) => {
  const storeys = 3 + Math.floor(print.chance(id, 133) * 2);
  const half = (storey: number) => 0.62 - (0.5 * (0.3 + 0.7 * depth) * storey) / (storeys - 1);
  const side = (sign: number) =>
    Array.from({ length: storeys }, (_, storey): readonly Point[] => {
      const [foot, top] = [1 - (1.7 * storey) / storeys, 1 - (1.7 * (storey + 1)) / storeys];
      return [
        [sign * half(storey), foot],
        [sign * half(storey), top],
      ];
    }).flat();
  const spire: readonly Point[] = [
    [0.06, -0.7],
    [0.02, -1.05],
    [-0.02, -1.05],
    [-0.06, -0.7],
  ];
  return [...side(1), ...spire, ...side(-1).toReversed()];
};

/** A fish; the cuts are its tail and its fin. */
const fish: Outline = (print, { id }, { depth }) => {
  const girth = 0.4 + 0.14 * print.chance(id, 135);
  const waist = 0.24 - 0.14 * depth;
  return [
    [-1, 0.02],
    [-0.7, -girth * 0.7],
    [-0.15, -girth],
    [0.02, -girth - 0.34 * depth],
    [0.2, -girth * 0.8],
    [0.52, -waist],
    [0.98, -0.34 - 0.2 * depth],
    [0.92 - 0.3 * depth, 0],
    [0.98, 0.34 + 0.2 * depth],
    [0.52, waist],
    [0.16, girth * 0.86],
    [-0.35, girth],
    [-0.74, girth * 0.66],
  ];
};

/** A star with blunt or sharp rays. */
const star: Outline = (print, { id }, { depth }) => {
  const rays = 5 + Math.floor(print.chance(id, 136) * 4);
  return Array.from({ length: rays * 2 }, (_, i): Point => {
    const far = i % 2 ? 0.85 - 0.6 * depth : 0.9 + 0.14 * print.chance(id + i, 137);
    return [far * Math.cos((Math.PI * i) / rays), far * Math.sin((Math.PI * i) / rays)];
  });
};

interface Pattern {
  readonly outline: Outline;
  /** How much of a turn it takes: towers stand, fish swim the same way. */
  readonly turns: number;
  /** Of a piece at no acousticness: leaves and fish are never all corners. */
  readonly roundness: number;
}

const PATTERNS: Readonly<Record<Subject, Pattern>> = {
  land: { outline: frond, turns: 1, roundness: 0.45 },
  city: { outline: tower, turns: 0.25, roundness: 0 },
  water: { outline: fish, turns: 0.12, roundness: 0.6 },
  sky: { outline: star, turns: 1, roundness: 0.1 },
};

/** A piece of the print's subject. */
export function piece(print: PrintSheet, cut: Cut, blade: Blade): Path {
  const { outline, turns, roundness } = PATTERNS[print.subject];
  return cutOut(outline(print, cut, blade), { ...cut, turn: cut.turn * turns }, roundness + (1 - roundness) * blade.roundness);
}

/** What stands in a vase is a leaf or a star, whatever the subject. */
export function bloom(print: PrintSheet, cut: Cut, blade: Blade): Path {
  const { outline, roundness } = PATTERNS[print.subject === 'land' || print.subject === 'water' ? 'land' : 'sky'];
  return cutOut(outline(print, cut, blade), cut, roundness + (1 - roundness) * blade.roundness);
}

function cutOut(outline: readonly Point[], { x, y, radius, turn }: Cut, roundness: number): Path {
  const [cos, sin] = [Math.cos(turn) * radius, Math.sin(turn) * radius];
  return smooth(
    outline.map(([px, py]): Point => [x + px * cos - py * sin, y + px * sin + py * cos]),
    { roundness },
  );
}
