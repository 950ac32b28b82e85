import type { Deps } from '#server/deps.ts';
import { readCoverFile } from '#server/use-cases/covers/network/read-cover-file.ts';
import { Router } from 'express';
import type { Request, Response } from 'express';

type RouteDeps = Pick<Deps, 'db' | 'assets'>;

/** `/playlist-covers/<SHA-256>/<side>`: the cover of a playlist of the network, for anybody. Its bytes never change, so every cache may keep them. */
export function playlistCoverRoutes(deps: RouteDeps): Router {
  const routes = Router();
  routes.get('/playlist-covers/:sha256/:side', (request, response, next) => void sendCover(deps, request, response).catch(next));
  return routes;
}

async function sendCover(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const [sha256, side] = [String(request.params['sha256']), String(request.params['side'])];
  const { bytes, mediaType } = await readCoverFile(deps, { sha256, side });
  response.set({ 'cache-control': 'public, max-age=31536000, immutable', etag: `"${sha256}-${side}"`, 'content-type': mediaType });
  if (request.fresh) response.status(304).end();
  else response.end(bytes);
}
