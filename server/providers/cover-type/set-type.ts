import { COVER_MARGIN, layOut } from '#shared/domain/covers/type/choose-layout.ts';
import { cleanTitle } from '#shared/domain/covers/type/clean-title.ts';
import type { InkMask, RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import { directionOf } from '#shared/domain/covers/type/scripts.ts';
import type { TypePlan, TypeRemedy, TypeRequest } from '#shared/domain/covers/type/type-plan.ts';
import { legiblePlans } from '#shared/domain/covers/type/type-remedies.ts';
import { drawGround, drawOver, wordMasks } from './draw-plan.ts';
import { createTypeMeasure } from './type-measure.ts';
import type { TypeFaces } from './type-faces.ts';

/** One drawn attempt: the cover, the ground under its type, and where each word's ink is. */
export interface DrawnType {
  readonly plan: TypePlan;
  readonly remedy: TypeRemedy;
  readonly seen: RgbPicture;
  readonly ground: RgbPicture;
  readonly masks: readonly InkMask[];
}

/** Sets a title, and draws one attempt after the other, the mildest remedy first. Throws `invalid_input` for titles that cannot be set. */
export function* drawAttempts(picture: RgbPicture, request: TypeRequest, faces: TypeFaces): Generator<DrawnType, undefined> {
  const title = cleanTitle(request.title);
  const subtitle = request.subtitle === undefined ? undefined : cleanTitle(request.subtitle, 'subtitle');
  const base = { direction: directionOf(title), language: request.language ?? 'en' };
  const measure = createTypeMeasure({ text: title, ...base }, faces);
  const margin = request.margin ?? COVER_MARGIN;
  const layouts = layOut({ title, subtitle, ...base }, request, measure).map((laid) => ({ picture, ...laid, inks: request.inks, margin, base }));
  for (const { plan, remedy } of legiblePlans(layouts)) {
    yield {
      plan,
      remedy,
      seen: drawOver(picture, plan, faces),
      ground: drawGround(picture, plan, faces),
      masks: wordMasks(plan, picture.width, faces),
    };
  }
  return undefined;
}
