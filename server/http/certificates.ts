import { depsOfPages } from '#server/deps.ts';
import type { Deps } from '#server/deps.ts';
import { exportLedger } from '#server/use-cases/playlists/export-ledger.ts';
import { issueCertificate } from '#server/use-cases/playlists/issue-certificate.ts';
import { ledgerExportInput } from '#shared/contracts/playlists/certificate.ts';
import { certificateInput } from '#shared/contracts/playlists/network.ts';
import { certificateText } from '#shared/domain/playlists/certificate.ts';
import { AppError } from '#shared/errors.ts';
import { Router } from 'express';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { requireIdentity } from './request-identity.ts';

type RouteDeps = Pick<Deps, 'db' | 'pages' | 'stream' | 'now' | 'newId' | 'settings'>;

/** `/certificates/<playlist>/<day>.json`, public, and `/ledger.ndjson?from=&to=`, operator only. Together they verify a list offline. */
export function certificateRoutes(deps: RouteDeps): Router {
  const routes = Router();
  routes.get('/certificates/:index/:day.json', (request, response, next) => void sendCertificate(deps, request, response).catch(next));
  routes.get('/ledger.ndjson', (request, response, next) => void sendLedger(deps, request, response).catch(next));
  return routes;
}

async function sendCertificate(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const parsed = certificateInput.safeParse({ index: Number(request.params['index']), day: request.params['day'] });
  if (!parsed.success)
    throw new AppError('not_found', { message: 'There is no such certificate.', remedy: 'Use /certificates/<number>/<YYYY-MM-DD>.json.' });
  const certificate = await issueCertificate(deps, parsed.data);
  const { index, day } = parsed.data;
  response.set({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="segue-${index}-${day}.json"` });
  response.type('application/json').send(certificateText(certificate));
}

async function sendLedger(deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await requireIdentity(deps, request);
  const days = ledgerExportInput.safeParse({ from: request.query['from'], to: request.query['to'] });
  if (!days.success) {
    const remedy = 'Use /ledger.ndjson?from=YYYY-MM-DD&to=YYYY-MM-DD.';
    throw new AppError('invalid_input', { message: 'The days of the ledger are missing or invalid.', remedy, field: 'from' });
  }
  const { from, to } = days.data;
  const lines = exportLedger(depsOfPages(deps, 'operator'), actor, { from, to });
  // Produced before the response starts, so that an error can still set the status code.
  const first = await lines.next();
  response.set({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="segue-ledger-${from}-${to}.ndjson"` });
  response.type('application/x-ndjson');
  await pipeline(Readable.from(withFirst(first.value, lines)), response);
}

async function* withFirst(first: string | undefined, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (first !== undefined) yield first;
  yield* rest;
}
