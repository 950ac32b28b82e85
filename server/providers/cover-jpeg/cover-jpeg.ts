import pLimit from 'p-limit';
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { mainColors } from '#shared/domain/studio/library/picture-colors.ts';
import type { CoverFiles, CoverPreviews } from '../cover-ports.ts';
import { bareImage } from './bare-image.ts';
import { fitJpeg } from './fit-jpeg.ts';
import { cutImage } from './cut-image.ts';
import { openImage, probeImage, refuseDamaged } from './probe-image.ts';
import { readMask } from './read-mask.ts';
import { shrinkImage } from './shrink-image.ts';
import { withRecipe } from './picture-recipe.ts';

/** Files from outside that are decoded at a time: each may take 100 MB. */
const PROBES_AT_ONCE = 2;
/** The hash's own limit is 100 pixels a side. */
const HASHED_SIDE = 100;

/** Reads and writes picture files with libvips, off the main event loop. */
export function createCoverJpeg(): CoverFiles {
  const limit = pLimit(PROBES_AT_ONCE);
  // Several pictures are worked on at a time; threads within each would only compete with them and with requests.
  sharp.concurrency(1);
  return {
    fitJpeg,
    bareImage,
    withRecipe,
    probeImage: (file) => limit(() => probeImage(file)),
    decodeSquare: async (file, side) => {
      const square = openImage(file).rotate().resize(side, side, { fit: 'cover' }).flatten({ background: '#ffffff' });
      const data = await square.toColorspace('srgb').removeAlpha().raw().toBuffer().catch(refuseDamaged);
      return { width: side, height: side, data };
    },
    readMask: (file) => limit(() => readMask(file)),
    cutImage: (file, cut) => limit(() => cutImage(file, cut)),
    shrinkImage: (file, limits) => limit(() => shrinkImage(file, limits)),
    previewsOf: async (file) => {
      const largest = await limit(() => reduce(file, 640));
      const [small, medium, large, hashed] = await Promise.all([webp(largest, 64), webp(largest, 300), webp(largest, 640), lookOf(largest)]);
      return { webp: { 64: small, 300: medium, 640: large }, ...hashed };
    },
    encodePng: ({ width, height, data }) =>
      sharp(data, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer(),
  };
}

/** A picture as its decoded pixels. */
interface Raw {
  readonly data: Buffer;
  readonly raw: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 };
}

/** Decodes the file once for all previews. A preview is never larger than its picture. */
async function reduce(file: Uint8Array, side: number): Promise<Raw> {
  const small = openImage(file).rotate().resize(side, side, { fit: 'inside', withoutEnlargement: true }).toColorspace('srgb');
  const { data, info } = await small.raw().toBuffer({ resolveWithObject: true }).catch(refuseDamaged);
  return { data, raw: { width: info.width, height: info.height, channels: info.channels } };
}

/**
 * A person waits for these. Small ones have quality 90: as true to the picture as 82 with sharp chroma (35.9 and 35.7 dB over 48 covers at 300 pixels), in
 * two fifths of the time and a quarter more bytes. Pages show 640 pixels at half that size or less, so there the fastest effort and quality 82 do.
 */
function webp({ data, raw }: Raw, side: number): Promise<Uint8Array> {
  const small = sharp(data, { raw }).resize(side, side, { fit: 'inside', withoutEnlargement: true });
  return small.webp(side < 640 ? { quality: 90, effort: 2 } : { quality: 82, effort: 0 }).toBuffer();
}

async function lookOf({ data: pixels, raw }: Raw): Promise<Pick<CoverPreviews, 'thumbhash' | 'colors'>> {
  const small = sharp(pixels, { raw }).resize(HASHED_SIDE, HASHED_SIDE, { fit: 'inside', withoutEnlargement: true });
  const { data, info } = await small.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { thumbhash: Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64'), colors: mainColors(data) };
}
