import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import { AppError } from '#shared/errors.ts';
import sharp from 'sharp';
import type { FittedJpeg } from '../cover-ports.ts';

/** Encodes in all; the last ones are kept for mozjpeg. */
const ENCODES_MAX = 6;
const PLAIN_ENCODES_MAX = 4;
/** Half of all covers fit at this quality at once. */
const FIRST_QUALITY = 96;
/** Bytes fall with this power of the quantization scale, until two encodes of the picture tell better. */
const USUAL_SLOPE = -0.62;
/** At equal bytes mozjpeg reaches this share of the way to 100 above the plain encoder. */
const MOZJPEG_GAIN = 0.14;
/** Below this share of the limit another try is worth its time. */
const WELL_FILLED = 0.95;

interface Try {
  readonly quality: number;
  readonly bytes: Uint8Array;
}

/**
 * The best JPEG within a limit. The plain encoder finds the quality, because it takes a third of mozjpeg's time; mozjpeg then writes the file. Colors are
 * never subsampled. Throws `invalid_input` when no quality fits.
 */
export async function fitJpeg(picture: RgbPicture, limits: { readonly bytesMax: number }): Promise<FittedJpeg> {
  let encodes = 0;
  const encode = async (quality: number, mozjpeg: boolean): Promise<Try> => {
    encodes += 1;
    const image = sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } });
    const bytes = await image
      .jpeg({ quality, chromaSubsampling: '4:4:4', ...(mozjpeg ? { mozjpeg } : { quantizationTable: 3, optimizeCoding: true }) })
      .toBuffer();
    return { quality, bytes };
  };
  const plain = await searchQuality(FIRST_QUALITY, {
    bytesMax: limits.bytesMax,
    tries: PLAIN_ENCODES_MAX,
    encode: (quality) => encode(quality, false),
  });
  const start = Math.round(plain.quality + MOZJPEG_GAIN * (100 - plain.quality));
  const best = await searchQuality(start, {
    bytesMax: limits.bytesMax,
    tries: ENCODES_MAX - encodes,
    encode: (quality) => encode(quality, true),
  });
  const chosen = best.fits ?? plain.fits;
  if (chosen) return { bytes: chosen.bytes, quality: chosen.quality, encodes };
  throw new AppError('invalid_input', {
    message: `The picture has too much fine detail for a file of ${limits.bytesMax} bytes.`,
    remedy: 'Choose a smaller or calmer picture.',
    field: 'picture',
  });
}

interface Search {
  readonly bytesMax: number;
  readonly tries: number;
  readonly encode: (quality: number) => Promise<Try>;
}

/** Searches the highest quality that fits. `quality` is the best guess even when no try fits. */
async function searchQuality(first: number, search: Search): Promise<{ readonly quality: number; readonly fits?: Try | undefined }> {
  let [low, high] = [0, 101];
  let fits: Try | undefined;
  let [quality, last] = [first, undefined as Try | undefined];
  for (let count = 0; count < search.tries; count += 1) {
    const now = await search.encode(quality);
    if (now.bytes.length <= search.bytesMax) [fits, low] = [now, quality];
    else high = quality;
    if (high - low <= 1 || (fits === now && now.bytes.length >= WELL_FILLED * search.bytesMax)) break;
    // With one try left, a file that fits is worth more than one that fills the limit.
    const isLast = count === search.tries - 2 && !fits;
    quality = Math.min(high - 1, Math.max(low + 1, nextQuality(now, last, isLast ? 0.85 * search.bytesMax : 0.985 * search.bytesMax)));
    last = now;
  }
  return { quality: fits?.quality ?? quality, fits };
}

/** The quality at which the bytes meet the target, by interpolating log(bytes) over log(scale). */
function nextQuality(now: Try, last: Try | undefined, target: number): number {
  const slope = last && last.quality !== now.quality ? slopeBetween(now, last) : USUAL_SLOPE;
  const logScale = Math.log(scaleOf(now.quality)) + Math.log(target / now.bytes.length) / slope;
  return Math.floor(qualityOf(Math.exp(logScale)));
}

function slopeBetween(one: Try, other: Try): number {
  const slope = Math.log(one.bytes.length / other.bytes.length) / Math.log(scaleOf(one.quality) / scaleOf(other.quality));
  return Math.min(-0.2, Math.max(-1.6, Number.isFinite(slope) ? slope : USUAL_SLOPE));
}

/** Scale of the quantization tables in percent (libjpeg, jpeg_quality_scaling), one step away from zero. */
const scaleOf = (quality: number) => (quality < 50 ? 5000 / quality : 200 - 2 * quality) + 1;
const qualityOf = (scale: number) => (scale - 1 > 100 ? 5000 / (scale - 1) : (201 - scale) / 2);
