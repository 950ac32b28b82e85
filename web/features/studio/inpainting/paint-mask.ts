import type { MaskBitmap } from '#shared/domain/studio/masks/mask-operation.ts';

/** Red, green, blue and alpha as the bytes of a pixel. */
type Ink = readonly [number, number, number, number];

/** Proof blue in both themes: it lies on a picture, not on the page. */
const WASH: Ink = [36, 56, 194, 117];
const HATCH: Ink = [230, 232, 255, 150];
const LINE: Ink = [255, 255, 255, 255];
const EDGE: Ink = [8, 10, 30, 190];
const HATCH_PITCH = 11;
const HATCH_WIDTH = 2;

/** Paints a mask so that it can be seen on any picture, also without color: a wash, white hatching, and a white line with a dark edge. */
export function paintMask(canvas: HTMLCanvasElement, { width, height, alpha }: MaskBitmap): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const image = context.createImageData(width, height);
  const reach = Math.max(1, Math.round(Math.max(width, height) / 512));
  const isMarked = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && (alpha[y * width + x] ?? 0) > 127;
  const differs = (x: number, y: number, marked: boolean) =>
    isMarked(x - reach, y) !== marked || isMarked(x + reach, y) !== marked || isMarked(x, y - reach) !== marked || isMarked(x, y + reach) !== marked;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const marked = (alpha[y * width + x] ?? 0) > 127;
      const atEdge = differs(x, y, marked);
      if (!marked && !atEdge) continue;
      const ink = marked ? (atEdge ? LINE : (x + y) % (HATCH_PITCH * reach) < HATCH_WIDTH * reach ? HATCH : WASH) : EDGE;
      image.data.set(ink, (y * width + x) * 4);
    }
  }
  context.putImageData(image, 0, 0);
}
