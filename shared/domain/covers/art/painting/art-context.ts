import type { ArtFace } from '../display-list.ts';

/** The part of a 2D canvas that pictures are painted with. The canvas of a browser and the one of the server both have it. */
export interface ArtContext {
  save(): void;
  restore(): void;
  scale(x: number, y: number): void;
  translate(x: number, y: number): void;
  rotate(angle: number): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  // oxlint-disable-next-line max-params -- the canvas's own form
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
  // oxlint-disable-next-line max-params -- the canvas's own form
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  closePath(): void;
  clip(): void;
  fill(): void;
  stroke(): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): {
    readonly actualBoundingBoxLeft: number;
    readonly actualBoundingBoxRight: number;
    readonly actualBoundingBoxAscent: number;
    readonly actualBoundingBoxDescent: number;
  };
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  textBaseline: string;
  globalCompositeOperation: string;
}

/** How a canvas sets type in a face. */
export interface ArtTypeface<C extends ArtContext> {
  /** CSS families for a text, in the order in which they are tried. */
  familiesFor(text: string, face: ArtFace): string;
  /** `stretch` is percent of the normal width. */
  setFont(context: C, font: { readonly families: string; readonly weight: number; readonly size: number; readonly stretch: number }): void;
}
