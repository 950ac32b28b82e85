import { calmPlaces } from './calm-places.ts';
import { CONTRAST_MIN, RING_PX } from './legibility.ts';
import { contrastOf, luminanceOf, luminanceOfBox } from './rgb-picture.ts';
import type { RgbPicture } from './rgb-picture.ts';
import type { PlacedType } from './place-type.ts';
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
 * Plans that promise to be legible, in the order in which remedies are tried: the ink as asked, the palette's other end, another place, a plate, a scrim.
 * Empty when nothing helps. Contrast is estimated on the boxes of the type; the drawn cover is measured afterwards.
 */
export function* legiblePlans(type: TypeToProve): Generator<RemediedPlan> {
  const { inks, layout, picture } = type;
  if (layout.ground === 'picture') {
    for (const [index, ink] of inks.entries()) {
      if (promises(picture, type.placed.runs, ink)) yield { plan: planOf(type, { ink }), remedy: index === 0 ? 'none' : 'other_ink' };
    }
    yield* movedPlans(type);
  }
  if (contrastOf(luminanceOf(inks[0]), luminanceOf(inks[1])) >= FLAT_MIN) yield* platedPlans(type);
  yield* veiledPlans(type);
}

function* movedPlans(type: TypeToProve): Generator<RemediedPlan> {
  const { placed, picture, inks } = type;
  for (const { dx, dy } of calmPlaces(picture, placed.bounds, type.margin).slice(0, PLACES_TRIED)) {
    const runs = placed.runs.map((run) => ({ ...run, x: run.x + dx, baseline: run.baseline + dy }));
    const ink = inks.find((candidate) => promises(picture, runs, candidate));
    if (ink) yield { plan: planOf(type, { ink, runs }), remedy: 'moved' };
  }
}

/** A plate in the palette's other end. Where the layout has a plate or band anyway it is no remedy. */
function* platedPlans(type: TypeToProve): Generator<RemediedPlan> {
  const { inks, layout } = type;
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
      const veiled = veil(type.picture, color, opacity);
      if (promises(veiled, runs, ink)) yield { plan: planOf(type, { ink, ground: { box: band, color, opacity } }), remedy: 'scrim' };
    }
  }
}

/** Whether every stretch of every line has the contrast, by the worst 5 % of the pixels in its box. */
function promises(picture: RgbPicture, runs: readonly PlacedRun[], ink: string): boolean {
  const luminance = luminanceOf(ink);
  return runs.every((run) =>
    stretchesOf(run, picture.width).every((box) => {
      const ratios = luminanceOfBox(picture, box)
        .map((ground) => contrastOf(luminance, ground))
        .toSorted();
      return (ratios[Math.floor(ratios.length * WORST_SHARE)] ?? 0) >= PROMISED_MIN;
    }),
  );
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

function veil(picture: RgbPicture, color: string, opacity: number): RgbPicture {
  const over = color === '#ffffff' ? 255 * opacity : 0;
  return { ...picture, data: picture.data.map((byte) => Math.round(byte * (1 - opacity) + over)) };
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
