import { crc32 } from 'node:zlib';
import { invalidPicture } from './picture-errors.ts';

/** The containers of PNG (RFC 2083), JPEG (ITU T.81, annex B) and WebP (RIFF) as parts in order, each with its own header. Undefined for another type. */

interface Chunk {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, type and checksum of a chunk. */
const PNG_FRAME = 12;

/** The chunks of a PNG up to its end; what follows is left out. */
export function pngChunks(file: Uint8Array): readonly Chunk[] | undefined {
  const data = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!data.subarray(0, 8).equals(PNG_START)) return undefined;
  const chunks: Chunk[] = [];
  for (let at = 8; at + PNG_FRAME <= data.length;) {
    const end = at + PNG_FRAME + data.readUInt32BE(at);
    const type = data.toString('latin1', at + 4, at + 8);
    if (end > data.length) break;
    chunks.push({ type, bytes: data.subarray(at, end) });
    if (type === 'IEND') return chunks;
    at = end;
  }
  throw incomplete();
}

export function joinPng(chunks: readonly Chunk[]): Uint8Array {
  return Buffer.concat([PNG_START, ...chunks.map(({ bytes }) => bytes)]);
}

/** A chunk with its length and checksum. */
export function pngChunk(type: string, content: Uint8Array): Chunk {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return { type, bytes: Buffer.concat([length, named, sum]) };
}

interface Segment {
  readonly marker: number;
  readonly bytes: Uint8Array;
}

const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda];

/** The segments of a JPEG from its start to its end, scans with their data; what follows is left out. */
export function jpegParts(file: Uint8Array): readonly Segment[] | undefined {
  const data = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (data[0] !== 0xff || data[1] !== SOI || data[2] !== 0xff) return undefined;
  const parts: Segment[] = [{ marker: SOI, bytes: data.subarray(0, 2) }];
  for (let at = 2; at + 2 <= data.length;) {
    const marker = data[at + 1] ?? 0;
    if (data[at] !== 0xff) break;
    if (marker === 0xff) at += 1;
    else if (marker === EOI) return [...parts, { marker, bytes: data.subarray(at, at + 2) }];
    else {
      if (at + 4 > data.length) break;
      const header = at + 2 + data.readUInt16BE(at + 2);
      const end = marker === SOS ? endOfScan(data, header) : header;
      if (end > data.length) break;
      parts.push({ marker, bytes: data.subarray(at, end) });
      at = end;
    }
  }
  throw incomplete();
}

/** A scan ends at the first marker that is neither a stuffed byte nor a restart. */
function endOfScan(data: Buffer, from: number): number {
  for (let at = data.indexOf(0xff, from); at !== -1 && at + 1 < data.length; at = data.indexOf(0xff, at + 1)) {
    const next = data[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw incomplete();
}

export function joinJpeg(parts: readonly Segment[]): Uint8Array {
  return Buffer.concat(parts.map(({ bytes }) => bytes));
}

/** The chunks of a WebP within the length that it declares. */
export function riffChunks(file: Uint8Array): readonly Chunk[] | undefined {
  const data = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (data.toString('latin1', 0, 4) !== 'RIFF' || data.toString('latin1', 8, 12) !== 'WEBP') return undefined;
  const limit = 8 + data.readUInt32LE(4);
  if (limit > data.length) throw incomplete();
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= limit;) {
    const length = data.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (end > limit) throw incomplete();
    chunks.push({ type: data.toString('latin1', at, at + 4), bytes: data.subarray(at, end) });
    at = end;
  }
  return chunks;
}

const incomplete = () => invalidPicture('The file is damaged or incomplete.', 'Export the picture again.');
