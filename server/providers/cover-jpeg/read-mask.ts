import sharp from 'sharp';
import type { ReadMask } from '../cover-ports.ts';
import { openImage, probeImage, refuseDamaged } from './probe-image.ts';

/** The level that is repainted whole; soft edges below it count as a part. */
const WHITE = 255;

/** A mask as a gray PNG: transparent parts are black, colors their brightness. Throws what an upload throws. */
export async function readMask(file: Uint8Array): Promise<ReadMask> {
  const { bytes: upright } = await probeImage(file);
  const gray = openImage(upright).flatten({ background: '#000000' }).grayscale().toColorspace('b-w');
  const { data, info } = await gray.raw().toBuffer({ resolveWithObject: true }).catch(refuseDamaged);
  let [sum, whole] = [0, 0];
  for (const level of data) {
    sum += level;
    if (level === WHITE) whole += 1;
  }
  const { width, height } = info;
  const bytes = await sharp(data, { raw: { width, height, channels: info.channels } })
    .png()
    .toBuffer();
  // Calculated, a mask with a single black pixel could round to the whole.
  const share = whole === data.length ? 1 : sum / (WHITE * data.length);
  return { bytes, width, height, share };
}
