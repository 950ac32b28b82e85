import pLimit from 'p-limit';
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { CoverFiles } from '../cover-ports.ts';
import { bareImage } from './bare-image.ts';
import { fitJpeg } from './fit-jpeg.ts';
import { openImage, probeImage, refuseDamaged } from './probe-image.ts';
import { withRecipe } from './picture-recipe.ts';

/** Files from outside that are decoded at a time: each may take 100 MB. */
const PROBES_AT_ONCE = 2;
/** The hash's own limit is 100 pixels a side. */
const HASHED_SIDE = 100;

/** Reads and writes picture files with libvips, off the main event loop. */
export function createCoverJpeg(): CoverFiles {
  const limit = pLimit(PROBES_AT_ONCE);
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
    previewsOf: async (file) => {
      const [small, medium, large, hashed] = await Promise.all([webp(file, 64), webp(file, 300), webp(file, 640), thumbhashOf(file)]);
      return { webp: { 64: small, 300: medium, 640: large }, thumbhash: hashed };
    },
    encodePng: ({ width, height, data }) =>
      sharp(data, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer(),
  };
}

/** A preview is never larger than its picture. */
function webp(file: Uint8Array, side: number): Promise<Uint8Array> {
  const small = openImage(file).rotate().resize(side, side, { fit: 'inside', withoutEnlargement: true });
  return small.webp({ quality: 82, smartSubsample: true }).toBuffer().catch(refuseDamaged);
}

async function thumbhashOf(file: Uint8Array): Promise<string> {
  const small = openImage(file).rotate().resize(HASHED_SIDE, HASHED_SIDE, { fit: 'inside', withoutEnlargement: true });
  const { data, info } = await small.toColorspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true }).catch(refuseDamaged);
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}
