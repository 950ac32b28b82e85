import { footRoom, headRoom, inkAt, overprint, roomOnGround, strongestSpots } from '../layout.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';
import { joined, rect, rounded, softSquare } from '../shapes.ts';

/** Few, broad rings: tempo sets how many, energy how broad, acousticness how round (from squares to circles). */

const ringsOf = (print: PrintSheet) => print.count('tempo', [4, 10], 'rings');
const breadthOf = (print: PrintSheet) => print.amount('energy', [0.3, 0.66], 'breadth of the rings');
const roundnessOf = (print: PrintSheet) => print.amount('acousticness', [0.15, 1], 'roundness');

/** A ring as an outline drawn with a broad pen. */
function ring(print: PrintSheet, [x, y]: readonly [number, number], { radius, roundness, color, width, blend = 'normal' }: Ring): void {
  print.stroke(softSquare(x, y, { radius, roundness }), color, { width, blend });
}

interface Ring {
  readonly radius: number;
  readonly roundness: number;
  readonly color: string;
  readonly width: number;
  readonly blend?: 'normal' | 'multiply' | 'screen';
}

function twoSets(print: PrintSheet): Layout {
  const [rings, breadth, roundness] = [ringsOf(print), breadthOf(print), roundnessOf(print)];
  const pitch = 420 / rings;
  const centers = [
    [380, 330],
    [640, 400],
  ] as const;
  const spots = strongestSpots(print);
  for (const [set, center] of centers.entries()) {
    for (let i = 0; i < rings; i++) {
      ring(print, center, { radius: pitch * (i + 0.7), roundness, color: spots[set === 0 ? 0 : 1], width: pitch * breadth, blend: overprint(print) });
    }
  }
  print.fill(rect(0, 730, [1000, 270]), print.palette.ground);
  return footRoom(print, 0.755);
}

function corner(print: PrintSheet): Layout {
  const [rings, breadth, roundness] = [ringsOf(print), breadthOf(print), roundnessOf(print)];
  const pitch = 900 / rings;
  for (let i = 0; i < rings; i++) {
    ring(print, [1000, 1000], { radius: pitch * (i + 0.55), roundness, color: inkAt(print, i), width: pitch * (0.35 + breadth * 0.8) });
  }
  return roomOnGround(print, [0.06, 0.06, 0.6, 0.18]);
}

function split(print: PrintSheet): Layout {
  const [rings, breadth, roundness] = [ringsOf(print), breadthOf(print), roundnessOf(print)];
  const { ink, spots } = print.palette;
  const pitch = 640 / rings;
  const halves = [
    { left: 0, shift: 0, color: ink },
    { left: 500, shift: 0.5, color: spots[0] },
  ];
  for (const { left, shift, color } of halves) {
    print.clip(rect(left, 280, [500, 720]), () => {
      for (let i = 0; i < rings; i++)
        ring(print, [500, 640], { radius: pitch * (i + 0.3 + shift), roundness, color, width: pitch * (breadth * 0.7 + 0.15) });
    });
  }
  return headRoom(print, 0.25);
}

function tunnel(print: PrintSheet): Layout {
  const [rings, breadth, roundness] = [ringsOf(print), breadthOf(print), roundnessOf(print)];
  const lean = (print.chance(1, 31) - 0.5) * 0.9;
  print.clip(rect(0, 0, [1000, 720]), () => {
    for (let i = 0; i < rings * 2; i++) {
      const share = 1 - i / (rings * 2) - (i % 2 ? (breadth - 0.48) / rings : 0);
      const color = i % 2 ? print.palette.ground : inkAt(print, i / 2);
      print.fill(softSquare(500 + lean * 560 * (1 - share), 340 + 120 * (1 - share), { radius: 640 * share, roundness }), color);
    }
  });
  return footRoom(print, 0.75);
}

function arches(print: PrintSheet): Layout {
  const [rings, breadth, roundness] = [ringsOf(print), breadthOf(print), roundnessOf(print)];
  const pitch = 480 / rings;
  const middle = print.chance(2, 31) < 0.5 ? 360 : 640;
  for (let i = rings - 1; i >= 0; i--) {
    const half = pitch * (i + 0.9);
    const arch = (reach: number) => rounded(middle - reach, 1000 - reach * 1.1 - 160, { width: 2 * reach, height: 1700, radius: reach * roundness });
    print.fill(arch(half), inkAt(print, i));
    print.fill(arch(half - pitch * (0.25 + breadth * 0.9)), print.palette.ground);
  }
  print.fill(joined(rect(0, 0, [1000, 1])), print.palette.ground);
  return headRoom(print, 0.27);
}

export const GROOVE: readonly Composition[] = [twoSets, corner, split, tunnel, arches];
