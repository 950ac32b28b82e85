import { breakableParts, evenLines } from './line-breaks.ts';
import type { PlacedRun, TypePlan } from './type-plan.ts';
import type { TypeBox, TypeLayout, TypeStyle } from './type-layouts.ts';

/** Measures a line at a type size of 1: its advance, and how far its ink reaches above and below the base line. */
export interface TypeMeasure {
  lineOf(text: string, style: TypeStyle): { readonly width: number; readonly above: number; readonly below: number };
  /** Height of a capital, or of what stands for one in the title's script. */
  capHeight(style: TypeStyle): number;
}

export interface TypeToPlace {
  readonly title: string;
  readonly subtitle: string | undefined;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
}

/** A block of type before it has inks. */
export type PlacedType = Pick<TypePlan, 'runs' | 'capHeight'> & { readonly bounds: TypeBox; readonly box: TypeBox };

/** Widths of the sans that `fill` may choose from, in percent. */
const FILL_WIDTHS = [62, 75, 88, 100, 112, 125];
/** The subtitle is this share of the title's size, within bounds that keep it readable at 300 px. */
const SUBTITLE_SHARE = 0.42;
const SUBTITLE_SIZES = [0.058, 0.085] as const;
/** Least space between the inks of two lines, as a share of the type size: marks above and below letters must not meet. */
const INK_GAP = 0.06;
/** Inner margin of plates and bands. */
const PAD = 0.05;
/** Space between title and subtitle, as a share of the side. */
const GAP = 0.028;

interface Block {
  readonly lines: readonly { readonly text: string; readonly size: number; readonly width: number; readonly above: number; readonly below: number }[];
  readonly style: TypeStyle;
  readonly height: number;
  /** Distance of two base lines; null when each line has its own. */
  readonly step: number | null;
  /** Height of the smallest line's capitals. */
  readonly cap: number;
}

/** The title in its layout: as large as the box and the layout allow, in the number of lines that makes it largest. Undefined when it cannot be placed. */
export function placeType(type: TypeToPlace, layout: TypeLayout, measure: TypeMeasure): PlacedType | undefined {
  const box = layout.ground === 'picture' ? layout.box : inset(layout.box);
  const under = type.subtitle && layout.subtitle !== 'opposite' ? subtitleSize(layout.capMax) * 1.25 + GAP : 0;
  const room = { ...box, height: box.height - under };
  const parts = breakableParts(type.title, type.language);
  const block = layout.fills ? fillBlock(parts, { layout, room, measure }) : evenBlock(parts, { layout, room, measure });
  if (!block) return undefined;
  const subtitle = type.subtitle ? subtitleBlock(type.subtitle, { layout, block, measure, width: box.width }) : undefined;
  const placed = stack(type.direction, { layout, box, block, subtitle });
  return { ...placed, capHeight: block.cap, box: layout.box };
}

interface Setting {
  readonly layout: TypeLayout;
  readonly room: TypeBox;
  readonly measure: TypeMeasure;
}

function evenBlock(parts: readonly string[], { layout, room, measure }: Setting): Block | undefined {
  const { style } = layout;
  let best: Block | undefined;
  for (let count = 1; count <= layout.linesMax; count += 1) {
    const texts = evenLines(parts, count, (text) => measure.lineOf(text, style).width);
    if (!texts) break;
    const measured = texts.map((text) => ({ text, ...measure.lineOf(text, style) }));
    const widest = Math.max(...measured.map(({ width }) => width));
    const step = stepOf(measured, layout.leading);
    const high = (measured[0]?.above ?? 0) + step * (measured.length - 1) + (measured.at(-1)?.below ?? 0);
    const size = Math.min(layout.capMax / measure.capHeight(style), room.width / widest, room.height / high);
    // Another line must make the type clearly larger: few lines read faster.
    if (best && size * measure.capHeight(style) < best.cap * 1.12) continue;
    best = { style, cap: size * measure.capHeight(style), height: high * size, step: step * size, lines: measured.map((line) => scaled(line, size)) };
  }
  return best;
}

/** Each line fills the measure by its size; one width of the face serves all lines, so that the block is as high as the box allows. */
function fillBlock(parts: readonly string[], { layout, room, measure }: Setting): Block | undefined {
  let best: Block | undefined;
  for (const width of FILL_WIDTHS) {
    const style = { ...layout.style, width };
    for (let count = 1; count <= layout.linesMax; count += 1) {
      const texts = evenLines(parts, count, (text) => measure.lineOf(text, style).width);
      if (!texts) break;
      const lines = texts.map((text) => {
        const line = { text, ...measure.lineOf(text, style) };
        return scaled(line, room.width / line.width);
      });
      const height = filledHeight(lines);
      const shrink = Math.min(1, room.height / height);
      const fitted = lines.map((line) => scaled(line, shrink));
      const cap = Math.min(...fitted.map(({ size }) => size)) * measure.capHeight(style);
      // Lines that had to shrink no longer fill the measure; they need a narrower width of the face instead.
      const candidate = { style, cap, height: height * shrink, step: null, lines: fitted };
      if (shrink > 0.97 && (!best || worth(candidate) > worth(best))) best = candidate;
      if (!best && shrink <= 0.97 && width === FILL_WIDTHS.at(-1)) best = candidate;
    }
  }
  return best;
}

function subtitleBlock(text: string, given: { layout: TypeLayout; block: Block; measure: TypeMeasure; width: number }): Block {
  const style = { ...given.layout.style, weight: Math.min(650, given.layout.style.weight), width: 100 };
  const line = { text, ...given.measure.lineOf(text, style) };
  const wanted = subtitleSize(given.block.cap);
  const size = Math.min(wanted, given.width / line.width);
  return { style, cap: size * given.measure.capHeight(style), height: (line.above + line.below) * size, step: null, lines: [scaled(line, size)] };
}

function subtitleSize(titleCap: number): number {
  return Math.min(SUBTITLE_SIZES[1], Math.max(SUBTITLE_SIZES[0], titleCap * SUBTITLE_SHARE));
}

function stack(
  direction: 'ltr' | 'rtl',
  given: { layout: TypeLayout; box: TypeBox; block: Block; subtitle: Block | undefined },
): Pick<PlacedType, 'runs' | 'bounds'> {
  const { layout, box, block, subtitle } = given;
  const isApart = layout.subtitle === 'opposite';
  const extra = subtitle && !isApart ? subtitle.height + GAP : 0;
  const free = box.height - block.height - extra;
  const top = box.y + free * { top: 0, middle: 0.5, bottom: 1 }[layout.stand];
  const titleTop = layout.subtitle === 'above' ? top + extra : top;
  const title = runsOf(block, { role: 'title', top: titleTop, layout, box, direction });
  if (!subtitle) return { runs: title, bounds: boundsOf(title) };
  const opposite = layout.stand === 'bottom' ? box.y : box.y + box.height - subtitle.height;
  const under = layout.subtitle === 'above' ? top : titleTop + block.height + GAP;
  const small = runsOf(subtitle, { role: 'subtitle', top: isApart ? opposite : under, layout, box, direction });
  return { runs: [...title, ...small], bounds: boundsOf([...title, ...small]) };
}

interface RunPlace {
  readonly role: PlacedRun['role'];
  readonly top: number;
  readonly layout: TypeLayout;
  readonly box: TypeBox;
  readonly direction: 'ltr' | 'rtl';
}

function runsOf(block: Block, { role, top, layout, box, direction }: RunPlace): readonly PlacedRun[] {
  const isRight = (layout.align === 'start') === (direction === 'rtl');
  const share = layout.align === 'center' ? 0.5 : Number(isRight);
  let baseline = top;
  return block.lines.map((line, index) => {
    const before = block.lines[index - 1];
    if (!before) baseline += line.above;
    else baseline += block.step ?? before.below + FILL_GAP + line.above;
    return { role, ...line, style: block.style, baseline, x: box.x + (box.width - line.width) * share };
  });
}

/** What a filling block is chosen by: large letters first, then a full square. */
const worth = (block: { readonly cap: number; readonly height: number }) => block.cap + 0.1 * block.height;

/** Space between the inks of two lines that fill the measure. */
const FILL_GAP = 0.03;

function filledHeight(lines: Block['lines']): number {
  return lines.reduce((sum, { above, below }) => sum + above + below, 0) + FILL_GAP * (lines.length - 1);
}

/** Distance of two base lines at a type size of 1: the layout's own, or more where ink would meet. */
function stepOf(lines: readonly { readonly above: number; readonly below: number }[], leading: number): number {
  return Math.max(leading, ...lines.slice(1).map(({ above }, index) => (lines[index]?.below ?? 0) + INK_GAP + above));
}

function scaled<L extends { readonly width: number; readonly above: number; readonly below: number; readonly size?: number }>(line: L, by: number) {
  return { ...line, size: (line.size ?? 1) * by, width: line.width * by, above: line.above * by, below: line.below * by };
}

function boundsOf(runs: readonly PlacedRun[]): TypeBox {
  const [x, y] = [Math.min(...runs.map((run) => run.x)), Math.min(...runs.map((run) => run.baseline - run.above))];
  const right = Math.max(...runs.map((run) => run.x + run.width));
  return { x, y, width: right - x, height: Math.max(...runs.map((run) => run.baseline + run.below)) - y };
}

const inset = ({ x, y, width, height }: TypeBox): TypeBox => ({ x: x + PAD, y: y + PAD, width: width - 2 * PAD, height: height - 2 * PAD });
