import type { Deps } from '#server/deps.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { downloadAsset } from '#server/use-cases/studio/files/download-asset.ts';
import { readPreview } from '#server/use-cases/studio/files/read-preview.ts';
import { readAsset } from '#server/use-cases/studio/read-asset.ts';
import { PREVIEW_WIDTHS } from '#shared/domain/studio/preview-widths.ts';
import { uploadPicture } from '#server/use-cases/studio/upload-picture.ts';
import { assetId } from '#shared/ids.ts';
import type { AssetId } from '#shared/ids.ts';
import { AppError } from '#shared/errors.ts';
import { Router } from 'express';
import type { Request, Response } from 'express';
import { readBodyBytes } from './body-bytes.ts';
import { requireIdentity } from './request-identity.ts';

type RouteDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'settings' | 'assets' | 'coverFiles' | 'models'>;

/** As many bytes as the decoder is given. */
const UPLOAD_BYTES_MAX = 10_000_000;

/**
 * `POST /files` stores a picture of the person who is signed in. `/files/<id>`: one of theirs; `/files/<id>/<width>`: a small version; `/files/<id>/download`: with its recipe, to keep. The
 * bytes of the first two never change, so a browser keeps them, but no cache that others share does.
 */
export function fileRoutes(deps: RouteDeps): Router {
  const routes = Router();
  routes.post('/files', (request, response, next) => void takeFile(deps, request, response).catch(next));
  routes.get('/files/:id', (request, response, next) => void sendFile(deps, request, response).catch(next));
  routes.get('/files/:id/:form', (request, response, next) => void sendForm(deps, request, response).catch(next));
  return routes;
}

/** The sender is known before a byte of the file is read. */
async function takeFile(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await requireIdentity(deps, request);
  assetOwner(actor);
  const file = await readBodyBytes(request, UPLOAD_BYTES_MAX);
  response.status(201).json(await uploadPicture(deps, actor, file));
}

async function sendFile(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await requireIdentity(deps, request);
  const { bytes, mediaType, sha256 } = await readAsset(deps, actor, idOf(request));
  sendLasting(request, response, { bytes, mediaType, sha256 });
}

async function sendForm(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await requireIdentity(deps, request);
  const id = idOf(request);
  const form = request.params['form'];
  if (form === 'download') {
    const { bytes, mediaType, fileName } = await downloadAsset(deps, actor, id);
    response.set({ 'cache-control': 'private, no-store', 'content-type': mediaType, 'content-disposition': `attachment; filename="${fileName}"` });
    response.end(bytes);
    return;
  }
  const width = PREVIEW_WIDTHS.find((each) => String(each) === form);
  if (width === undefined) throw noSuchFile();
  const preview = await readPreview(deps, actor, { id, width });
  sendLasting(request, response, { ...preview, mediaType: 'image/webp' });
}

interface LastingFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly sha256: string;
}

function sendLasting(request: Request, response: Response, { bytes, mediaType, sha256 }: LastingFile): void {
  response.set({ 'cache-control': 'private, max-age=31536000, immutable', etag: `"${sha256}"`, 'content-type': mediaType, vary: 'cookie' });
  // Express compares the validators and answers 304.
  if (request.fresh) response.status(304).end();
  else response.end(bytes);
}

function idOf(request: Request): AssetId {
  const id = assetId.safeParse(request.params['id']);
  if (!id.success) throw noSuchFile();
  return id.data;
}

const noSuchFile = () => new AppError('not_found', { message: 'There is no such file.', remedy: 'Check the address.' });
