import type { Box, Path } from '../display-list.ts';
import { engrave } from '../engrave.ts';
import { footRoom, headRoom, strongestSpots } from '../layout.ts';
import type { Composition, Layout, PrintSheet } from '../print.ts';
import { drawScene } from '../scenes.ts';
import type { SceneLayer } from '../scenes.ts';
import { rect, rounded } from '../shapes.ts';

/** An engraving of ruled lines: tempo sets the lines, energy how high the scene stands, acousticness its roundness, valence how much of it is in color. */

interface Cut {
  readonly paper: string;
  readonly ink: string;
  readonly spots: readonly [string, string, string];
  /** Direction of the lines in the air. */
  readonly air: number;
}

const cutOf = (print: PrintSheet, air: number): Cut => ({ paper: print.palette.ground, ink: print.palette.ink, spots: strongestSpots(print), air });

interface Read {
  readonly lines: number;
  readonly height: number;
  readonly roundness: number;
  readonly colored: number;
}

function read(print: PrintSheet): Read {
  return {
    lines: print.count('tempo', [24, 44], 'lines'),
    height: print.amount('energy', [0.1, 1], 'height of the scene'),
    roundness: print.amount('acousticness', [0.05, 1], 'roundness'),
    colored: print.amount('valence', [0.2, 0.9], 'share in color'),
  };
}

/** Rules the air, then cuts each layer out of it: flat paper or color below, lines above. */
function engraveScene(print: PrintSheet, box: Box, { cut, numbers }: { cut: Cut; numbers: Read }): void {
  const pitch = print.pitch(1000 / numbers.lines);
  const widths = [print.line(2.6), pitch * 0.9] as const;
  const rule = (area: Box, angle: number, tone: (x: number, y: number) => number): Path => engrave(area, { pitch, angle, widths, tone });
  print.fill(
    rule(box, cut.air, (_, y) => 0.1 + (0.24 * (box.y + box.height - y)) / box.height),
    cut.ink,
  );
  const layers = drawScene(print, box, { count: 7, height: numbers.height, roundness: numbers.roundness });
  layers.forEach((layer, i) => {
    const isColored = layer.isAccent || print.chance(i, 101) < numbers.colored;
    const paper = layer.isAccent ? cut.spots[0] : isColored ? (cut.spots[1 + (i % 2)] ?? cut.paper) : cut.paper;
    // The outline first and the fill over it: inner edges of a joined shape stay hidden.
    print.stroke(layer.path, cut.ink, { width: print.line(4) * 2 });
    print.fill(layer.path, paper);
    if (!layer.isAccent) print.clip(layer.path, () => print.fill(shade(layer, i, rule), cut.ink));
  });
}

/** Near layers are ruled darker and each in its own direction; the light comes from the left. */
function shade({ box, depth }: SceneLayer, index: number, rule: (area: Box, angle: number, tone: (x: number, y: number) => number) => Path): Path {
  const angle = [0.5, -0.35, 0.16, -0.7, 0.9][index % 5] ?? 0;
  return rule(box, angle, (x, y) => {
    const across = (x - box.x) / Math.max(1, box.width);
    const down = (y - box.y) / Math.max(1, box.height);
    return 0.1 + 0.34 * depth * across + 0.3 * across + 0.22 * down * depth;
  });
}

function landscape(print: PrintSheet): Layout {
  const box = { x: 0, y: 290, width: 1000, height: 710 };
  print.clip(rect(0, 290, [1000, 710]), () => engraveScene(print, box, { cut: cutOf(print, 0), numbers: read(print) }));
  return headRoom(print, 0.27);
}

function raised(print: PrintSheet): Layout {
  const box = { x: 0, y: 0, width: 1000, height: 720 };
  print.clip(rect(0, 0, [1000, 720]), () => engraveScene(print, box, { cut: cutOf(print, Math.PI / 2), numbers: read(print) }));
  return footRoom(print, 0.75);
}

function window(print: PrintSheet): Layout {
  const numbers = read(print);
  const frame = rounded(120, 280, { width: 760, height: 1000, radius: 380 * numbers.roundness });
  const box = { x: 120, y: 280, width: 760, height: 720 };
  print.clip(frame, () => engraveScene(print, box, { cut: cutOf(print, 0), numbers }));
  print.stroke(frame, print.palette.ink, { width: print.line(9) });
  return headRoom(print, 0.26);
}

function dayAndNight(print: PrintSheet): Layout {
  const numbers = read(print);
  const box = { x: 0, y: 0, width: 1000, height: 720 };
  const day = cutOf(print, 0);
  print.clip(rect(0, 0, [500, 720]), () => engraveScene(print, box, { cut: day, numbers }));
  print.clip(rect(500, 0, [500, 720]), () => {
    print.fill(rect(500, 0, [500, 720]), day.ink);
    engraveScene(print, box, { cut: { ...day, paper: day.ink, ink: day.paper, air: 0 }, numbers });
  });
  return footRoom(print, 0.75);
}

function panorama(print: PrintSheet): Layout {
  const numbers = read(print);
  for (const [i, top] of [0, 365].entries()) {
    const height = 350;
    const box = { x: -i * 400, y: top - 40, width: 1500, height: height + 70 };
    print.clip(rect(0, print.snap(top), [1000, height]), () => engraveScene(print, box, { cut: cutOf(print, i * 0.35), numbers }));
  }
  return footRoom(print, 0.755);
}

export const RULES: readonly Composition[] = [landscape, raised, window, dayAndNight, panorama];
