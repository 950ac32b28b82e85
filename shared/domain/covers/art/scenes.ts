import type { Box, Path } from './display-list.ts';
import type { PrintSheet } from './print.ts';
import { disc, joined, polygon, rounded, sector, smooth } from './shapes.ts';
import type { Point } from './shapes.ts';
import type { Subject } from './subject.ts';

/** Four subjects as layers of flat shapes, from far to near, inside a box. Families print them in their own ways. */

export interface SceneLayer {
  readonly path: Path;
  readonly box: Box;
  /** 0 far, 1 near; the accent (a sail, a moon, a lit window) has its own ink. */
  readonly depth: number;
  readonly isAccent: boolean;
}

interface SceneSize {
  /** How many hills, towers, waves or clouds. */
  readonly count: number;
  /** How high they reach, 0 to 1. */
  readonly height: number;
  readonly roundness: number;
}

/** The layers of the print's subject. */
export function drawScene(print: PrintSheet, box: Box, size: SceneSize): readonly SceneLayer[] {
  return SCENES[print.subject](print, box, size);
}

type Scene = (print: PrintSheet, box: Box, size: SceneSize) => readonly SceneLayer[];

const layer = (path: Path, box: Box, [depth, isAccent]: readonly [number, boolean]): SceneLayer => ({ path, box, depth, isAccent });

/** Hills behind hills; the accent is a lone tree. */
const land: Scene = (print, box, { count, height, roundness }) => {
  const { x, y, width, height: deep } = box;
  const ridges = Math.max(3, Math.round(count / 2));
  const layers = Array.from({ length: ridges }, (_, i) => {
    const depth = i / (ridges - 1);
    const base = y + deep * (0.34 + 0.5 * depth);
    const swing = deep * (0.1 + 0.34 * height) * (1 - 0.45 * depth);
    const points = Array.from({ length: 8 }, (__, p): Point => [
      x + (width * (p - 0.5)) / 6,
      base - swing * (print.chance(i * 16 + p, 91) - 0.25) * (p % 2 ? 1.4 : 0.5),
    ]);
    const path = smooth([...points, [x + width * 1.2, y + deep * 1.4], [x - width * 0.2, y + deep * 1.4]], { roundness });
    return layer(path, { x, y: base - swing * 1.4, width, height: y + deep - base + swing * 1.4 }, [depth, false]);
  });
  const [left, top, tall] = [x + width * (0.2 + 0.6 * print.chance(1, 92)), y + deep * 0.2, deep * 0.3];
  const tree = joined(
    smooth(
      [
        [left, top],
        [left + tall * 0.3, top + tall * 0.5],
        [left, top + tall * 0.8],
        [left - tall * 0.3, top + tall * 0.5],
      ],
      { roundness: 0.4 + 0.6 * roundness },
    ),
    rounded(left - tall * 0.03, top + tall * 0.6, { width: tall * 0.06, height: tall * 0.7, radius: 0 }),
  );
  return layers.toSpliced(ridges - 1, 0, layer(tree, { x: left - tall / 2, y: top, width: tall, height: tall * 1.4 }, [0.5, true]));
};

/** Towers behind towers; the accents are rows of windows. */
const city: Scene = (print, box, { count, height, roundness }) => {
  const { x, y, width, height: deep } = box;
  const foot = y + deep;
  return [0, 1].flatMap((row) => {
    const towers = count + (row === 0 ? 1 : 0);
    const pitch = width / towers;
    return Array.from({ length: towers }, (_, i) => {
      const id = row * 40 + i;
      const tall = deep * (0.2 + (0.3 + 0.5 * height) * print.chance(id, 93)) * (row === 0 ? 1.3 : 0.85);
      const [left, wide] = [x + i * pitch + (row === 0 ? 0 : pitch * 0.12), pitch * (row === 0 ? 1.02 : 0.76)];
      const tower = rounded(left, foot - tall, { width: wide, height: tall + wide, radius: (wide / 2) * roundness });
      const body = layer(tower, { x: left, y: foot - tall, width: wide, height: tall }, [row, false]);
      if (row === 0 || print.chance(id, 94) < 0.45) return [body];
      const floors = Math.max(2, Math.floor(tall / (wide * 0.55)));
      const windows = Array.from({ length: floors * 2 }, (__, w) =>
        rounded(left + wide * (w % 2 ? 0.56 : 0.2), foot - tall + wide * 0.5 + Math.floor(w / 2) * wide * 0.5, {
          width: wide * 0.24,
          height: wide * 0.26,
          radius: wide * 0.12 * roundness,
        }),
      );
      return [body, layer(joined(...windows), { x: left, y: foot - tall, width: wide, height: tall }, [1, true])];
    }).flat();
  });
};

/** Rows of waves; the accent is a sail. */
const water: Scene = (print, box, { count, height, roundness }) => {
  const { x, y, width, height: deep } = box;
  const rows = Math.max(3, Math.round(count * 0.7));
  const layers = Array.from({ length: rows }, (_, i) => {
    const depth = i / (rows - 1);
    const top = y + deep * (0.42 + 0.48 * depth);
    const crests = 7 - Math.round(3 * depth);
    const swing = deep * (0.03 + 0.13 * height) * (0.5 + 0.7 * depth);
    const shift = print.chance(i, 95);
    const points = Array.from({ length: crests * 2 + 5 }, (__, p): Point => [
      x + (width * (p - 2 + shift)) / (crests * 2),
      top + (p % 2 ? -swing : swing * 0.35),
    ]);
    const path = smooth([...points, [x + width * 1.3, y + deep * 1.5], [x - width * 0.3, y + deep * 1.5]], { roundness });
    return layer(path, { x, y: top - swing, width, height: y + deep - top + swing }, [depth, false]);
  });
  const [left, top, tall] = [x + width * (0.25 + 0.5 * print.chance(1, 96)), y + deep * 0.02, deep * (0.34 + 0.22 * height)];
  const sail = joined(
    smooth(
      [
        [left, top],
        [left + tall * 0.62, top + tall * 0.92],
        [left, top + tall * 0.92],
      ],
      { roundness: roundness * 0.35 },
    ),
    polygon([
      [left - tall * 0.07, top + tall * 0.2],
      [left - tall * 0.07, top + tall * 0.92],
      [left - tall * 0.5, top + tall * 0.92],
    ]),
    polygon([
      [left - tall * 0.6, top + tall],
      [left + tall * 0.75, top + tall],
      [left + tall * 0.5, top + tall * 1.24],
      [left - tall * 0.4, top + tall * 1.24],
    ]),
  );
  return layers.toSpliced(1, 0, layer(sail, { x: left - tall, y: top, width: tall * 2, height: tall * 1.3 }, [0.3, true]));
};

/** Banks of cloud; the accent is a moon, a sun on the edge, or birds. */
const sky: Scene = (print, box, { count, height, roundness }) => {
  const { x, y, width, height: deep } = box;
  const banks = Math.max(3, Math.round(count * 0.6));
  const layers = Array.from({ length: banks }, (_, i) => {
    const depth = i / (banks - 1);
    const base = y + deep * (0.42 + 0.52 * depth);
    const middle = x + width * (i % 2 ? 0.72 : 0.26) + (print.chance(i, 97) - 0.5) * width * 0.24;
    const reach = width * (0.3 + 0.14 * depth);
    const size = deep * (0.08 + 0.1 * height) * (0.8 + 0.5 * depth);
    const puffs = [-0.62, -0.2, 0.25, 0.66].map((at, p) => {
      const radius = size * (p === 1 ? 1.25 : p === 2 ? 1.05 : 0.7);
      return rounded(middle + at * reach - radius, base - size - radius * 0.7, {
        width: 2 * radius,
        height: 2 * radius,
        radius: radius * (0.5 + 0.5 * roundness),
      });
    });
    const floor = rounded(middle - reach, base - size, { width: 2 * reach, height: size, radius: (size / 2) * (0.5 + 0.5 * roundness) });
    return layer(joined(floor, ...puffs), { x: middle - reach, y: base - 2.2 * size, width: 2 * reach, height: 2.2 * size }, [depth, false]);
  });
  const [left, top, radius] = [x + width * (0.3 + 0.4 * print.chance(1, 98)), y + deep * 0.24, deep * (0.1 + 0.08 * height)];
  const moon = smooth(
    [0, 1, 2, 3, 4, 5, 6, 7, 8]
      .map((i): Point => [left + radius * Math.cos(0.9 + i * 0.56), top + radius * Math.sin(0.9 + i * 0.56)])
      .concat(
        [5, 4, 3, 2].map((i): Point => [
          left + radius * (0.42 + 0.75 * Math.cos(0.9 + i * 0.62)),
          top + radius * (0.1 + 0.75 * Math.sin(0.9 + i * 0.62)),
        ]),
      ),
  );
  const birds = joined(
    ...[0, 1, 2, 3, 4].map((i) =>
      polygon([
        [left + i * radius * 0.8, top + (i % 3) * radius * 0.6],
        [left + (i + 0.35) * radius * 0.8, top + ((i % 3) * 0.6 + 0.22) * radius],
        [left + (i + 0.7) * radius * 0.8, top + (i % 3) * radius * 0.6],
        [left + (i + 0.35) * radius * 0.8, top + ((i % 3) * 0.6 + 0.42) * radius],
      ]),
    ),
  );
  const accents = [moon, birds, sector([left, top + radius], radius * 1.3, { from: Math.PI, to: 2 * Math.PI }), disc(left, top, radius * 0.8)];
  const accent = accents[Math.floor(print.chance(2, 98) * accents.length)] ?? moon;
  return [layer(accent, { x: left - radius, y: top - radius, width: 3 * radius, height: 2 * radius }, [0, true]), ...layers];
};

const SCENES: Readonly<Record<Subject, Scene>> = { land, city, water, sky };
