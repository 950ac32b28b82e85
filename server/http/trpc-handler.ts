import type { Deps } from '#server/deps.ts';
import { appRouter } from '#server/routers/index.ts';
import type { RequestContext } from '#server/trpc.ts';
import { AppError } from '#shared/errors.ts';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import type { Request, RequestHandler, Response } from 'express';
import { writeCookie } from './cookies.ts';
import { requestIdOf, sendError } from './errors.ts';
import { clientAddress, identifyRequest } from './request-identity.ts';

const BATCH_MAX = 10;
const BODY_BYTES_MAX = 1_000_000;
/** An import may be 5 MB. The margin lets the use case reject a larger one with its own message. */
const IMPORT_BODY_BYTES_MAX = 6 * 1024 * 1024;
const IMPORT_PROCEDURE = 'catalog.submitImport';
/** No procedure has a longer name, and error responses repeat the name. */
const NAME_LENGTH_MAX = 100;
const PROCEDURES = /^\/trpc\/([A-Za-z]\w*(?:\.[A-Za-z]\w*)*(?:,[A-Za-z]\w*(?:\.[A-Za-z]\w*)*)*)$/;

const BATCH_REFUSED = new AppError('invalid_input', {
  message: `A batch can have at most ${BATCH_MAX} calls and needs batch=1.`,
  remedy: 'Send smaller batches.',
});

/**
 * Serves tRPC at exactly `/trpc/<procedure[,procedure…]>`. No body parser may run before it, because `maxBodySize` counts the raw stream.
 * Anything but JSON calls in batches of at most ten is rejected before any procedure is resolved.
 */
export function trpcHandler(deps: Deps): RequestHandler {
  const handlerWith = (maxBodySize: number): RequestHandler =>
    createExpressMiddleware({
      router: appRouter,
      maxBatchSize: BATCH_MAX,
      maxBodySize,
      // Queries that do not fit into a URL, such as a draft policy, are sent as POST.
      allowMethodOverride: true,
      createContext: ({ req, res }) => createRequestContext(deps, req, res),
      responseMeta: ({ errors }) => ({ headers: responseHeaders(errors) }),
    });
  const [ordinary, forImport] = [handlerWith(BODY_BYTES_MAX), handlerWith(IMPORT_BODY_BYTES_MAX)];
  return (request, response, next) => {
    const procedures = PROCEDURES.exec(request.path)?.[1]?.split(',');
    if (!procedures || procedures.some((name) => name.length > NAME_LENGTH_MAX)) return rejectName(request, response);
    const bytesMax = procedures.includes(IMPORT_PROCEDURE) ? IMPORT_BODY_BYTES_MAX : BODY_BYTES_MAX;
    const refusal = refusalOf(request, procedures, bytesMax);
    if (refusal) return sendError(response, refusal.error, refusal.status);
    return (bytesMax === IMPORT_BODY_BYTES_MAX ? forImport : ordinary)(request, response, next);
  };
}

function rejectName(request: Request, response: Response): void {
  // A comma, encoded or not, means that a batch was intended.
  if (/,|%2c/i.test(request.path)) return sendError(response, BATCH_REFUSED);
  return sendError(
    response,
    new AppError('not_found', { message: 'There is no procedure at this address.', remedy: 'Procedures are called at /trpc/<name>.' }),
  );
}

function refusalOf(request: Request, procedures: readonly string[], bytesMax: number): { error: AppError; status: number } | undefined {
  if (request.method !== 'GET' && request.method !== 'POST') {
    return {
      status: 405,
      error: new AppError('invalid_input', {
        message: 'Procedures accept only GET and POST.',
        remedy: 'Use GET for queries and POST for mutations.',
      }),
    };
  }
  const isBatch = request.query['batch'] === '1';
  if (procedures.length > (isBatch ? BATCH_MAX : 1)) {
    return { status: 400, error: BATCH_REFUSED };
  }
  if (request.method === 'POST' && !isJson(request)) {
    return { status: 415, error: new AppError('invalid_input', { message: 'Only application/json is accepted.', remedy: 'Send JSON.' }) };
  }
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) {
    return { status: 413, error: new AppError('too_large', { message: 'The request is too large.', remedy: 'Send a smaller request.' }) };
  }
  return undefined;
}

function isJson(request: Request): boolean {
  return request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

async function createRequestContext(deps: Deps, request: Request, response: Response): Promise<RequestContext> {
  const { publicUrl } = deps.settings;
  return {
    deps,
    ...(await identifyRequest(deps, request)),
    clientAddress: clientAddress(request),
    requestId: requestIdOf(response),
    cookies: {
      setSession: ({ secret, expiresAt }) => writeCookie(response, publicUrl, { name: 'sid', value: secret, expires: expiresAt }),
      clearSession: () => writeCookie(response, publicUrl, { name: 'sid', value: '', expires: undefined }),
    },
  };
}

function responseHeaders(errors: readonly { cause?: unknown }[]): Headers {
  // tRPC overwrites the Vary header, so it is set again here.
  const headers = new Headers({ 'cache-control': 'no-store', vary: 'Origin' });
  const retryDelays = errors.flatMap(({ cause }) => (cause instanceof AppError && cause.retryAfterMs !== undefined ? [cause.retryAfterMs] : []));
  if (retryDelays.length > 0) headers.set('retry-after', String(Math.ceil(Math.max(...retryDelays) / 1000)));
  return headers;
}
