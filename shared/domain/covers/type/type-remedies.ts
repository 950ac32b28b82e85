import { calmPlaces } from './calm-places.ts';
import { CONTRAST_MIN, RING_PX } from './legibility.ts';
import { contrastOf, luminance, luminanceAt, luminanceOf } from './rgb-picture.ts';
import type { RgbPicture } from './rgb-picture.ts';
import type { PlacedType } from './place-type.ts';
import { TYPE_REMEDIES } from './type-plan.ts';
import type { PlacedRun, TypePlan, TypeRemedy } from './type-plan.ts';
import type { TypeBox, TypeLayout } from './type-layouts.ts';

/** JPEG blurs thin strokes; a plan is tried only when it promises this much more than it needs. */
const PROMISED_MIN = CONTRAST_MIN * 1.12;
/** Flat grounds are exact, so they need less in reserve. */
const FLAT_MIN = CONTRAST_MIN * 1.04;
const WORST_SHARE = 0.05;
/** Space around the type on a plate that was not planned. */
const PLATE_PAD = 0.04;
const GROUND_PAD = 0.05;
/** A plate this near to an edge runs off it. */
const BLEED = 0.075;
const VEILS = [0.35, 0.5, 0.65, 0.8];
const PLACES_TRIED = 12;
/** Pixels between the points of the grid. */
const DETAIL_STEP = 8;

export interface TypeToProve {
  readonly picture: RgbPicture;
  readonly placed: PlacedType;
  readonly layout: TypeLayout;
  readonly inks: readonly [string, string];
  readonly margin: number;
  readonly base: Pick<TypePlan, 'direction' | 'language'>;
}

export interface RemediedPlan {
  readonly plan: TypePlan;
  readonly remedy: TypeRemedy;
}

/**
 * Plans that promise to be legible, by the remedy that they need: the ink as asked, the palette's other end, another place, a plate, a scrim. A layout with a
 * plate or band of its own hides the picture as much as a plate does, so its plans come with the plates. Of the plates, the one comes first that hides the least of the picture. Nothing is calculated before it is asked for.
 * Contrast is estimated on the boxes of the type; the drawn cover is measured afterwards.
 */
export function* legiblePlans(layouts: readonly TypeToProve[]): Generator<RemediedPlan> {
  for (const remedy of TYPE_REMEDIES) {
    if (remedy === 'plate') yield* leastHiding(layouts);
    else for (const type of layouts) yield* plansOf(type, remedy);
  }
}

/** The plates of all layouts, those over the calmest part of the picture first. */
function leastHiding(layouts: readonly TypeToProve[]): readonly RemediedPlan[] {
  const plates = layouts.flatMap((type) =>
    Array.from(platedPlans(type), (plan) => ({ plan, hidden: detailUnder(type.picture, plan.plan.ground?.box) })),
  );
  return plates.toSorted((one, other) => one.hidden - other.hidden).map(({ plan }) => plan);
}

/** How much of a picture's drawing lies under a box: the differences between neighboring points of a grid. */
function detailUnder(picture: RgbPicture, box: TypeBox | undefined): number {
  if (!box) return 0;
  const { width: side } = picture;
  const [left, top] = [Math.max(0, Math.floor(box.x * side)), Math.max(0, Math.floor(box.y * side))];
  const [right, bottom] = [Math.min(side, (box.x + box.width) * side) - DETAIL_STEP, Math.min(side, (box.y + box.height) * side) - DETAIL_STEP];
  let detail = 0;
  for (let y = top; y < bottom; y += DETAIL_STEP) {
    for (let x = left; x < right; x += DETAIL_STEP) {
      const here = luminanceAt(picture, y * side + x);
      detail +=
        Math.abs(here - luminanceAt(picture, y * side + x + DETAIL_STEP)) + Math.abs(here - luminanceAt(picture, (y + DETAIL_STEP) * side + x));
    }
  }
  return detail;
}

function* plansOf(type: TypeToProve, remedy: TypeRemedy): Generator<RemediedPlan> {
  const isOnPicture = type.layout.ground === 'picture';
  if (remedy === 'none' && isOnPicture) yield* inkPlan(type, 0, remedy);
  if (remedy === 'other_ink' && isOnPicture) yield* inkPlan(type, 1, remedy);
  if (remedy === 'moved' && isOnPicture) yield* movedPlans(type);
  if (remedy === 'scrim') yield* veiledPlans(type);
}

function* inkPlan(type: TypeToProve, index: 0 | 1, remedy: TypeRemedy): Generator<RemediedPlan> {
  const ink = type.inks[index];
  if (promises(type.placed.runs, ink, type.picture)) yield { plan: planOf(type, { ink }), remedy };
}

function* movedPlans(type: TypeToProve): Generator<RemediedPlan> {
  const { placed, picture, inks } = type;
  for (const { dx, dy } of calmPlaces(picture, placed.bounds, type.margin).slice(0, PLACES_TRIED)) {
    const runs = placed.runs.map((run) => ({ ...run, x: run.x + dx, baseline: run.baseline + dy }));
    const ink = inks.find((candidate) => promises(runs, candidate, picture));
    if (ink) yield { plan: planOf(type, { ink, runs }), remedy: 'moved' };
  }
}

/** A plate in the palette's other end. Where the layout has a plate or band anyway it is no remedy. */
function* platedPlans(type: TypeToProve): Generator<RemediedPlan> {
  const { inks, layout } = type;
  if (contrastOf(luminanceOf(inks[0]), luminanceOf(inks[1])) < FLAT_MIN) return;
  const isPlanned = layout.ground !== 'picture';
  const box = isPlanned ? plannedGround(type) : bleed(padded(type.placed.bounds, PLATE_PAD));
  for (const [ink, color] of [inks, [inks[1], inks[0]] as const]) {
    yield { plan: planOf(type, { ink, ground: { box, color, opacity: 1 } }), remedy: isPlanned ? 'none' : 'plate' };
  }
}

/** A veil of black or white over the whole width behind the type, no denser than needed. */
function* veiledPlans(type: TypeToProve): Generator<RemediedPlan> {
  const { bounds, runs } = type.placed;
  const band = bleed({ ...padded(bounds, PLATE_PAD), x: 0, width: 1 });
  for (const opacity of VEILS) {
    for (const [ink, color] of [
      ['#ffffff', '#000000'],
      ['#000000', '#ffffff'],
    ] as const) {
      const veil = { opacity, over: color === '#ffffff' ? 255 * opacity : 0 };
      if (promises(runs, ink, type.picture, veil)) yield { plan: planOf(type, { ink, ground: { box: band, color, opacity } }), remedy: 'scrim' };
    }
  }
}

interface Veil {
  readonly opacity: number;
  /** What is added to each byte. */
  readonly over: number;
}

/** Whether every stretch of every line has the contrast, but for the worst 5 % of the pixels in its box. */
function promises(...[runs, ink, picture, veil]: [readonly PlacedRun[], string, RgbPicture, Veil?]): boolean {
  const bounds = tooNear(luminanceOf(ink));
  return runs.every((run) => stretchesOf(run, picture.width).every((box) => isClear(picture, { box, bounds, veil })));
}

/** Luminances between these have too little contrast to the ink. */
function tooNear(ink: number): readonly [above: number, below: number] {
  return [(ink + 0.05) / PROMISED_MIN - 0.05, (ink + 0.05) * PROMISED_MIN - 0.05];
}

function isClear(
  { width, height, data }: RgbPicture,
  { box, bounds: [above, below], veil }: { box: TypeBox; bounds: readonly [number, number]; veil: Veil | undefined },
): boolean {
  const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
  const [right, bottom] = [Math.min(width, Math.ceil(box.x + box.width)), Math.min(height, Math.ceil(box.y + box.height))];
  const pixels = Math.max(0, right - left) * Math.max(0, bottom - top);
  if (pixels === 0) return false;
  const rest = veil ? 1 - veil.opacity : 1;
  const over = veil?.over ?? 0;
  const byte = (at: number) => Math.round((data[at] ?? 0) * rest + over);
  let spare = Math.floor(pixels * WORST_SHARE);
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = 3 * (y * width + x);
      const ground = luminance(byte(at), byte(at + 1), byte(at + 2));
      if (ground > above && ground < below && (spare -= 1) < 0) return false;
    }
  }
  return true;
}

/** A line in boxes about as wide as a short word, in pixels, with the ring around them. */
function stretchesOf(run: PlacedRun, side: number): readonly TypeBox[] {
  const count = Math.max(1, Math.round(run.width / (2 * run.size)));
  const width = (run.width * side) / count;
  return Array.from({ length: count }, (_, index) => ({
    x: run.x * side + index * width - RING_PX,
    y: (run.baseline - run.above) * side - RING_PX,
    width: width + 2 * RING_PX,
    height: (run.above + run.below) * side + 2 * RING_PX,
  }));
}

function planOf(type: TypeToProve, part: Pick<TypePlan, 'ink' | 'ground'> & { readonly runs?: readonly PlacedRun[] }): TypePlan {
  return { ...type.base, layout: type.layout.id, runs: type.placed.runs, capHeight: type.placed.capHeight, ...part };
}

/** The layout's plate or band around its type; it runs off the edges that the layout's box touches. */
function plannedGround({ placed, layout }: TypeToProve): TypeBox {
  const around = padded(placed.bounds, GROUND_PAD);
  const { box } = placed;
  const left = box.x <= 0 ? 0 : around.x;
  const top = box.y <= 0 ? 0 : around.y;
  const right = box.x + box.width >= 1 ? 1 : around.x + around.width;
  const bottom = box.y + box.height >= 1 ? 1 : around.y + around.height;
  return layout.ground === 'band' ? { x: 0, y: top, width: 1, height: bottom - top } : { x: left, y: top, width: right - left, height: bottom - top };
}

function bleed({ x, y, width, height }: TypeBox): TypeBox {
  const [left, top] = [x < BLEED ? 0 : x, y < BLEED ? 0 : y];
  const right = x + width > 1 - BLEED ? 1 : x + width;
  const bottom = y + height > 1 - BLEED ? 1 : y + height;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const padded = ({ x, y, width, height }: TypeBox, pad: number): TypeBox => ({
  x: x - pad,
  y: y - pad,
  width: width + 2 * pad,
  height: height + 2 * pad,
});
