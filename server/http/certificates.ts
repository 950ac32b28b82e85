import { depsOfPages } from '#server/deps.ts';
import type { Deps } from '#server/deps.ts';
import { publishSigningKeys } from '#server/use-cases/auth/signing/publish-signing-keys.ts';
import { exportLedger } from '#server/use-cases/playlists/export-ledger.ts';
import { issueCertificate } from '#server/use-cases/playlists/issue-certificate.ts';
import { publishLedger } from '#server/use-cases/playlists/publish-ledger.ts';
import { ledgerExportInput } from '#shared/contracts/playlists/ledger-export.ts';
import type { LedgerExportInput } from '#shared/contracts/playlists/ledger-export.ts';
import { certificateInput } from '#shared/contracts/playlists/network.ts';
import { certificateText } from '#shared/domain/playlists/certificate.ts';
import { AppError } from '#shared/errors.ts';
import { Router } from 'express';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { requireIdentity } from './request-identity.ts';

type RouteDeps = Pick<Deps, 'db' | 'pages' | 'stream' | 'now' | 'newId' | 'newSecret' | 'settings' | 'sealer' | 'signingSeed'>;

/** Public ledgers that one process sends at a time: each can be hundreds of megabytes. */
const PUBLIC_LEDGERS_MAX = 4;
const BUSY_RETRY_MS = 10_000;
/** A reader that takes longer is cut off, so that slow readers cannot keep others out for good. */
const PUBLIC_LEDGER_MS_MAX = 600_000;

/**
 * Public: `/certificates/<playlist>/<day>.json`, `/public-ledger.ndjson?from=&to=` and `/.well-known/segue-keys.json`. For the operator:
 * `/ledger.ndjson?from=&to=`. A certificate, one of the ledgers and a key verify a list offline.
 */
export function certificateRoutes(deps: RouteDeps): Router {
  const routes = Router();
  const sendPublicLedger = createPublicLedgerSender(deps);
  routes.get('/.well-known/segue-keys.json', (_request, response, next) => void sendKeys(deps, response).catch(next));
  routes.get('/certificates/:index/:day.json', (request, response, next) => void sendCertificate(deps, request, response).catch(next));
  routes.get('/public-ledger.ndjson', (request, response, next) => void sendPublicLedger(request, response).catch(next));
  routes.get('/ledger.ndjson', (request, response, next) => void sendLedger(deps, request, response).catch(next));
  return routes;
}

async function sendKeys(deps: RouteDeps, response: Response): Promise<void> {
  const keys = await publishSigningKeys(deps);
  response
    .set({ 'cache-control': 'no-store' })
    .type('application/json')
    .send(`${JSON.stringify(keys, null, 2)}\n`);
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
  const days = parseDays(request);
  await sendLines(exportLedger(depsOfPages(deps, 'operator'), actor, days), response, { name: `segue-ledger-${days.from}-${days.to}` });
}

/** Counts the public ledgers of this process; the count protects its memory and its event loop, so other processes do not need it. */
function createPublicLedgerSender(deps: RouteDeps) {
  let sending = 0;
  return async (request: Request, response: Response): Promise<void> => {
    const days = parseDays(request);
    if (sending >= PUBLIC_LEDGERS_MAX) {
      const remedy = 'Try again in ten seconds.';
      throw new AppError('rate_limited', { message: 'Too many public ledgers are being sent right now.', remedy, retryAfterMs: BUSY_RETRY_MS });
    }
    sending += 1;
    try {
      const signal = AbortSignal.timeout(PUBLIC_LEDGER_MS_MAX);
      await sendLines(publishLedger(depsOfPages(deps, 'public'), days), response, { name: `segue-public-ledger-${days.from}-${days.to}`, signal });
    } finally {
      sending -= 1;
    }
  };
}

/** Both days, each a day that exists. Throws `invalid_input` with the name of the wrong parameter. */
function parseDays(request: Request): LedgerExportInput {
  const days = ledgerExportInput.safeParse(request.query);
  if (days.success) return days.data;
  const [issue] = days.error.issues;
  const field = String((issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0]) ?? 'from');
  const message = `“${field}” ${issue?.code === 'unrecognized_keys' ? 'is not a parameter of the ledger' : issue?.message}.`;
  throw new AppError('invalid_input', { message, remedy: 'Use ?from=YYYY-MM-DD&to=YYYY-MM-DD.', field });
}

async function sendLines(
  lines: AsyncGenerator<string>,
  response: Response,
  { name, signal }: { readonly name: string; readonly signal?: AbortSignal },
): Promise<void> {
  // Produced before the response starts, so that an error can still set the status code: the head needs the key, the second line the rows.
  const begun = [await lines.next(), await lines.next()];
  response.set({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${name}.ndjson"` });
  response.type('application/x-ndjson');
  try {
    await pipeline(Readable.from(continued(begun, lines)), response, signal ? { signal } : {});
  } catch (error) {
    // The reader closed the connection: nothing failed here.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
  }
}

async function* continued(begun: readonly IteratorResult<string>[], rest: AsyncIterable<string>): AsyncGenerator<string> {
  for (const { done, value } of begun) if (!done) yield value;
  yield* rest;
}
