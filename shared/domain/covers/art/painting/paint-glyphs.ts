import type { GlyphItem } from '../display-list.ts';
import type { ArtContext, ArtTypeface } from './art-context.ts';

/** Font size at which text is measured; the fit scales from it. */
const MEASURED_AT = 200;
/** Widths are set in steps of so many percent, so that the font engine can reuse what it made for one width. */
const WIDTH_STEP = 1.5;

/** The outline of a text: how far it reaches from the start of its base line, and its size. */
interface Ink {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What painting text needs: the canvas, its faces, and what was measured of this picture. Each text is measured once per face, weight and width. */
export interface TextTools<C extends ArtContext> {
  readonly context: C;
  readonly typeface: ArtTypeface<C>;
  readonly measured: Map<string, Ink>;
}

/** Paints text fitted to its box by its outline, not by its advance. */
export function paintGlyphs<C extends ArtContext>(item: GlyphItem, tools: TextTools<C>): void {
  const { context, typeface } = tools;
  const { x, y, width, height } = item.box;
  const box = item.turns === 0 ? { width, height } : { width: height, height: width };
  context.save();
  context.translate(x + width / 2, y + height / 2);
  context.rotate((item.turns * Math.PI) / 2);
  context.fillStyle = item.color;
  context.textBaseline = 'alphabetic';
  const pen = { ...tools, item, families: typeface.familiesFor(item.text, item.face) };
  const stretch = item.fit === 'justify' ? stretchFor(pen, box) : item.widths[1];
  const ink = measure(pen, stretch);
  const [across, down] = [box.width / ink.width, box.height / ink.height];
  const scale = item.fit === 'cover' ? Math.max(across, down) : Math.min(across, down);
  const left = -box.width / 2 + (box.width - ink.width * scale) * item.align[0];
  const top = -box.height / 2 + (box.height - ink.height * scale) * item.align[1];
  setFont(pen, { size: MEASURED_AT * scale, stretch });
  context.fillText(item.text, left + ink.left * scale, top + ink.top * scale);
  context.restore();
}

interface Pen<C extends ArtContext> extends TextTools<C> {
  readonly item: GlyphItem;
  readonly families: string;
}

/** The width of the face at which the text is as wide as the box when it is as high as the box. Widths grow in proportion to the axis, so two measures are enough. */
function stretchFor<C extends ArtContext>(pen: Pen<C>, box: { readonly width: number; readonly height: number }): number {
  const [least, most] = pen.item.widths;
  const aspect = (stretch: number) => {
    const ink = measure(pen, stretch);
    return ink.width / ink.height;
  };
  const [narrow, wide] = [aspect(least), aspect(most)];
  if (wide - narrow < 0.01) return least;
  const share = Math.min(1, Math.max(0, (box.width / box.height - narrow) / (wide - narrow)));
  return least + Math.floor((share * (most - least)) / WIDTH_STEP) * WIDTH_STEP;
}

function setFont<C extends ArtContext>({ context, typeface, item, families }: Pen<C>, { size, stretch }: { size: number; stretch: number }): void {
  typeface.setFont(context, { families, weight: Math.round(item.weight), size, stretch });
}

function measure<C extends ArtContext>(pen: Pen<C>, stretch: number): Ink {
  const { context, item, measured } = pen;
  const key = `${item.face} ${item.weight} ${stretch} ${item.text}`;
  const known = measured.get(key);
  if (known) return known;
  setFont(pen, { size: MEASURED_AT, stretch });
  const text = context.measureText(item.text);
  const width = text.actualBoundingBoxRight + text.actualBoundingBoxLeft;
  const height = text.actualBoundingBoxAscent + text.actualBoundingBoxDescent;
  const ink = { left: text.actualBoundingBoxLeft, top: text.actualBoundingBoxAscent, width: Math.max(1, width), height: Math.max(1, height) };
  measured.set(key, ink);
  return ink;
}
