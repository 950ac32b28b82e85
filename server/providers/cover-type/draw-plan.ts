import type { InkMask, RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import type { PlacedRun, TypePlan } from '#shared/domain/covers/type/type-plan.ts';
import type { TypeStyle } from '#shared/domain/covers/type/type-layouts.ts';
import { SvgExportFlag, createCanvas } from '@napi-rs/canvas';
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { TypeFaces } from './type-faces.ts';

/** Optical size of Newsreader: covers show its display cut. */
const OPTICAL_SIZE = 72;

/** Sets a context for one style of type. */
export function setStyle(context: SKRSContext2D, style: TypeStyle, font: { readonly size: number; readonly families: string }): void {
  context.font = `${font.size}px ${font.families}`;
  context.fontVariationSettings = `'wght' ${style.weight}, 'wdth' ${style.width}, 'opsz' ${OPTICAL_SIZE}`;
  context.fontKerning = 'normal';
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
}

/** The picture, square and of any size, with a plan drawn over it. */
export function drawOver(picture: RgbPicture, plan: TypePlan, faces: TypeFaces): RgbPicture {
  const { width: side } = picture;
  const canvas = createCanvas(side, side);
  const context = canvas.getContext('2d');
  const image = context.createImageData(side, side);
  for (let pixel = 0; pixel < side * side; pixel += 1) {
    image.data[4 * pixel] = picture.data[3 * pixel] ?? 0;
    image.data[4 * pixel + 1] = picture.data[3 * pixel + 1] ?? 0;
    image.data[4 * pixel + 2] = picture.data[3 * pixel + 2] ?? 0;
    image.data[4 * pixel + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  drawPlan(context, plan, { side, faces });
  return readPixels(context, side);
}

/** The picture under the type: with the plate, band or veil, without letters. */
export function drawGround(picture: RgbPicture, plan: TypePlan, faces: TypeFaces): RgbPicture {
  return plan.ground ? drawOver(picture, { ...plan, runs: [] }, faces) : picture;
}

/** The type alone as SVG paths on a transparent ground. */
export function drawSvg(plan: TypePlan, side: number, faces: TypeFaces): string {
  const canvas = createCanvas(side, side, SvgExportFlag.ConvertTextToPaths);
  drawPlan(canvas.getContext('2d'), plan, { side, faces });
  return canvas.getContent().toString('utf8');
}

/** The ink of each word alone. Words of a line that runs to the left, or in both directions, count as one. */
export function wordMasks(plan: TypePlan, side: number, faces: TypeFaces): readonly InkMask[] {
  return plan.runs.flatMap((run) => {
    const pad = Math.ceil(run.size * side * 0.12) + 2;
    const [x, y] = [Math.floor(run.x * side) - pad, Math.floor((run.baseline - run.above) * side) - pad];
    const [width, height] = [Math.ceil(run.width * side) + 2 * pad, Math.ceil((run.above + run.below) * side) + 2 * pad];
    const context = createCanvas(width, height).getContext('2d');
    context.translate(-x, -y);
    context.fillStyle = '#000000';
    drawRun(context, run, { plan, side, faces });
    const { data } = context.getImageData(0, 0, width, height);
    const line: InkMask = {
      text: run.text,
      x,
      y,
      width,
      height,
      alpha: Uint8Array.from({ length: width * height }, (_, at) => data[4 * at + 3] ?? 0),
    };
    return splitWords(line, run.text, (prefix) => run.x * side - x + context.measureText(prefix).width);
  });
}

function splitWords(line: InkMask, text: string, edgeOf: (prefix: string) => number): readonly InkMask[] {
  if (/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text)) return [line];
  const words = Array.from(text.matchAll(/\S+/gu));
  if (words.length < 2) return [line];
  const middles = words.slice(1).map(({ index }) => Math.round(edgeOf(text.slice(0, index)) - edgeOf(' ') / 2 + edgeOf('') / 2));
  return words.map(([word], index) => {
    const [from, to] = [middles[index - 1] ?? 0, middles[index] ?? line.width];
    const width = Math.max(1, to - from);
    const alpha = Uint8Array.from(
      { length: width * line.height },
      (_, at) => line.alpha[Math.floor(at / width) * line.width + from + (at % width)] ?? 0,
    );
    return { ...line, text: word, x: line.x + from, width, alpha };
  });
}

interface Drawing {
  readonly side: number;
  readonly faces: TypeFaces;
}

function drawPlan(context: SKRSContext2D, plan: TypePlan, drawing: Drawing): void {
  const { side } = drawing;
  if (plan.ground) {
    const { box, color, opacity } = plan.ground;
    const [left, top] = [Math.round(box.x * side), Math.round(box.y * side)];
    context.globalAlpha = opacity;
    context.fillStyle = color;
    context.fillRect(left, top, Math.round((box.x + box.width) * side) - left, Math.round((box.y + box.height) * side) - top);
    context.globalAlpha = 1;
  }
  context.fillStyle = plan.ink;
  for (const run of plan.runs) drawRun(context, run, { ...drawing, plan });
}

function drawRun(context: SKRSContext2D, run: PlacedRun, { plan, side, faces }: Drawing & { readonly plan: TypePlan }): void {
  setStyle(context, run.style, { size: run.size * side, families: faces.familiesFor(run.text, run.style.voice, plan.language) });
  context.direction = plan.direction;
  context.fillText(run.text, run.x * side, run.baseline * side);
}

function readPixels(context: SKRSContext2D, side: number): RgbPicture {
  const { data } = context.getImageData(0, 0, side, side);
  const pixels = new Uint8Array(3 * side * side);
  for (let pixel = 0; pixel < side * side; pixel += 1) {
    pixels[3 * pixel] = data[4 * pixel] ?? 0;
    pixels[3 * pixel + 1] = data[4 * pixel + 1] ?? 0;
    pixels[3 * pixel + 2] = data[4 * pixel + 2] ?? 0;
  }
  return { width: side, height: side, data: pixels };
}
