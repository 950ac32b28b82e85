import type { Deps } from '#server/deps.ts';
import { readAsset } from '#server/use-cases/studio/read-asset.ts';
import { assetId } from '#shared/ids.ts';
import { AppError } from '#shared/errors.ts';
import { Router } from 'express';
import type { Request, Response } from 'express';
import { requireIdentity } from './request-identity.ts';

type RouteDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'settings' | 'assets'>;

/** `/files/<id>`: a picture of the person who is signed in. Its bytes never change, so a browser keeps them, but no cache that others share does. */
export function fileRoutes(deps: RouteDeps): Router {
  const routes = Router();
  routes.get('/files/:id', (request, response, next) => void sendFile(deps, request, response).catch(next));
  return routes;
}

async function sendFile(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await requireIdentity(deps, request);
  const id = assetId.safeParse(request.params['id']);
  if (!id.success) throw new AppError('not_found', { message: 'There is no such file.', remedy: 'Check the address.' });
  const { bytes, mediaType, sha256 } = await readAsset(deps, actor, id.data);
  response.set({ 'cache-control': 'private, max-age=31536000, immutable', etag: `"${sha256}"`, 'content-type': mediaType, vary: 'cookie' });
  // Express compares the validators and answers 304.
  if (request.fresh) response.status(304).end();
  else response.end(bytes);
}
