import { footRoom, headRoom, roomOnGround } from '../layout.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';
import { rect, rounded, sector } from '../shapes.ts';

/** The playlist itself: one bar or ray a track. Its length is the duration, its height the energy, its ink the valence; tempo cuts it into beats. */

interface Mark {
  /** Where the track starts and ends in the playlist, 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly energy: number;
  readonly color: string;
}

/** Drawn when the tracks are unknown. */
const UNKNOWN_TRACKS = Array.from({ length: 24 }, () => ({ durationMs: 216_000, energy: null, valence: null }));

function marksOf(print: PrintSheet): readonly Mark[] {
  const { ink, spots } = print.palette;
  const isKnown = print.music.tracks.length > 0;
  const tracks = isKnown ? print.music.tracks : UNKNOWN_TRACKS;
  print.note({
    number: 'tracks',
    value: isKnown ? tracks.length : null,
    drew: `${tracks.length} marks: length duration, height energy, ink valence`,
  });
  const total = tracks.reduce((sum, { durationMs }) => sum + Math.max(1, durationMs), 0);
  const valences = tracks.map(({ valence }) => valence ?? print.share('valence'));
  let at = 0;
  return tracks.map(({ durationMs, energy, valence }, index) => {
    const from = at;
    at += Math.max(1, durationMs) / total;
    // Half as it is, half among the playlist's own tracks, so that even music of one mood shows its ups and downs.
    const own = valence ?? print.share('valence');
    const bright = (own + valences.filter((other) => other < own).length / valences.length) / 2;
    const color = bright < 0.3 ? ink : bright < 0.5 ? spots[2] : bright < 0.7 ? spots[0] : spots[1];
    return { from, to: at, energy: energy ?? 0.25 + 0.5 * print.chance(index, 21), color };
  });
}

const beatsOf = (print: PrintSheet) => print.count('tempo', [2, 8], 'beats');
const roundness = (print: PrintSheet) => print.amount('acousticness', [0, 1], 'roundness of the ends');

/** Lines of ground that cut the marks into beats. */
function cutBeats(print: PrintSheet, [left, top, width, height]: readonly [number, number, number, number]): void {
  const beats = beatsOf(print);
  for (let i = 1; i < beats; i++) print.fill(rect(left, print.snap(top + (height * i) / beats), [width, print.line(5)]), print.palette.ground);
}

/** Bars that rise from a line or hang from it. */
function standing(print: PrintSheet, { base, reach, isDown }: { base: number; reach: number; isDown: boolean }): void {
  const round = roundness(print);
  for (const { from, to, energy, color } of marksOf(print)) {
    const [left, right] = [print.snap(from * 1000), print.snap(to * 1000)];
    const width = right - left - Math.min(print.line(3), (right - left) * 0.3);
    const height = reach * (0.34 + 0.66 * energy);
    // The round end is the free one; the other runs past the line.
    const y = isDown ? base - width : base - height;
    print.fill(rounded(left, y, { width, height: height + width, radius: (width / 2) * round }), color);
  }
}

/** Rays of a fan or a ring, clockwise. */
function rays(
  print: PrintSheet,
  { center, inner, reach, turn }: { center: readonly [number, number]; inner: number; reach: number; turn: readonly [number, number] },
): void {
  const gap = Math.min(0.012, 0.3 / Math.max(1, print.music.tracks.length));
  for (const { from, to, energy, color } of marksOf(print)) {
    const [a, b] = [turn[0] + (turn[1] - turn[0]) * from, turn[0] + (turn[1] - turn[0]) * to];
    print.fill(sector(center, inner + (reach - inner) * (0.34 + 0.66 * energy), { from: a, to: Math.max(a + 0.005, b - gap), inner }), color);
  }
  const beats = beatsOf(print);
  for (let i = 1; i < beats; i++) {
    const radius = inner + ((reach - inner) * i) / beats;
    print.stroke([4, ...center, radius], print.palette.ground, { width: print.line(5) });
  }
}

function skyline(print: PrintSheet): Layout {
  standing(print, { base: 1000, reach: 680, isDown: false });
  cutBeats(print, [0, 320, 1000, 680]);
  return headRoom(print, 0.3);
}

function wave(print: PrintSheet): Layout {
  const round = roundness(print);
  const [middle, reach] = [360, 330];
  for (const { from, to, energy, color } of marksOf(print)) {
    const [left, right] = [print.snap(from * 1000), print.snap(to * 1000)];
    const width = (right - left) * 0.7;
    const half = reach * (0.22 + 0.78 * energy);
    print.fill(rounded(left + (right - left) * 0.15, middle - half, { width, height: 2 * half, radius: (width / 2) * round }), color);
  }
  const beats = beatsOf(print);
  for (let i = 1; i < beats; i++) {
    const away = (reach * i) / beats;
    for (const y of [middle - away, middle + away]) print.fill(rect(0, print.snap(y), [1000, print.line(4)]), print.palette.ground);
  }
  return footRoom(print, 0.73);
}

function fan(print: PrintSheet): Layout {
  rays(print, { center: [1000, 1000], inner: 90, reach: 1010, turn: [Math.PI, Math.PI * 1.5] });
  return roomOnGround(print, [0.06, 0.06, 0.5, 0.2]);
}

function sunrise(print: PrintSheet): Layout {
  rays(print, { center: [500, 1000], inner: 130, reach: 700, turn: [Math.PI, 2 * Math.PI] });
  return headRoom(print, 0.29);
}

function roll(print: PrintSheet): Layout {
  const round = roundness(print);
  for (const { from, to, energy, color } of marksOf(print)) {
    const [top, foot] = [print.snap(from * 700), print.snap(to * 700)];
    const height = foot - top - Math.min(print.line(3), (foot - top) * 0.3);
    const length = 360 + 620 * energy;
    print.fill(rounded(1000 - length, top, { width: length + height, height, radius: (height / 2) * round }), color);
  }
  const beats = beatsOf(print);
  for (let i = 1; i < beats; i++) print.fill(rect(print.snap((1000 * i) / beats), 0, [print.line(5), 700]), print.palette.ground);
  return footRoom(print, 0.73);
}

export const SCORE: readonly Composition[] = [skyline, wave, fan, sunrise, roll];
