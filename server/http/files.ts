import type { Deps } from '#server/deps.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { archiveAssets } from '#server/use-cases/studio/files/archive-assets.ts';
import { downloadAsset, fileNameOf } from '#server/use-cases/studio/files/download-asset.ts';
import { findReadableAsset } from '#server/use-cases/studio/files/find-readable-asset.ts';
import type { ReadableAsset } from '#server/use-cases/studio/files/find-readable-asset.ts';
import { readAssetPart } from '#server/use-cases/studio/files/read-asset-part.ts';
import { readPreview } from '#server/use-cases/studio/files/read-preview.ts';
import { PREVIEW_WIDTHS } from '#shared/domain/studio/preview-widths.ts';
import { uploadPicture } from '#server/use-cases/studio/upload-picture.ts';
import { archiveAssetsInput } from '#shared/contracts/studio/library/assets.ts';
import { assetId } from '#shared/ids.ts';
import type { AssetId } from '#shared/ids.ts';
import { AppError } from '#shared/errors.ts';
import { Router } from 'express';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { readBodyBytes } from './body-bytes.ts';
import { requireIdentity } from './request-identity.ts';
import { sendAssetFile, sendLasting, sendStream } from './sending/send-file.ts';
import { zipStream } from './sending/zip-stream.ts';

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
  await sendStream(request, response, Readable.from(zipStream(files), { objectMode: false, highWaterMark: 1 }));
}

/** The sender is known before a byte of the file is read. */
async function takeFile(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await requireIdentity(deps, request);
  assetOwner(actor);
  const file = await readBodyBytes(request, UPLOAD_BYTES_MAX);
  response.status(201).json(await uploadPicture(deps, actor, file));
}

async function sendFile(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const { asset, until } = await readableAsset(deps, request);
  await sendAssetFile(deps, { request, response }, { asset, maxAgeSeconds: ageOf(deps, until) });
}

async function sendForm(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const { asset, until } = await readableAsset(deps, request);
  const form = request.params['form'];
  if (form === 'download') {
    // How it was made is the owner's to tell.
    const recipe = until === null && request.query['recipe'] !== 'no';
    if (asset.mediaType.startsWith('video/')) {
      const stream = await readAssetPart(deps, asset, { start: 0, end: asset.bytes - 1 });
      response.set({ ...attachment({ mediaType: asset.mediaType, fileName: fileNameOf(asset) }), 'content-length': String(asset.bytes) });
      await sendStream(request, response, stream);
      return;
    }
    const { bytes, ...facts } = await downloadAsset(deps, asset, { recipe });
    response.set(attachment(facts)).end(bytes);
    return;
  }
  const width = PREVIEW_WIDTHS.find((each) => String(each) === form);
  if (width === undefined) throw noSuchFile();
  const preview = await readPreview(deps, { sha256: asset.sha256, width });
  sendLasting(request, response, { ...preview, mediaType: 'image/webp', maxAgeSeconds: ageOf(deps, until) });
}

const attachment = ({ mediaType, fileName }: { readonly mediaType: string; readonly fileName: string }) => ({
  'cache-control': 'private, no-store',
  'content-type': mediaType,
  'content-disposition': `attachment; filename="${fileName}"`,
});

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

function idOf(request: Request): AssetId {
  const id = assetId.safeParse(request.params['id']);
  if (!id.success) throw noSuchFile();
  return id.data;
}

const noSuchFile = () => new AppError('not_found', { message: 'There is no such file.', remedy: 'Check the address.' });
