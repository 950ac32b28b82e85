import type { AssetStore, BytePart } from '#server/providers/render-ports.ts';
import { AppError } from '#shared/errors.ts';
import { Readable } from 'node:stream';
import { objectOf } from './s3-requests.ts';
import type { SendS3 } from './s3-requests.ts';

/** As much is requested at once: a few seconds of a video, and few requests for a whole one. */
const PIECE_BYTES = 4 * 1024 * 1024;
const NOT_THAT_LONG = 416;

/**
 * A part of an object, requested piece by piece with `Range` as it is taken; each piece has the retries of the sender. Undefined when the object is missing.
 * A piece of another length than was asked for is requested once more, then the stream fails with `unavailable`.
 */
export async function readObjectPart(send: SendS3, key: string, { start, end }: BytePart): ReturnType<AssetStore['readPart']> {
  const first = await getPiece(send, key, { start, end: Math.min(end, start + PIECE_BYTES - 1) });
  return first && { bytes: first.whole, stream: Readable.from(pieces(), { objectMode: false }) };

  async function* pieces(): AsyncGenerator<Buffer> {
    if (first) yield first.bytes;
    for (let at = start + PIECE_BYTES; at <= end; at += PIECE_BYTES) {
      const piece = await getPiece(send, key, { start: at, end: Math.min(end, at + PIECE_BYTES - 1) });
      if (!piece) throw incomplete(key);
      yield piece.bytes;
    }
  }
}

interface Piece {
  readonly bytes: Buffer;
  /** The size of the object. */
  readonly whole: number;
}

async function getPiece(send: SendS3, key: string, part: BytePart): Promise<Piece | undefined> {
  const piece = await getOnce(send, key, part);
  if (piece === undefined || isComplete(piece, part)) return piece;
  const again = await getOnce(send, key, part);
  if (again === undefined || isComplete(again, part)) return again;
  throw incomplete(key);
}

async function getOnce(send: SendS3, key: string, { start, end }: BytePart): Promise<Piece | undefined> {
  const found = objectOf(await send({ method: 'GET', key, headers: { range: `bytes=${start}-${end}` }, expected: [404, NOT_THAT_LONG] }));
  if (!found) return undefined;
  const whole = Number(/\/(\d+)$/u.exec(found.headers['content-range'] ?? '')?.[1] ?? found.bytes.length);
  if (found.status === NOT_THAT_LONG) return { bytes: Buffer.alloc(0), whole };
  // A store that does not know ranges sends everything.
  return { bytes: found.status === 206 ? found.bytes : found.bytes.subarray(start, end + 1), whole };
}

const isComplete = ({ bytes }: Piece, { start, end }: BytePart) => bytes.length === end - start + 1;

function incomplete(key: string): AppError {
  return new AppError('unavailable', {
    message: 'The S3 store returned fewer bytes than were stored.',
    remedy: 'Ask the operator to restore this file from a backup.',
    context: { key },
  });
}
