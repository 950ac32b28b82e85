import type { BareImage } from '../cover-ports.ts';
import { invalidPicture } from './picture-errors.ts';
import { openImage, refuseDamaged } from './probe-image.ts';
import { jpegParts, joinJpeg, joinPng, pngChunks, riffChunks } from './picture-parts.ts';

/** The chunks of a PNG that its pixels and their colors need. */
const PNG_KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'IDAT', 'IEND']);
/** Segments of a JPEG: JFIF (0xe0), color profile (0xe2) and Adobe's color transform (0xee) stay, other application data and comments go. */
const JPEG_KEPT = new Set([0xe0, 0xe2, 0xee]);
const WEBP_KEPT = new Set(['VP8 ', 'VP8L', 'ALPH', 'ICCP', 'VP8X']);
/** Flags of VP8X for EXIF and XMP, which are left out. */
const WEBP_METADATA_FLAGS = 0b0000_1100;

/** The picture alone, bit by bit: no metadata, nothing after its end. Throws `invalid_input` for another type and for damage of the container. */
export async function bareImage(file: Uint8Array): Promise<BareImage> {
  const { bytes, mediaType } = strip(file);
  const { width, height } = await openImage(bytes).metadata().catch(refuseDamaged);
  return { bytes, mediaType, width, height };
}

function strip(file: Uint8Array): Pick<BareImage, 'bytes' | 'mediaType'> {
  const png = pngChunks(file);
  if (png) return { bytes: joinPng(png.filter(({ type }) => PNG_KEPT.has(type))), mediaType: 'image/png' };
  const jpeg = jpegParts(file);
  if (jpeg) return { bytes: joinJpeg(jpeg.filter(({ marker }) => marker < 0xe0 || marker > 0xfe || JPEG_KEPT.has(marker))), mediaType: 'image/jpeg' };
  const webp = riffChunks(file);
  if (webp) return { bytes: joinWebp(webp.filter(({ type }) => WEBP_KEPT.has(type))), mediaType: 'image/webp' };
  throw invalidPicture('The file is not a JPEG, PNG or WebP picture.', 'Try again, or choose another model.');
}

function joinWebp(chunks: readonly { readonly type: string; readonly bytes: Uint8Array }[]): Uint8Array {
  const parts = chunks.map(({ type, bytes }) => {
    if (type !== 'VP8X') return bytes;
    const changed = Uint8Array.from(bytes);
    changed[8] = (changed[8] ?? 0) & ~WEBP_METADATA_FLAGS;
    return changed;
  });
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...parts]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}
