import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import type { Blend, Box, GlyphItem, Path } from './display-list.ts';
import type { ArtPalette } from './palettes.ts';
import type { Subject } from './subject.ts';
import type { Technique } from './technique.ts';

/** The numbers that a picture is drawn from. */
export type ArtNumber =
  | 'energy'
  | 'valence'
  | 'tempo'
  | 'acousticness'
  | 'danceability'
  | 'instrumentalness'
  | 'decade'
  | 'genre'
  | 'tracks'
  | 'mood';

/** Which number drew what; a null value was unknown, and the family's middle was drawn instead. */
export interface ArtReading {
  readonly number: ArtNumber;
  readonly value: number | string | null;
  readonly drew: string;
}

export type MeasuredNumber = 'energy' | 'valence' | 'tempo' | 'acousticness' | 'danceability' | 'instrumentalness';
export type Span = readonly [from: number, to: number];

/** Where type may be set on a picture, as shares of the side, and the flat color under it. */
export interface Room {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly ground: string;
}

/** What a composition leaves for the title. */
export interface Layout {
  readonly room: readonly Room[];
  /** The picture already spells the title. */
  readonly isType: boolean;
}

/** One way to place a family's motif. */
export type Composition = (print: PrintSheet) => Layout;

/** The sheet that a family draws on: palette, numbers, and pens that know the size in pixels. Positions are in units of the picture. */
export interface PrintSheet {
  readonly palette: ArtPalette;
  readonly technique: Technique;
  readonly subject: Subject;
  readonly music: MusicFacts;
  readonly title: string;
  /** Whether the ground is light. */
  readonly isLight: boolean;
  /** A number as a share of its scale; the middle when it is unknown. Not recorded as a reading. */
  share(number: MeasuredNumber): number;
  /** A length that grows (or shrinks) with a number; recorded. */
  amount(number: MeasuredNumber, range: Span, what: string): number;
  /** A whole number that grows with a number; recorded as "12 rings". */
  count(number: MeasuredNumber, range: Span, noun: string): number;
  /** Records a reading that is neither a length nor a count. */
  note(reading: ArtReading): void;
  /** A number in [0, 1) that depends on the seed, the index and the salt only, so that counts can grow without moving what is there. */
  chance(index: number, salt: number): number;
  /** The width of a line, at least 1.5 pixels. */
  line(width: number): number;
  /** The distance of lines or dots in a screen, at least 5 pixels (4 on thumbnails). */
  pitch(distance: number): number;
  /** The nearest edge of a pixel, so that neighboring flat shapes meet without a seam. */
  snap(position: number): number;
  fill(path: Path, color: string, blend?: Blend): void;
  stroke(path: Path, color: string, pen: { readonly width: number; readonly blend?: Blend }): void;
  clip(path: Path, draw: () => void): void;
  tint(shape: { readonly path: Path; readonly box: Box }, ink: { readonly color: string; readonly share: number }): void;
  glyphs(item: Omit<GlyphItem, 'kind' | 'blend' | 'turns'> & Partial<Pick<GlyphItem, 'blend' | 'turns'>>): void;
}
