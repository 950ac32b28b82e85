import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import { AppError } from '#shared/errors.ts';
import sharp from 'sharp';
import type { JpegOptions } from 'sharp';
import type { FittedJpeg } from '../cover-ports.ts';
import { channelSsim } from './channel-ssim.ts';

/** Encodes in all; the last ones are kept for mozjpeg. */
const ENCODES_MAX = 6;
const PLAIN_ENCODES_MAX = 4;
/** Half of all covers fit at this quality at once. */
const FIRST_QUALITY = 96;
/** Bytes fall with this power of the quantization scale, until two encodes of the picture tell better. */
const USUAL_SLOPE = -0.62;
/** At equal bytes mozjpeg reaches this share of the way to 100 above the plain encoder. */
const MOZJPEG_GAIN = 0.14;
/** Below this quality of the plain encoder the flat table is never better. */
const FLAT_QUALITY_MIN = 83;
const FLAT_ENCODES = 2;
/** At equal bytes the scale of the flat quantization table is so many times that of the usual one. */
const FLAT_SCALE = 2.1;
/** Below this share of the limit another try is worth its time. */
const WELL_FILLED = 0.95;
/** Fine detail of color below this share of the fine detail of brightness is lost in it: grain of film and paper. */
const COLOR_DETAIL_MIN = 0.1;
/** Distance of the windows in which two files are compared. */
const SAMPLE_STEP = 20;

interface Try {
  readonly quality: number;
  readonly bytes: Uint8Array;
}

/** The quantization table `3` follows the eye; the flat one, `1`, keeps grain and hard edges that the other smears. */
type Encoding = Pick<JpegOptions, 'mozjpeg' | 'quantizationTable' | 'chromaSubsampling'>;
const PLAIN: Encoding = { quantizationTable: 3, chromaSubsampling: '4:4:4' };
const EYE: Encoding = { mozjpeg: true, chromaSubsampling: '4:4:4' };
const FLAT: Encoding = { mozjpeg: true, quantizationTable: 1, chromaSubsampling: '4:4:4' };
const GRAIN: Encoding = { quantizationTable: 1, chromaSubsampling: '4:2:0' };

/**
 * The best JPEG within a limit. The plain encoder finds the quality, because it takes a third of mozjpeg's time; mozjpeg then writes the file with both
 * tables, and the better of the two is taken. Grain alone is written with halved color, which it does not need. Throws `invalid_input` when no quality fits.
 */
export async function fitJpeg(picture: RgbPicture, { bytesMax }: { readonly bytesMax: number }): Promise<FittedJpeg> {
  let encodes = 0;
  const encode = async (quality: number, encoding: Encoding): Promise<Try> => {
    encodes += 1;
    const image = sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } });
    return { quality, bytes: await image.jpeg({ optimizeCoding: true, ...encoding, quality }).toBuffer() };
  };
  const search = (first: number, encoding: Encoding, tries: number) =>
    searchQuality(first, { bytesMax, tries, encode: (quality) => encode(quality, encoding) });
  const plain = await search(FIRST_QUALITY, PLAIN, PLAIN_ENCODES_MAX);
  const start = Math.round(plain.quality + MOZJPEG_GAIN * (100 - plain.quality));
  const isTight = plain.quality < FIRST_QUALITY;
  const found: Try[] = [];
  if (isTight && colorDetail(picture) < COLOR_DETAIL_MIN) {
    found.push(...(await search(flatQuality(plain.quality, true), GRAIN, ENCODES_MAX - encodes)).all);
  } else {
    const isFlatWorth = isTight && plain.quality >= FLAT_QUALITY_MIN && encodes + FLAT_ENCODES < ENCODES_MAX;
    if (isFlatWorth) found.push(...(await search(flatQuality(plain.quality, false), FLAT, FLAT_ENCODES)).all);
    found.push(...(await search(start, EYE, ENCODES_MAX - encodes)).all);
  }
  const fitting = found.filter(({ bytes }) => bytes.length <= bytesMax);
  const chosen = (await bestOf(picture, fitting)) ?? plain.fits;
  if (chosen) return { bytes: chosen.bytes, quality: chosen.quality, encodes };
  throw new AppError('invalid_input', {
    message: `The picture has too much fine detail for a file of ${bytesMax} bytes.`,
    remedy: 'Choose a smaller or calmer picture.',
    field: 'picture',
  });
}

/** The quality of the flat table that gives about the bytes of the usual one; grain with halved color has room for more. */
function flatQuality(quality: number, isHalved: boolean): number {
  const scale = FLAT_SCALE * (scaleOf(quality) - 1) * (isHalved ? 0.75 : 1);
  return Math.min(99, Math.max(1, Math.floor(qualityOf(scale + 1))));
}

async function bestOf(picture: RgbPicture, files: readonly Try[]): Promise<Try | undefined> {
  if (files.length < 2) return files[0];
  let best: { readonly file: Try; readonly likeness: number } | undefined;
  for (const file of files) {
    const data = await sharp(file.bytes).removeAlpha().raw().toBuffer();
    const likeness = channelSsim(picture, { ...picture, data }, SAMPLE_STEP);
    if (!best || likeness > best.likeness) best = { file, likeness };
  }
  return best?.file;
}

/** Fine detail of color as a share of that of brightness, by the differences between neighboring pixels on every fourth row. */
function colorDetail({ width, height, data }: RgbPicture): number {
  let [color, brightness] = [0, 1];
  for (let y = 0; y < height; y += 4) {
    for (let x = 0; x + 1 < width; x += 1) {
      const at = 3 * (y * width + x);
      const [red, green, blue] = [0, 1, 2].map((channel) => (data[at + 3 + channel] ?? 0) - (data[at + channel] ?? 0)) as [number, number, number];
      const gray = 0.299 * red + 0.587 * green + 0.114 * blue;
      brightness += gray * gray;
      color += ((red - gray) ** 2 + (blue - gray) ** 2) / 2;
    }
  }
  return color / brightness;
}

interface Search {
  readonly bytesMax: number;
  readonly tries: number;
  readonly encode: (quality: number) => Promise<Try>;
}

/** Searches the highest quality that fits. `quality` is the best guess even when no try fits. */
async function searchQuality(
  first: number,
  search: Search,
): Promise<{ readonly quality: number; readonly fits?: Try | undefined; readonly all: readonly Try[] }> {
  const all: Try[] = [];
  let [low, high] = [0, 101];
  let fits: Try | undefined;
  let [quality, last] = [first, undefined as Try | undefined];
  for (let count = 0; count < search.tries; count += 1) {
    const now = await search.encode(quality);
    all.push(now);
    if (now.bytes.length <= search.bytesMax) [fits, low] = [now, quality];
    else high = quality;
    if (high - low <= 1 || (fits === now && now.bytes.length >= WELL_FILLED * search.bytesMax)) break;
    // With one try left, a file that fits is worth more than one that fills the limit.
    const isLast = count === search.tries - 2 && !fits;
    quality = Math.min(high - 1, Math.max(low + 1, nextQuality(now, last, isLast ? 0.85 * search.bytesMax : 0.985 * search.bytesMax)));
    last = now;
  }
  return { quality: fits?.quality ?? quality, fits, all };
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
