import { AppError } from '#shared/errors.ts';
import { charactersOf } from './clean-title.ts';
import { placeType } from './place-type.ts';
import type { PlacedType, TypeMeasure, TypeToPlace } from './place-type.ts';
import { capitalsOf } from './scripts.ts';
import { LAYOUT_IDS, TYPE_LAYOUTS, capHeightMin } from './type-layouts.ts';
import type { LayoutId, TypeBox, TypeLayout } from './type-layouts.ts';
import type { TypeRequest } from './type-plan.ts';

/** Margin when no series sets one. */
export const COVER_MARGIN = 0.06;
/** Below this height of capitals nothing can be read even at 640 px. */
const CAP_MIN = 0.022;
/** When no layout is asked for, quiet ones are tried first, then those with their own ground. */
const AUTO_ORDER: readonly LayoutId[] = ['head', 'foot', 'poster', 'center', 'band-foot', 'band-head', 'plate', 'fill'];

export interface LaidOut {
  readonly layout: TypeLayout;
  readonly placed: PlacedType;
}

/**
 * The title in the layout that was asked for, or with `auto` in every layout worth trying. A layout in which the title would be too small for its length
 * is replaced by the one in which it is largest. Throws `invalid_input` when the title is too small in all of them.
 */
export function layOut(type: TypeToPlace, request: TypeRequest, measure: TypeMeasure): readonly LaidOut[] {
  const needed = capHeightMin(charactersOf(type.title).length);
  const place = (id: LayoutId): LaidOut | undefined => {
    const layout = adapted(TYPE_LAYOUTS[id], request, type.direction);
    const title = layout.capitals ? capitalsOf(type.title, request.language) : type.title;
    const placed = placeType({ ...type, title }, layout, measure);
    return placed && { layout, placed };
  };
  const wanted = (request.layout === 'auto' ? AUTO_ORDER : [request.layout]).map(place);
  const large = wanted.filter((laid) => laid !== undefined && laid.placed.capHeight >= needed);
  if (large.length > 0) return large.filter((laid) => laid !== undefined);
  const best = LAYOUT_IDS.map(place)
    .filter((laid) => laid !== undefined)
    .toSorted((one, other) => other.placed.capHeight - one.placed.capHeight)[0];
  if (best && best.placed.capHeight >= CAP_MIN) return [best];
  throw new AppError('invalid_input', {
    message: 'The title is too long to be readable on a cover.',
    remedy: 'Shorten it, or put spaces where it may break.',
    field: 'title',
  });
}

/** A layout with the series' margin, in the picture's free room, and mirrored for scripts that run to the left. */
function adapted(layout: TypeLayout, request: TypeRequest, direction: 'ltr' | 'rtl'): TypeLayout {
  const isFree = layout.ground === 'picture';
  const placed =
    isFree && request.room && request.layout === 'auto' ? request.room : isFree ? remargined(layout.box, request.margin ?? COVER_MARGIN) : layout.box;
  return { ...layout, box: direction === 'rtl' && placed !== request.room ? { ...placed, x: 1 - placed.x - placed.width } : placed };
}

function remargined({ x, y, width, height }: TypeBox, margin: number): TypeBox {
  const by = margin - COVER_MARGIN;
  const right = x + width > 1 - 2 * COVER_MARGIN ? x + width - by : x + width;
  const top = y < 2 * COVER_MARGIN ? y + by : y;
  const bottom = y + height > 1 - 2 * COVER_MARGIN ? y + height - by : y + height;
  return { x: x + by, y: top, width: right - x - by, height: bottom - top };
}
