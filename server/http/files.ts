import type { Deps } from '#server/deps.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { archiveAssets } from '#server/use-cases/studio/files/archive-assets.ts';
import { downloadAsset } from '#server/use-cases/studio/files/download-asset.ts';
import { findReadableAsset } from '#server/use-cases/studio/files/find-readable-asset.ts';
import type { ReadableAsset } from '#server/use-cases/studio/files/find-readable-asset.ts';
import { readPreview } from '#server/use-cases/studio/files/read-preview.ts';
import { readAssetFile } from '#server/use-cases/studio/read-asset.ts';
import { PREVIEW_WIDTHS } from '#shared/domain/studio/preview-widths.ts';
import { uploadPicture } from '#server/use-cases/studio/upload-picture.ts';
import { archiveAssetsInput } from '#shared/contracts/studio/library/assets.ts';
import { assetId } from '#shared/ids.ts';
import type { AssetId } from '#shared/ids.ts';
import { AppError } from '#shared/errors.ts';
import { Router } from 'express';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readBodyBytes } from './body-bytes.ts';
import { requireIdentity } from './request-identity.ts';
import { zipStream } from './zip-stream.ts';

type RouteDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'settings' | 'assets' | 'coverFiles' | 'models'>;

/** As many bytes as the decoder is given. */
const UPLOAD_BYTES_MAX = 10_000_000;
/** 500 ids and a little more. */
const FORM_BYTES_MAX = 1_000_000;
const YEAR_SECONDS = 31_536_000;

/**
 * `POST /files` stores a picture of the person who is signed in; `POST /files/archive` sends several of theirs as one archive. `/files/<id>`: one of theirs; `/files/<id>/<width>`: a small version; `/files/<id>/download`: to keep, with its recipe unless `?recipe=no`. The
 * bytes of the first two never change, so a browser keeps them, but no cache that others share does. A signed address lets anybody read what is shared.
 */
export function fileRoutes(deps: RouteDeps): Router {
  const routes = Router();
  routes.post('/files', (request, response, next) => void takeFile(deps, request, response).catch(next));
  routes.post('/files/archive', (request, response, next) => void sendArchive(deps, request, response).catch(next));
  routes.get('/files/:id', (request, response, next) => void sendFile(deps, request, response).catch(next));
  routes.get('/files/:id/:form', (request, response, next) => void sendForm(deps, request, response).catch(next));
  return routes;
}

/** A form of the library sends it, so that the browser writes the file as it comes and no page holds it. */
async function sendArchive(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await requireIdentity(deps, request);
  assetOwner(actor);
  const form = new URLSearchParams((await readBodyBytes(request, FORM_BYTES_MAX)).toString('utf8'));
  const input = archiveAssetsInput.safeParse({ ids: (form.get('ids') ?? '').split(',').filter(Boolean), recipe: form.get('recipe') === 'yes' });
  if (!input.success)
    throw new AppError('invalid_input', { message: 'The files to download could not be read.', remedy: 'Select up to 500 files.', field: 'ids' });
  const { fileName, files } = await archiveAssets(deps, actor, input.data);
  response.set({
    'cache-control': 'private, no-store',
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${fileName}"`,
  });
  await pipeline(Readable.from(zipStream(files), { objectMode: false, highWaterMark: 1 }), response).catch((error: unknown) => {
    // A browser that goes away has what it wanted, or asks again.
    if (!isGoneClient(error)) throw error;
  });
}

const isGoneClient = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** The sender is known before a byte of the file is read. */
async function takeFile(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await requireIdentity(deps, request);
  assetOwner(actor);
  const file = await readBodyBytes(request, UPLOAD_BYTES_MAX);
  response.status(201).json(await uploadPicture(deps, actor, file));
}

async function sendFile(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const { asset, until } = await readableAsset(deps, request);
  sendLasting(request, response, { ...(await readAssetFile(deps, asset)), maxAgeSeconds: ageOf(deps, until) });
}

async function sendForm(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const { asset, until } = await readableAsset(deps, request);
  const form = request.params['form'];
  if (form === 'download') {
    // How it was made is the owner's to tell.
    const recipe = until === null && request.query['recipe'] !== 'no';
    const { bytes, mediaType, fileName } = await downloadAsset(deps, asset, { recipe });
    response.set({ 'cache-control': 'private, no-store', 'content-type': mediaType, 'content-disposition': `attachment; filename="${fileName}"` });
    response.end(bytes);
    return;
  }
  const width = PREVIEW_WIDTHS.find((each) => String(each) === form);
  if (width === undefined) throw noSuchFile();
  const preview = await readPreview(deps, { sha256: asset.sha256, width });
  sendLasting(request, response, { ...preview, mediaType: 'image/webp', maxAgeSeconds: ageOf(deps, until) });
}

/** What the request may read: a file of the person's own, or one whose address is signed. */
async function readableAsset(deps: RouteDeps, request: Request): Promise<ReadableAsset> {
  const id = idOf(request);
  const { until, signer, signature } = request.query;
  if (signature === undefined) return findReadableAsset(deps, await requireIdentity(deps, request), { id, signed: undefined });
  if (typeof until !== 'string' || typeof signer !== 'string' || typeof signature !== 'string') throw noSuchFile();
  return findReadableAsset(deps, { kind: 'anonymous' }, { id, signed: { until, signer, signature } });
}

/** A year, because the bytes never change; for a signed address, what is left of it. */
function ageOf({ now }: Pick<Deps, 'now'>, until: Date | null): number {
  return until ? Math.max(0, Math.floor((until.getTime() - now().getTime()) / 1000)) : YEAR_SECONDS;
}

interface LastingFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly sha256: string;
  readonly maxAgeSeconds: number;
}

function sendLasting(request: Request, response: Response, { bytes, mediaType, sha256, maxAgeSeconds }: LastingFile): void {
  response.set({ 'cache-control': `private, max-age=${maxAgeSeconds}, immutable`, etag: `"${sha256}"`, 'content-type': mediaType, vary: 'cookie' });
  response.set('accept-ranges', 'bytes');
  // Express compares the validators and answers 304.
  if (request.fresh) response.status(304).end();
  else sendPart(request, response, { bytes, sha256 });
}

/** The part that a player asks for (RFC 9110, 14). Several parts, and a part of another version, get the whole file. */
function sendPart(request: Request, response: Response, { bytes, sha256 }: Pick<LastingFile, 'bytes' | 'sha256'>): void {
  const ifRange = request.get('if-range');
  const ranges = ifRange === undefined || ifRange === `"${sha256}"` ? request.range(bytes.length) : undefined;
  if (ranges === -1) return void response.status(416).set('content-range', `bytes */${bytes.length}`).end();
  const [part] = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges : [];
  if (!part) return void response.set('content-length', String(bytes.length)).end(bytes);
  response
    .status(206)
    .set({ 'content-range': `bytes ${part.start}-${part.end}/${bytes.length}`, 'content-length': String(part.end - part.start + 1) });
  return void response.end(bytes.subarray(part.start, part.end + 1));
}

function idOf(request: Request): AssetId {
  const id = assetId.safeParse(request.params['id']);
  if (!id.success) throw noSuchFile();
  return id.data;
}

const noSuchFile = () => new AppError('not_found', { message: 'There is no such file.', remedy: 'Check the address.' });
