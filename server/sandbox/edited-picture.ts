import sharp from 'sharp';
import { drawSandboxPicture } from './drawn-picture.ts';
import { textHash } from './text-hash.ts';

interface EditOrder {
  /** The picture to change, in any type that the model takes. */
  readonly picture: Buffer;
  readonly prompt: string;
  readonly seed: number;
  readonly format: 'png' | 'jpeg' | 'webp';
}

/** How much of the picture a change without a mask covers. */
const BLEND = 0.45;
/** Degrees by which a thing that is replaced changes its color, for a sign that something was done. */
const TURN_MIN = 60;

/** Repaints the white part of the mask, which has the size of the picture; everything else stays as it is, pixel by pixel but for the encoding. */
export async function repaintPart({ picture, mask, prompt, seed, format }: EditOrder & { readonly mask: Buffer }): Promise<Buffer> {
  const size = await sizeOf(picture);
  const gray = await sharp(mask).flatten({ background: '#000000' }).grayscale().toColorspace('b-w').raw().toBuffer();
  const drawn = await sharp(await drawSandboxPicture({ prompt, seed, ...size, format: 'png' }))
    .joinChannel(gray, { raw: { ...size, channels: 1 } })
    .png()
    .toBuffer();
  return sharp(picture)
    .composite([{ input: drawn }])
    .flatten()
    .toFormat(format)
    .toBuffer();
}

/** Draws over the whole picture, the more the higher the strength from 0 to 1. */
export async function blendPicture({ picture, prompt, seed, format, strength = BLEND }: EditOrder & { readonly strength?: number }): Promise<Buffer> {
  const size = await sizeOf(picture);
  const veil = Buffer.alloc(size.width * size.height, Math.round(255 * Math.min(1, Math.max(0, strength))));
  return repaintPart({
    picture,
    prompt,
    seed,
    format,
    mask: await sharp(veil, { raw: { ...size, channels: 1 } })
      .png()
      .toBuffer(),
  });
}

/** The picture in other colors. */
export async function recolorPicture({ picture, prompt, seed, format }: EditOrder): Promise<Buffer> {
  const hue = TURN_MIN + (textHash(`${seed}:${prompt}`) % (360 - 2 * TURN_MIN));
  return sharp(picture).flatten().modulate({ hue }).toFormat(format).toBuffer();
}

/** The middle of the picture on nothing. */
export async function cutOutSubject(picture: Buffer, format: 'png' | 'webp'): Promise<Buffer> {
  const { width, height } = await sizeOf(picture);
  const oval = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><ellipse cx="50%" cy="50%" rx="36%" ry="42%" fill="#fff"/></svg>`;
  return sharp(picture)
    .ensureAlpha()
    .composite([{ input: Buffer.from(oval), blend: 'dest-in' }])
    .toFormat(format)
    .toBuffer();
}

/** Four times as many pixels on each side. */
export async function enlargePicture(picture: Buffer, format: 'png' | 'jpeg' | 'webp'): Promise<Buffer> {
  const { width, height } = await sizeOf(picture);
  return sharp(picture)
    .resize(4 * width, 4 * height)
    .flatten()
    .toFormat(format)
    .toBuffer();
}

/** Undefined for a file that is no picture. */
export async function pictureSize(file: Buffer): Promise<{ readonly width: number; readonly height: number } | undefined> {
  return sizeOf(file).catch(() => undefined);
}

async function sizeOf(picture: Buffer): Promise<{ readonly width: number; readonly height: number }> {
  const { width, height } = await sharp(picture).metadata();
  return { width, height };
}
