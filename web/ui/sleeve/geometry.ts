import type { SetLine } from './set-lines.ts';

/** A filled rectangle. */
export interface TextBlock {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
}

/** A title line with its color. */
export interface ColoredLine extends SetLine {
  readonly fill: string;
  /** Rotation about the line's start in degrees; set for vertical text. */
  readonly rotation?: number;
}

/** Small print beside the title; repeats facts that the page also shows elsewhere. */
export interface Print {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly fill: string;
}

/** A cover as geometry on a 600 × 600 square, in drawing order: background, blocks, title lines, small print. */
export interface Sleeve {
  readonly ground: string;
  readonly blocks: readonly TextBlock[];
  readonly lines: readonly ColoredLine[];
  readonly print: readonly Print[];
}
