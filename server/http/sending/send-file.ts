import type { Deps } from '#server/deps.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import { readAssetPart } from '#server/use-cases/studio/files/read-asset-part.ts';
import { readAssetFile } from '#server/use-cases/studio/read-asset.ts';
import type { Request, Response } from 'express';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A larger file is streamed; one up to this size is read whole, and its digest is verified. */
const WHOLE_BYTES_MAX = 8 * 1024 * 1024;

/** Headers of a file that never changes under its address. */
interface LastingFacts {
  readonly mediaType: string;
  readonly sha256: string;
  readonly maxAgeSeconds: number;
}

/** Sends bytes that never change under their address, or 304 when the browser has them. */
export function sendLasting(request: Request, response: Response, { bytes, ...facts }: LastingFacts & { readonly bytes: Uint8Array }): void {
  setLasting(response, facts);
  if (request.fresh) response.status(304).end();
  else response.end(bytes);
}

/**
 * Sends the file of an asset, or the part that a player asks for (RFC 9110, 14). Several parts, and a part of another version, get the whole file. Parts and
 * large files are streamed from the store. Throws `unavailable` before the first byte when the file is missing.
 */
export async function sendAssetFile(
  deps: Pick<Deps, 'assets'>,
  { request, response }: { readonly request: Request; readonly response: Response },
  { asset, maxAgeSeconds }: { readonly asset: AssetRow; readonly maxAgeSeconds: number },
): Promise<void> {
  const { sha256, mediaType, bytes } = asset;
  const facts = { sha256, mediaType, maxAgeSeconds };
  const part = requestedPart(request, asset);
  if (isKnown(request, sha256)) {
    setLasting(response, facts);
    response.status(304).end();
  } else if (part === 'none') {
    response
      .status(416)
      .set({ 'content-range': `bytes */${bytes}`, 'accept-ranges': 'bytes' })
      .end();
  } else if (part === 'all' && bytes <= WHOLE_BYTES_MAX) {
    const whole = await readAssetFile(deps, asset);
    setLasting(response, facts);
    response.set('content-length', String(whole.bytes.length)).end(whole.bytes);
  } else {
    const { start, end } = part === 'all' ? { start: 0, end: bytes - 1 } : part;
    const stream = await readAssetPart(deps, asset, { start, end });
    setLasting(response, facts);
    response.set('content-length', String(end - start + 1));
    if (part !== 'all') response.status(206).set('content-range', `bytes ${start}-${end}/${bytes}`);
    await sendStream(request, response, stream);
  }
}

/** Sends a stream to its end. A browser that goes away has what it wanted, or asks again. */
export async function sendStream(request: Request, response: Response, stream: Readable): Promise<void> {
  if (request.method === 'HEAD') {
    stream.destroy();
    response.end();
    return;
  }
  await pipeline(stream, response).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
  });
}

function setLasting(response: Response, { mediaType, sha256, maxAgeSeconds }: LastingFacts): void {
  response.set({
    'cache-control': `private, max-age=${maxAgeSeconds}, immutable`,
    etag: `"${sha256}"`,
    'content-type': mediaType,
    vary: 'cookie',
    'accept-ranges': 'bytes',
  });
}

/** Whether the browser has this version already. */
function isKnown(request: Request, sha256: string): boolean {
  const tags = request.get('if-none-match')?.split(',') ?? [];
  return tags.some((tag) => ['*', `"${sha256}"`].includes(tag.trim().replace(/^W\//u, '')));
}

function requestedPart(request: Request, { bytes, sha256 }: Pick<AssetRow, 'bytes' | 'sha256'>) {
  const ifRange = request.get('if-range');
  const ranges = ifRange === undefined || ifRange === `"${sha256}"` ? request.range(bytes) : undefined;
  if (ranges === -1) return 'none';
  const [part] = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges : [];
  return part ?? 'all';
}
