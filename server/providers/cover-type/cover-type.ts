import { COVER_JPEG_BYTES_MAX, COVER_SIDE } from '#shared/domain/covers/type/cover-size.ts';
import { CONTRAST_MIN } from '#shared/domain/covers/type/legibility.ts';
import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import type { TypeReport } from '#shared/domain/covers/type/type-plan.ts';
import { AppError } from '#shared/errors.ts';
import type { CoverFiles, CoverTypesetter } from '../cover-ports.ts';
import { createDrawingThread } from '../drawing-thread.ts';
import type { TypeAttempt, TypeResult, TypeTask } from './thread-entry.ts';

/** Covers that are drawn and encoded for one title at most. */
const ATTEMPTS_MAX = 8;

/** Sets type with Skia in a thread and measures it there on the encoded cover. */
export function createCoverType(files: CoverFiles): CoverTypesetter {
  const run = createDrawingThread<TypeTask, TypeResult>(new URL('type-thread.mjs', import.meta.url));
  let count = 0;
  return {
    typeset: async (file, request, signal) => {
      const session = { id: (count += 1), picture: await files.decodeSquare(file, COVER_SIDE), request };
      for (let number = 0; number < ATTEMPTS_MAX; number += 1) {
        const attempt = (await run({ kind: 'attempt', session, number }, signal)) as TypeAttempt | undefined;
        if (!attempt) break;
        const { seen, plan } = attempt;
        const jpeg = await files.fitJpeg(seen, { bytesMax: COVER_JPEG_BYTES_MAX });
        const decoded = await files.decodeSquare(jpeg.bytes, COVER_SIDE);
        const report = (await run({ kind: 'report', session, number, decoded }, signal)) as TypeReport;
        if (report.contrast >= CONTRAST_MIN) return { jpeg, pixels: seen, plan, report };
      }
      throw new AppError('invalid_input', {
        message: 'The title is not readable on this picture in any place or color.',
        remedy: 'Choose another picture, or a layout with a plate or band.',
        field: 'layout',
      });
    },
    draw: async (file, plan, { side, signal }) =>
      (await run({ kind: 'draw', picture: await files.decodeSquare(file, side), plan }, signal)) as RgbPicture,
    exportSvg: async (plan, { side, signal }) => (await run({ kind: 'svg', plan, side }, signal)) as string,
  };
}
