import { COVER_SIDE } from '#shared/domain/covers/type/cover-size.ts';
import { wordContrast } from '#shared/domain/covers/type/legibility.ts';
import type { WordContrast } from '#shared/domain/covers/type/legibility.ts';
import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import { shrinkMask, shrinkPicture } from '#shared/domain/covers/type/shrink.ts';
import type { TypeReport } from '#shared/domain/covers/type/type-plan.ts';
import type { DrawnType } from './set-type.ts';

const SMALL_SIDE = 300;
/** Height of capitals that reads at 64 px: five pixels. */
const READS_AT_64 = 0.075;

/** Measures every word of an attempt on the decoded JPEG, at both sizes. */
export function reportType({ plan, remedy, ground, masks }: DrawnType, decoded: RgbPicture): TypeReport {
  const large = masks.map((mask) => ({ text: mask.text, ratio: wordContrast(decoded, ground, mask) }));
  const [seen, before] = [shrinkPicture(decoded, SMALL_SIDE), shrinkPicture(ground, SMALL_SIDE)];
  const small = masks.map((mask) => ({ text: mask.text, ratio: wordContrast(seen, before, shrinkMask(mask, SMALL_SIDE / COVER_SIDE)) }));
  return {
    layout: plan.layout,
    remedy,
    lines: plan.runs.filter(({ role }) => role === 'title').map(({ text }) => text),
    capHeight: plan.capHeight,
    readsAt64: plan.capHeight >= READS_AT_64,
    words: { 640: large, 300: small },
    contrast: leastOf([...large, ...small]),
  };
}

const leastOf = (words: readonly WordContrast[]) => Math.min(...words.map(({ ratio }) => ratio));
