import type { AppError } from '#shared/errors.ts';
import { invalidPicture } from './picture-errors.ts';

/** First bytes of types that people try, as Latin-1, and what the type is called. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/^.{4}ftyp(heic|heix|hevc|mif1|msf1)/su, 'a HEIC picture'],
  [/^.{4}ftypavi[fs]/su, 'an AVIF picture'],
  [/^.{4}ftyp/su, 'a video'],
  [/^.\u0045\u00df\u00a3/su, 'a video'],
  [/^GIF8/u, 'a GIF'],
  [/^(II\*|MM.\*)/su, 'a TIFF picture'],
  [/^BM/u, 'a BMP picture'],
  [/^%PDF/u, 'a PDF document'],
  [/^PK/u, 'an archive'],
  [/^\s*(<\?xml|<!doctype svg|<svg)/iu, 'an SVG drawing'],
  [/^\s*<(!doctype html|html)/iu, 'a web page'],
];
const READ_BYTES = 64;

/** Why a file is refused, by its content: its name and what the sender declares say nothing. */
export function notAccepted(file: Uint8Array): AppError {
  if (file.length === 0) return invalidPicture('The file is empty.', 'Choose a JPEG, PNG or WebP picture.');
  const start = Buffer.from(file.subarray(0, READ_BYTES))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/u, '');
  const type = KNOWN.find(([pattern]) => pattern.test(start))?.[1];
  const message = type === undefined ? 'The file is not a JPEG, PNG or WebP picture.' : `The file is ${type}, not a JPEG, PNG or WebP picture.`;
  return invalidPicture(message, 'Export it as one of these types.');
}
