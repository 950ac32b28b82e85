import { COVER_MARGIN, layOut } from '#shared/domain/covers/type/choose-layout.ts';
import { cleanTitle } from '#shared/domain/covers/type/clean-title.ts';
import type { InkMask, RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import { directionOf } from '#shared/domain/covers/type/scripts.ts';
import type { TypePlan, TypeRemedy, TypeRequest } from '#shared/domain/covers/type/type-plan.ts';
import { TYPE_REMEDIES } from '#shared/domain/covers/type/type-plan.ts';
import { legiblePlans } from '#shared/domain/covers/type/type-remedies.ts';
import type { RemediedPlan } from '#shared/domain/covers/type/type-remedies.ts';
import { drawGround, drawOver, wordMasks } from './draw-plan.ts';
import { createTypeMeasure } from './type-measure.ts';
import type { TypeFaces } from './type-faces.ts';

/** Plans of one layout that are compared before the next layout is asked. */
const PLANS_PER_LAYOUT = 24;

/** One drawn attempt: the cover, the ground under its type, and where each word's ink is. */
export interface DrawnType {
  readonly plan: TypePlan;
  readonly remedy: TypeRemedy;
  readonly seen: RgbPicture;
  readonly ground: RgbPicture;
  readonly masks: readonly InkMask[];
}

/** Sets a title and draws the attempt with this number, the mildest remedy first. Undefined after the last one. Throws `invalid_input` for titles that cannot be set. */
export function drawAttempt(
  picture: RgbPicture,
  request: TypeRequest,
  attempt: { readonly number: number; readonly faces: TypeFaces },
): DrawnType | undefined {
  const { faces } = attempt;
  const title = cleanTitle(request.title);
  const subtitle = request.subtitle === undefined ? undefined : cleanTitle(request.subtitle, 'subtitle');
  const base = { direction: directionOf(title), language: request.language ?? 'en' };
  const measure = createTypeMeasure({ text: title, ...base }, faces);
  const laidOut = layOut({ title, subtitle, ...base }, request, measure);
  const plans = laidOut.flatMap(({ layout, placed }) =>
    firstOf(legiblePlans({ picture, placed, layout, inks: request.inks, margin: request.margin ?? COVER_MARGIN, base })),
  );
  const chosen = plans.toSorted((one, other) => weightOf(one) - weightOf(other))[attempt.number];
  if (!chosen) return undefined;
  const { plan, remedy } = chosen;
  return {
    plan,
    remedy,
    seen: drawOver(picture, plan, faces),
    ground: drawGround(picture, plan, faces),
    masks: wordMasks(plan, picture.width, faces),
  };
}

/** Layouts with a plate or band of their own hide the picture as much as a plate does, so a calm place in the picture comes before them. */
function weightOf({ plan, remedy }: RemediedPlan): number {
  return TYPE_REMEDIES.indexOf(remedy === 'none' && plan.ground ? 'plate' : remedy);
}

function firstOf(plans: Generator<RemediedPlan>): readonly RemediedPlan[] {
  const found: RemediedPlan[] = [];
  for (const plan of plans) {
    found.push(plan);
    if (found.length === PLANS_PER_LAYOUT) break;
  }
  return found;
}
