import { AppError } from '#shared/errors.ts';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { ProbedImage } from '../cover-ports.ts';
import { notAccepted } from './not-accepted.ts';
import { invalidPicture } from './picture-errors.ts';
import { joinPng, pngChunks } from './picture-parts.ts';

/** Limits of files from outside: bytes before decoding, pixels before allocation. */
const BYTES_MAX = 10_000_000;
const PIXELS_MAX = 25_000_000;

/** First bytes of the accepted types. The decoder is never given anything else, SVG least of all. */
const STARTS: readonly (readonly [type: 'jpeg' | 'png' | 'webp', matches: (bytes: Uint8Array) => boolean])[] = [
  ['jpeg', (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff])],
  ['png', (bytes) => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['webp', (bytes) => startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50])],
];

const PNG_TEXTS = new Set(['tEXt', 'zTXt', 'iTXt']);

/** The file decoded and written again: what was appended to it, its metadata and its later frames are gone. Throws `too_large` or `invalid_input`. */
export async function probeImage(file: Uint8Array): Promise<ProbedImage> {
  if (file.length > BYTES_MAX) throw tooLarge(`The file has ${megabytes(file.length)}; at most ${megabytes(BYTES_MAX)} are accepted.`);
  const type = STARTS.find(([, matches]) => matches(file))?.[0];
  if (!type) throw notAccepted(file);
  const image = openImage(withoutTexts(file));
  const { width, height, pages } = await image.metadata().catch(refuseDamaged);
  if (width * height > PIXELS_MAX) {
    throw tooLarge(`The picture has ${width} × ${height} pixels; at most ${PIXELS_MAX / 1_000_000} million are accepted.`);
  }
  const upright = image.rotate().toColorspace('srgb');
  const written = type === 'jpeg' ? upright.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }) : upright.png();
  const { data, info } = await written.toBuffer({ resolveWithObject: true }).catch(refuseDamaged);
  return {
    bytes: data,
    mediaType: type === 'jpeg' ? 'image/jpeg' : 'image/png',
    width: info.width,
    height: info.height,
    frames: pages ?? 1,
  };
}

/** A text in a PNG may be compressed a thousandfold; the decoder is not given any. */
function withoutTexts(file: Uint8Array): Uint8Array {
  const chunks = pngChunks(file);
  return chunks ? joinPng(chunks.filter(({ type }) => !PNG_TEXTS.has(type))) : file;
}

/** Opens a file so that damage is an error but stray bytes of cameras are not. */
export function openImage(file: Uint8Array): Sharp {
  return sharp(file, { failOn: 'error', limitInputPixels: PIXELS_MAX, sequentialRead: true });
}

/** Turns a decoder's failure into the product's error. */
export function refuseDamaged(cause: unknown): never {
  const isTooLarge = cause instanceof Error && cause.message.includes('pixel limit');
  if (isTooLarge) throw tooLarge(`The picture has more than ${PIXELS_MAX / 1_000_000} million pixels.`);
  throw invalidPicture('The file is damaged or incomplete.', 'Export the picture again.', cause);
}

const tooLarge = (message: string) => new AppError('too_large', { message, remedy: 'Make it smaller.', field: 'picture' });
const megabytes = (bytes: number) => `${Math.ceil(bytes / 100_000) / 10} MB`;
const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, at) => bytes[at] === byte);
