import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Sharp } from 'sharp';

/** Files that people and attackers upload, made here. */

const SIDE = 96;

/** A picture whose left upper quarter is red, so that turning it shows. */
export function marked(): Sharp {
  const quarter = { input: { create: { width: SIDE / 2, height: SIDE / 4, channels: 3 as const, background: '#e02020' } }, left: 0, top: 0 };
  return sharp({ create: { width: SIDE, height: SIDE / 2, channels: 3, background: '#2040c0' } }).composite([quarter]);
}

const SECRET = 'GPS-48.8584-2.2945-secret';

/** A chunk of a PNG. */
export function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** The file with a chunk after its header. */
export function withChunk(png: Buffer, extra: Buffer): Buffer {
  return Buffer.concat([png.subarray(0, 33), extra, png.subarray(33)]);
}

/** Files that are accepted, and what becomes of them. Every one carries the secret somewhere that must be gone. */
export async function acceptedFiles(): Promise<
  readonly { name: string; file: Buffer; width: number; height: number; isTurned?: boolean; isMoving?: boolean }[]
> {
  const exif = { IFD0: { ImageDescription: SECRET }, IFD3: { GPSMapDatum: SECRET } };
  const wide = { width: SIDE, height: SIDE / 2 };
  const png = await marked().png().toBuffer();
  const deep = await marked().toColourspace('rgb16').png().toBuffer();
  const shades = await Promise.all(
    [0, 1, 2].map((shade) =>
      sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: { r: 80 * shade, g: 0, b: 0 } } })
        .png()
        .toBuffer(),
    ),
  );
  const frames = await sharp(shades, { join: { animated: true } })
    .webp({ loop: 0 })
    .toBuffer();
  return [
    { name: 'a JPEG of a phone with its place', file: await marked().withExif(exif).jpeg().toBuffer(), ...wide },
    {
      name: 'a JPEG that is stored on its side',
      file: await marked().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      width: SIDE / 2,
      height: SIDE,
      isTurned: true,
    },
    { name: 'a 16-bit PNG', file: deep, ...wide },
    { name: 'a CMYK JPEG', file: await marked().toColourspace('cmyk').jpeg().toBuffer(), ...wide },
    { name: 'a wide gamut JPEG', file: await marked().withIccProfile('p3').jpeg().toBuffer(), ...wide },
    { name: 'a moving WebP', file: frames, width: SIDE, height: SIDE, isMoving: true },
    { name: 'a polyglot of PNG and a web page', file: Buffer.concat([png, Buffer.from(`<script>${SECRET}</script>`)]), ...wide },
    { name: 'a PNG with a text', file: withChunk(png, chunk('tEXt', Buffer.from(`Comment\0${SECRET}`))), ...wide },
    {
      name: 'a PNG with a text of 200 MB, compressed',
      file: withChunk(png, chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(2e8))]))),
      ...wide,
    },
    { name: 'a WebP named .jpg', file: await marked().webp().toBuffer(), ...wide },
  ];
}

export const HIDDEN = SECRET;

/** The start of an ISO base media file of a brand. */
const box = (brand: string) => Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\0\0\0\0`, 'latin1'), Buffer.alloc(200)]);

/** Files that are refused, and what the reason names. */
export async function refusedFiles(): Promise<readonly { name: string; file: Buffer; status: number; says: RegExp }[]> {
  const png = await marked().png().toBuffer();
  const jpeg = await marked().jpeg().toBuffer();
  const header = (width: number, height: number) => {
    const size = Buffer.alloc(13);
    size.writeUInt32BE(width, 0);
    size.writeUInt32BE(height, 4);
    size.set([8, 2, 0, 0, 0], 8);
    return Buffer.concat([png.subarray(0, 8), chunk('IHDR', size), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND', Buffer.alloc(0))]);
  };
  return [
    { name: 'nothing', file: Buffer.alloc(0), status: 400, says: /empty/ },
    { name: 'half a JPEG', file: jpeg.subarray(0, jpeg.length / 2), status: 400, says: /damaged or incomplete/ },
    { name: 'half a PNG', file: png.subarray(0, png.length / 2), status: 400, says: /damaged or incomplete/ },
    { name: 'the first bytes of a JPEG', file: jpeg.subarray(0, 4), status: 400, says: /damaged or incomplete/ },
    {
      name: 'an SVG with a script',
      file: Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      status: 400,
      says: /an SVG drawing/,
    },
    { name: 'an SVG behind a byte order mark', file: Buffer.from('\ufeff <svg onload="alert(1)"/>'), status: 400, says: /an SVG drawing/ },
    { name: 'a web page', file: Buffer.from('<!doctype html><script>alert(1)</script>'), status: 400, says: /a web page/ },
    { name: 'a HEIC picture', file: box('heic'), status: 400, says: /a HEIC picture/ },
    { name: 'an AVIF picture', file: box('avif'), status: 400, says: /an AVIF picture/ },
    { name: 'a video', file: box('isom'), status: 400, says: /a video/ },
    { name: 'a GIF', file: await marked().gif().toBuffer(), status: 400, says: /a GIF/ },
    { name: 'a TIFF', file: await marked().tiff().toBuffer(), status: 400, says: /a TIFF/ },
    { name: 'an archive', file: Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(60)]), status: 400, says: /an archive/ },
    { name: 'a PNG that says it has 10 billion pixels', file: header(100_000, 100_000), status: 413, says: /million/ },
    { name: 'a PNG of 6000 × 5000 pixels', file: header(6_000, 5_000), status: 413, says: /million/ },
    { name: 'a file of 10.1 MB', file: Buffer.concat([jpeg, Buffer.alloc(10_100_000)]), status: 413, says: /10 MB|too large/ },
  ];
}
