import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import { chanceOf, mix32 } from '#shared/domain/hash.ts';
import { isLight } from '../../color.ts';
import { EXTENT } from './display-list.ts';
import type { DisplayItem } from './display-list.ts';
import type { ArtPalette } from './palettes.ts';
import type { ArtReading, MeasuredNumber, PrintSheet, Span } from './print.ts';
import type { Subject } from './subject.ts';
import type { Technique } from './technique.ts';
import { layTint } from './tints.ts';

/** Below this size in pixels a screen of 5 pixels would leave too few dots to show the shape. */
const SMALL = 200;
/** Tempos below and above are drawn as these. */
const TEMPO: Span = [60, 180];

interface Sheet {
  readonly palette: ArtPalette;
  readonly technique: Technique;
  readonly subject: Subject;
  readonly music: MusicFacts;
  readonly title: string;
  readonly seed: number;
  readonly size: number;
}

/** An empty sheet, and what has been drawn and read so far. */
export function openPrint(sheet: Sheet): {
  readonly print: PrintSheet;
  readonly items: readonly DisplayItem[];
  readonly readings: readonly ArtReading[];
} {
  const items: DisplayItem[] = [];
  const readings: ArtReading[] = [];
  let target = items;
  const pixel = EXTENT / sheet.size;
  const share = (number: MeasuredNumber) => {
    const value = sheet.music[number];
    if (value === null) return 0.5;
    return number === 'tempo' ? bounded((value - TEMPO[0]) / (TEMPO[1] - TEMPO[0])) : bounded(value);
  };
  const between = (number: MeasuredNumber, [from, to]: Span) => from + (to - from) * share(number);
  const note = (reading: ArtReading) => void readings.push(reading);
  const print: PrintSheet = {
    palette: sheet.palette,
    technique: sheet.technique,
    subject: sheet.subject,
    music: sheet.music,
    title: sheet.title,
    isLight: isLight(sheet.palette.ground),
    share,
    note,
    amount: (number, range, what) => {
      note({ number, value: sheet.music[number], drew: `${what} ${Math.round(100 * share(number))}%` });
      return between(number, range);
    },
    count: (number, range, noun) => {
      const many = Math.round(between(number, range));
      note({ number, value: sheet.music[number], drew: `${many} ${noun}` });
      return many;
    },
    chance: (index, salt) => chanceOf(sheet.seed ^ mix32(salt), index),
    line: (width) => Math.max(width, 1.6 * pixel),
    pitch: (distance) => Math.max(distance, (sheet.size < SMALL ? 4 : 5) * pixel),
    snap: (position) => Math.round(position / pixel) * pixel,
    fill: (path, color, blend = 'normal') => void target.push({ kind: 'fill', path, color, blend }),
    stroke: (path, color, { width, blend = 'normal' }) =>
      void target.push({ kind: 'stroke', path, color, width: Math.max(width, 1.6 * pixel), blend }),
    clip: (path, draw) => {
      const outer = target;
      const inner: DisplayItem[] = [];
      target = inner;
      draw();
      target = outer;
      target.push({ kind: 'clip', path, items: inner });
    },
    tint: (shape, ink) => layTint(print, shape, ink),
    glyphs: (item) => void target.push({ kind: 'glyphs', blend: 'normal', turns: 0, ...item }),
  };
  return { print, items, readings };
}

const bounded = (value: number) => Math.min(1, Math.max(0, value));
