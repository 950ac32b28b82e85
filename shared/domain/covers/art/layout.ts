import { contrastRatio, mixInks } from '../../color.ts';
import type { Path } from './display-list.ts';
import type { Layout, PrintSheet } from './print.ts';

/** Room for type on the ground, as shares of the side. */
export function roomOnGround(print: PrintSheet, [x, y, width, height]: readonly [number, number, number, number]): Layout {
  return { room: [{ x, y, width, height, ground: print.palette.ground }], isType: false };
}

/** The margin of all pictures, as a share of the side. */
export const MARGIN = 0.06;
/** Room that many compositions leave: a head or a foot as wide as the sheet. */
export const headRoom = (print: PrintSheet, height: number): Layout => roomOnGround(print, [MARGIN, MARGIN, 1 - 2 * MARGIN, height - MARGIN]);
export const footRoom = (print: PrintSheet, top: number): Layout => roomOnGround(print, [MARGIN, top, 1 - 2 * MARGIN, 1 - MARGIN - top]);

/** Inks of a picture by index, round and round. */
export function inkAt(print: PrintSheet, index: number): string {
  const { ink, spots } = print.palette;
  const inks = [spots[0], ink, spots[1], spots[2]];
  return inks[((index % inks.length) + inks.length) % inks.length] ?? ink;
}

/** The spot colors, the one that stands out most from the ground first. */
export function strongestSpots(print: PrintSheet): readonly [string, string, string] {
  const { ground, spots } = print.palette;
  const [one, two, three] = spots.toSorted((a, b) => contrastRatio(ground, b) - contrastRatio(ground, a));
  return [one ?? spots[0], two ?? spots[1], three ?? spots[2]];
}

/** Ink or ground, whichever reads better on a field. */
export function readableOn(print: PrintSheet, field: string): string {
  const { ground, ink } = print.palette;
  return contrastRatio(field, ink) >= contrastRatio(field, ground) ? ink : ground;
}

/** Prints shapes over each other: where one meets an earlier one, both inks mix; the paper does not tint them, so this works on paper of any color. */
export function printOver(print: PrintSheet, sheets: readonly { readonly path: Path; readonly color: string }[]): void {
  for (const [i, { path, color }] of sheets.entries()) {
    print.fill(path, color);
    for (const below of sheets.slice(0, i)) print.clip(below.path, () => print.fill(path, mixInks(below.color, color, print.isLight)));
  }
}

/** The blend by which two inks make a third: darker on light paper, lighter on dark. */
export function overprint(print: PrintSheet): 'multiply' | 'screen' {
  return print.isLight ? 'multiply' : 'screen';
}
