import { createCoverJpeg } from '#server/providers/cover-jpeg/cover-jpeg.ts';
import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import sharp from 'sharp';
import { samplePicture } from '../support/covers/sample-pictures.ts';
import { channelSsim } from '#server/providers/cover-jpeg/channel-ssim.ts';
import { reportFigure, reportObserved } from './figures.ts';

const BYTES_MAX = 187_500;
const PICTURES = Number(process.env['JPEG_FIT_PICTURES'] ?? 200);
/** Pictures of which every quality, table and subsampling is tried: that takes minutes each for all of them. */
const SEARCHED = Number(process.env['JPEG_FIT_SEARCHED'] ?? 10);
/** Below this quality no fitting picture of this set gets better. */
const QUALITY_MIN = 10;

/** Fits JPEGs of varied pictures, and compares a sample with the best that any setting of the encoder reaches. */
export async function benchJpegFit(): Promise<void> {
  const files = createCoverJpeg();
  let [fits, encodes, encodesMax] = [0, 0, 0];
  const [losses, times]: [number[], number[]] = [[], []];
  for (let number = 0; number < PICTURES; number += 1) {
    const picture = samplePicture(number);
    const startedAt = performance.now();
    const jpeg = await files.fitJpeg(picture, { bytesMax: BYTES_MAX });
    times.push(performance.now() - startedAt);
    fits += Number(jpeg.bytes.length <= BYTES_MAX);
    encodes += jpeg.encodes;
    encodesMax = Math.max(encodesMax, jpeg.encodes);
    if (number % Math.ceil(PICTURES / SEARCHED) === number % 5 && losses.length < SEARCHED) {
      const own = channelSsim(picture, await files.decodeSquare(jpeg.bytes, picture.width));
      losses.push((await bestSsim(picture)) - own);
    }
  }
  reportFigure('jpeg-fit.fit', fits / PICTURES, { atLeast: 1 });
  reportFigure('jpeg-fit.encodes.max', encodesMax, { atMost: 6 });
  reportFigure('jpeg-fit.ssim.loss.mean', losses.reduce((sum, loss) => sum + loss, 0) / losses.length, { atMost: 0.003 });
  reportObserved('jpeg-fit.ssim.loss.max', Math.max(...losses), 'of SSIM');
  reportObserved('jpeg-fit.searched', losses.length, 'pictures');
  reportObserved('jpeg-fit.encodes', encodes / PICTURES, 'a picture');
  reportObserved('jpeg-fit.p95', times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0, 'ms');
}

/** The best mean SSIM of all files within the limit. Per table and subsampling bytes grow with quality, so the highest quality that fits is its best. */
async function bestSsim(picture: RgbPicture): Promise<number> {
  let best = 0;
  for (const options of SETTINGS) {
    let [low, high] = [QUALITY_MIN, 100];
    let found: Buffer | undefined;
    while (low <= high) {
      const quality = Math.ceil((low + high) / 2);
      const bytes = await sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } })
        .jpeg({ ...options, quality })
        .toBuffer();
      if (bytes.length <= BYTES_MAX) [found, low] = [bytes, quality + 1];
      else high = quality - 1;
    }
    if (!found) continue;
    const data = await sharp(found).raw().toBuffer();
    best = Math.max(best, channelSsim(picture, { ...picture, data }));
  }
  return best;
}

const SETTINGS = (['4:4:4', '4:2:0'] as const).flatMap((chromaSubsampling) => [
  { chromaSubsampling, mozjpeg: true },
  ...Array.from({ length: 9 }, (_, quantisationTable) => ({ chromaSubsampling, quantisationTable, optimiseCoding: true })),
  ...[0, 2, 3].map((quantisationTable) => ({
    chromaSubsampling,
    quantisationTable,
    optimiseCoding: true,
    trellisQuantisation: true,
    overshootDeringing: true,
  })),
]);
