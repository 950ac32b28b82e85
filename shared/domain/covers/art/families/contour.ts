import { blendColors } from '../../../color.ts';
import { areaAbove, sampleHeights } from '../iso-lines.ts';
import { roomOnGround } from '../layout.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';

/** A map of layered heights: tempo sets the layers, energy how steep and many the peaks are, acousticness the roundness of their lines, valence the color. */

interface Terrain {
  /** The part of the sheet that stays low for type, as shares. */
  readonly room: readonly [x: number, y: number, width: number, height: number];
  /** Height of the ground before the peaks, from a point in units. */
  readonly base: (x: number, y: number) => number;
  /** Where peaks may stand: middle and reach, in units. */
  readonly peaks: { readonly at: readonly [number, number]; readonly reach: readonly [number, number]; readonly width: number };
}

/** Grid points a side: curves through them stay smooth at 3,000 pixels. */
const GRID_SIDE = 72;

/** From where to where the ground stays low; past the edges of the sheet that it is near. */
const low = (from: number, size: number): readonly [number, number] => [
  from < 0.1 ? -400 : from * 1000,
  from + size > 0.9 ? 1400 : (from + size) * 1000,
];

function drawTerrain(print: PrintSheet, { room, base, peaks }: Terrain): Layout {
  const layers = print.count('tempo', [5, 11], 'layers');
  const many = print.count('energy', [1, 6], 'peaks');
  const roundness = print.amount('acousticness', [0, 1], 'roundness');
  const colored = print.amount('valence', [0.15, 0.95], 'color in the heights');
  const power = 1.15 + 0.85 * roundness;
  const tops = Array.from({ length: many }, (_, i) => ({
    x: peaks.at[0] + (print.chance(i, 121) - 0.5) * 2 * peaks.reach[0] * (i === 0 ? 0.4 : 1),
    y: peaks.at[1] + (print.chance(i, 122) - 0.5) * 2 * peaks.reach[1] * (i === 0 ? 0.4 : 1),
    high: (i === 0 ? 1 : 0.45 + 0.5 * print.chance(i, 123)) * 0.8,
    wide: peaks.width * (i === 0 ? 1 : 0.5 + 0.5 * print.chance(i, 124)),
  }));
  const [[left, right], [top, foot]] = [low(room[0], room[2]), low(room[1], room[3])];
  const grid = sampleHeights(GRID_SIDE, (x, y) => {
    const rise = tops.reduce((sum, peak) => {
      const far = (Math.abs((x - peak.x) / peak.wide) ** power + Math.abs((y - peak.y) / peak.wide) ** power) ** (1 / power);
      return sum + peak.high * Math.exp(-(far ** 1.7) * 1.2);
    }, 0);
    const sway = 0.05 * Math.sin(x * 0.011 + y * 0.006 + 6 * print.chance(1, 125)) + 0.035 * Math.sin(y * 0.015 - x * 0.008);
    const beside = Math.hypot(Math.max(0, left - x, x - right), Math.max(0, top - y, y - foot));
    return (base(x, y) + rise + sway * roundness) * Math.min(1, beside / 90) - Math.max(0, 0.2 - beside / 200);
  });
  const { ground, ink, spots } = print.palette;
  const bands = [spots[2], spots[1], spots[0], ink];
  const highest = grid.heights.reduce((most, height) => Math.max(most, height), 0);
  for (let i = 0; i < layers; i++) {
    const share = i / Math.max(1, layers - 1);
    const place = share * (bands.length - 1);
    const [lower, upper] = [bands[Math.floor(place)] ?? ink, bands[Math.ceil(place)] ?? ink];
    const own = print.technique === 'vector' ? blendColors(lower, upper, place % 1) : place % 1 < 0.5 ? lower : upper;
    const color = share <= colored || i === layers - 1 ? own : blendColors(ground, ink, 0.15 + 0.7 * share);
    const area = areaAbove(grid, 0.07 + (highest - 0.07) * (i / (layers + 0.3)));
    if (area.length === 0) continue;
    print.fill(area, color);
    print.stroke(area, i >= layers - 2 ? ground : ink, { width: print.line(3) });
  }
  return roomOnGround(print, room);
}

const HEAD = [0.06, 0.06, 0.88, 0.2] as const;
const FOOT = [0.06, 0.75, 0.88, 0.19] as const;
const rise = (share: number) => Math.max(0, Math.min(0.6, share * 0.6));

export const CONTOUR: readonly Composition[] = [
  (print) => drawTerrain(print, { room: HEAD, base: () => 0, peaks: { at: [500, 650], reach: [330, 220], width: 330 } }),
  (print) => drawTerrain(print, { room: FOOT, base: (_, y) => rise((760 - y) / 900), peaks: { at: [560, 260], reach: [420, 230], width: 300 } }),
  (print) =>
    drawTerrain(print, {
      room: [0.06, 0.06, 0.5, 0.18],
      base: (x, y) => rise((x + y - 700) / 1100),
      peaks: { at: [760, 760], reach: [260, 260], width: 420 },
    }),
  (print) => drawTerrain(print, { room: FOOT, base: () => 0.05, peaks: { at: [180, 230], reach: [520, 220], width: 470 } }),
  (print) =>
    drawTerrain(print, { room: HEAD, base: (x, y) => rise((y - 330 + 0.35 * x) / 1050), peaks: { at: [140, 860], reach: [300, 160], width: 300 } }),
];
