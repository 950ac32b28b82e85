import type { Deps } from '#server/deps.ts';
import { exportSavedList } from '#server/use-cases/discovery/lists/export-saved-list.ts';
import { LIST_FORMATS } from '#shared/contracts/discovery/export-list.ts';
import { AppError } from '#shared/errors.ts';
import { savedPlaylistId } from '#shared/ids.ts';
import { Router } from 'express';
import type { Request, Response } from 'express';
import { requireIdentity } from '#server/http/request-identity.ts';

type RouteDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>;

/** `/lists/<saved playlist>/<csv | jspf | text>`: a saved playlist of the person who is signed in, as a file to keep. */
export function listFileRoutes(deps: RouteDeps): Router {
  const routes = Router();
  routes.get('/lists/:savedId/:format', (request, response, next) => void sendList(deps, request, response).catch(next));
  return routes;
}

async function sendList(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await requireIdentity(deps, request);
  const id = savedPlaylistId.safeParse(request.params['savedId']);
  const format = LIST_FORMATS.find((one) => one === request.params['format']);
  if (!id.success || !format)
    throw new AppError('not_found', { message: 'There is no such list.', remedy: 'Use /lists/<id of a saved playlist>/csv, jspf or text.' });
  const { fileName, mediaType, text } = await exportSavedList(deps, actor, { savedId: id.data, format });
  response.set({ 'cache-control': 'private, no-store', 'content-type': mediaType, 'content-disposition': attachment(fileName) });
  response.send(text);
}

/** A name in any script (RFC 6266), and one of plain letters for what cannot read that. */
function attachment(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]/g, '').replace(/^(?=\.)/, 'playlist');
  return `attachment; filename="${plain.replaceAll('"', '')}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}
