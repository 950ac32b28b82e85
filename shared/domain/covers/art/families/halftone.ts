import type { Box } from '../display-list.ts';
import { footRoom, headRoom, roomOnGround, strongestSpots } from '../layout.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';
import { dots } from '../tints.ts';
import type { Subject } from '../subject.ts';
import { rect } from '../shapes.ts';

/** Two dot screens and one lit body: tempo sets the screen, energy the contrast, acousticness how soft and round the body is. */

/** Darkness of a body at a point of its own square from −1 to 1: 0 lit, 1 black; undefined beside it. */
type Body = (x: number, y: number, softness: number) => number | undefined;

const clamped = (value: number) => Math.min(1, Math.max(0, value));

/** A wave of straight slopes, from −1 to 1. */
const sharp = (at: number) => Math.abs(((((at / Math.PI) % 2) + 2) % 2) - 1) * 2 - 1;

/** Dunes behind dunes, each with a lit and a dark side. */
const land: Body = (x, y, softness) => {
  for (const [base, swing, phase] of [
    [0.62, 0.2, 0.4],
    [0.2, 0.28, 2.6],
    [-0.3, 0.36, 4.6],
  ] as const) {
    const wave = (at: number) => softness * Math.cos(at) + (1 - softness) * sharp(at);
    const ridge = base - swing * wave(x * 2.6 + phase);
    if (y < ridge) continue;
    const slope = (wave(x * 2.6 + phase + 0.1) - wave(x * 2.6 + phase - 0.1)) * 3.4;
    return clamped(0.5 - slope * 0.55 - (y - ridge) * 0.45 + 0.12);
  }
  return undefined;
};

/** Towers with three faces, front to back: middle, top, half a width. */
const TOWERS = [
  [-0.02, 0.12, 0.3],
  [-0.62, -0.22, 0.26],
  [0.56, -0.06, 0.28],
  [0.2, -0.74, 0.26],
  [-0.3, -0.86, 0.22],
  [0.94, -0.5, 0.2],
  [-1, -0.62, 0.2],
] as const;

/** Towers seen from a corner; softness lightens their dark faces. */
const city: Body = (x, y, softness) => {
  for (const [left, top, half] of TOWERS) {
    const [u, v] = [(x - left) / half, (y - top) / half];
    if (Math.abs(u) + 2 * Math.abs(v) <= 1) return 0.03;
    if (Math.abs(u) > 1 || v < 0.5 - Math.abs(u) * 0.5) continue;
    const down = Math.min(1, v / 8);
    return u < 0 ? 0.36 + 0.25 * down : 0.92 - softness * 0.22 - 0.2 * down;
  }
  return undefined;
};

/** A folded cloth of waves. */
const water: Body = (x, y, softness) => {
  const lean = y + 0.34 * Math.sin(x * 2.1 + 0.6);
  const fold = lean * 5.2;
  const wave = Math.cos(fold + 1.4 * Math.sin(x * 1.3));
  const edge = Math.sign(wave) * Math.abs(wave) ** (0.35 + 0.65 * softness);
  return clamped(0.48 + 0.46 * edge - 0.12 * x);
};

/** A ball that turns into a cube's rounded face as sounds turn electronic. */
const sky: Body = (x, y, softness) => {
  const power = 2 + 6 * (1 - softness);
  const far = (Math.abs(x) ** power + Math.abs(y) ** power) ** (1 / power);
  if (far > 1) return undefined;
  const height = Math.sqrt(Math.max(0, 1 - far ** 2));
  return clamped(0.92 - (-0.5 * x - 0.62 * y + 0.66 * height));
};

const BODIES: Readonly<Record<Subject, Body>> = { land, city, water, sky };

interface Placing {
  readonly area: Box;
  readonly center: readonly [number, number];
  readonly radius: number;
  readonly turn?: number;
}

/** Prints the body and its cast shadow in an area: the first ink for every tone, the second for the shadows. */
function screen(print: PrintSheet, { area, center, radius, turn = 0 }: Placing): void {
  const lines = print.count('tempo', [26, 46], 'dots across');
  const contrast = print.amount('energy', [0.95, 1.6], 'contrast');
  const softness = print.amount('acousticness', [0, 1], 'softness');
  const pitch = print.pitch(1000 / lines);
  const body = BODIES[print.subject];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const tone = (px: number, py: number): number => {
    const [x, y] = [(px - center[0]) / radius, (py - center[1]) / radius];
    const own = body(x * cos + y * sin, -x * sin + y * cos, softness);
    if (own !== undefined) return clamped((own - 0.5) * contrast + 0.52);
    const cast = Math.exp(-((y - 0.98) ** 2) / (0.01 + 0.05 * softness)) * Math.exp(-((x - 0.35) ** 2) / 0.9);
    return print.subject === 'sky' ? 0.06 + 0.5 * cast : 0;
  };
  const [light] = strongestSpots(print);
  const dark = print.palette.ink;
  print.clip(rect(area.x, area.y, [area.width, area.height]), () => {
    print.fill(dots(area, pitch, tone), light);
    print.fill(
      dots(area, pitch, (x, y) => clamped(tone(x, y) * 1.7 - 0.92)),
      dark,
    );
  });
}

function onTheGround(print: PrintSheet): Layout {
  screen(print, { area: { x: 0, y: 270, width: 1000, height: 730 }, center: [520, 690], radius: 370 });
  return headRoom(print, 0.26);
}

function overhead(print: PrintSheet): Layout {
  screen(print, { area: { x: 0, y: 0, width: 1000, height: 720 }, center: [480, 350], radius: 340 });
  return footRoom(print, 0.75);
}

function cropped(print: PrintSheet): Layout {
  // The ball turns its shadow to the corner that stays in sight.
  const turn = print.subject === 'sky' ? 2.5 : 0;
  screen(print, { area: { x: 0, y: 0, width: 1000, height: 1000 }, center: [690, 780], radius: 530, turn });
  return roomOnGround(print, [0.06, 0.06, 0.5, 0.16]);
}

function column(print: PrintSheet): Layout {
  const area = { x: 0, y: 0, width: 1000, height: 700 };
  print.fill(rect(0, 0, [print.snap(420), print.snap(700)]), print.palette.spots[1]);
  screen(print, { area, center: [430, 360], radius: 300, turn: 0.35 });
  return footRoom(print, 0.74);
}

function tilted(print: PrintSheet): Layout {
  screen(print, { area: { x: 0, y: 280, width: 1000, height: 720 }, center: [140, 760], radius: 560, turn: -0.4 });
  return headRoom(print, 0.27);
}

export const HALFTONE: readonly Composition[] = [onTheGround, overhead, cropped, column, tilted];
