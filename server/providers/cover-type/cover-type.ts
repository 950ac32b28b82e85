import { CONTRAST_MIN, wordContrast } from '#shared/domain/covers/type/legibility.ts';
import type { WordContrast } from '#shared/domain/covers/type/legibility.ts';
import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import { shrinkMask, shrinkPicture } from '#shared/domain/covers/type/shrink.ts';
import type { TypeReport } from '#shared/domain/covers/type/type-plan.ts';
import { AppError } from '#shared/errors.ts';
import type { CoverFiles, CoverTypesetter } from '../cover-ports.ts';
import { createDrawingThread } from '../drawing-thread.ts';
import type { DrawnType } from './set-type.ts';
import type { TypeResult, TypeTask } from './thread-entry.ts';

/** Spotify takes at most 256 KB of base64; JPEGs above about 190 KB came back with 413 (spotipy issue 633). */
export const COVER_JPEG_BYTES_MAX = 187_500;
/** Spotify's own largest size. */
const COVER_SIDE = 640;
const SMALL_SIDE = 300;
/** Covers that are drawn and encoded for one title at most. */
const ATTEMPTS_MAX = 8;
/** Height of capitals that reads at 64 px: five pixels. */
const READS_AT_64 = 0.075;

/** Sets type with Skia in a thread and measures it on the encoded cover. */
export function createCoverType(files: CoverFiles): CoverTypesetter {
  const run = createDrawingThread<TypeTask, TypeResult>(new URL('type-thread.mjs', import.meta.url));
  const over = async (file: Uint8Array, side: number) => files.decodeSquare(file, side);
  return {
    typeset: async (file, request, signal) => {
      const picture = await over(file, COVER_SIDE);
      for (let number = 0; number < ATTEMPTS_MAX; number += 1) {
        const drawn = (await run({ kind: 'attempt', picture, request, number }, signal)) as DrawnType | undefined;
        if (!drawn) break;
        const jpeg = await files.fitJpeg(drawn.seen, { bytesMax: COVER_JPEG_BYTES_MAX });
        const report = reportOn(drawn, await files.decodeSquare(jpeg.bytes, COVER_SIDE));
        if (report.contrast >= CONTRAST_MIN) return { jpeg, pixels: drawn.seen, plan: drawn.plan, report };
      }
      throw new AppError('invalid_input', {
        message: 'The title is not readable on this picture in any place or color.',
        remedy: 'Choose another picture, or a layout with a plate or band.',
        field: 'layout',
      });
    },
    draw: async (file, plan, { side, signal }) => (await run({ kind: 'draw', picture: await over(file, side), plan }, signal)) as RgbPicture,
    exportSvg: async (plan, { side, signal }) => (await run({ kind: 'svg', plan, side }, signal)) as string,
  };
}

function reportOn({ plan, remedy, ground, masks }: DrawnType, decoded: RgbPicture): TypeReport {
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
