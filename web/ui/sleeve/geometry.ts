import type { SetLine } from './set-lines.ts';

export interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
}

export interface ColouredLine extends SetLine {
  readonly fill: string;
  /** Set where the line runs up the side: degrees about its own start. */
  readonly turn?: number;
}

/** Small type beside the title; never the only place a fact is said. */
export interface Print {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly fill: string;
}

/** A sleeve as plain geometry on a square of 600: flat blocks, then lines of type, then print. */
export interface Sleeve {
  readonly ground: string;
  readonly blocks: readonly Block[];
  readonly lines: readonly ColouredLine[];
  readonly print: readonly Print[];
}
