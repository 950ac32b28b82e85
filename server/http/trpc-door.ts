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
/** A paste of albums may be 5 MB; the room above lets the use-case refuse a larger one in its own words. */
const INTAKE_BODY_BYTES_MAX = 6 * 1024 * 1024;
const INTAKE = 'intake.submit';
/** No procedure of ours has a longer name, and an error repeats it. */
const NAME_LENGTH_MAX = 100;
const PROCEDURES = /^\/trpc\/([A-Za-z]\w*(?:\.[A-Za-z]\w*)*(?:,[A-Za-z]\w*(?:\.[A-Za-z]\w*)*)*)$/;

const BATCH_REFUSED = new AppError('invalid_input', {
  message: `A batch holds at most ${BATCH_MAX} calls and says batch=1.`,
  remedy: 'Send smaller batches.',
});

/**
 * tRPC at exactly `/trpc/<procedure[,procedure…]>`. No body parser may stand in front of it: `maxBodySize` counts the stream itself.
 * What is not a batch of at most ten JSON calls is refused before anything of it is looked up.
 */
export function trpcDoor(deps: Deps): RequestHandler {
  const handlerWith = (maxBodySize: number): RequestHandler =>
    createExpressMiddleware({
      router: appRouter,
      maxBatchSize: BATCH_MAX,
      maxBodySize,
      // A question that does not fit into an address, a draft policy say, comes in a body.
      allowMethodOverride: true,
      createContext: ({ req, res }) => createRequestContext(deps, req, res),
      responseMeta: ({ errors }) => ({ headers: answerHeaders(errors) }),
    });
  const [ordinary, forIntake] = [handlerWith(BODY_BYTES_MAX), handlerWith(INTAKE_BODY_BYTES_MAX)];
  return (request, response, next) => {
    const called = PROCEDURES.exec(request.path)?.[1]?.split(',');
    if (!called || called.some((name) => name.length > NAME_LENGTH_MAX)) return refuseName(request, response);
    const bytesMax = called.includes(INTAKE) ? INTAKE_BODY_BYTES_MAX : BODY_BYTES_MAX;
    const refusal = refusalOf(request, called, bytesMax);
    if (refusal) return sendError(response, refusal.error, refusal.status);
    return (bytesMax === INTAKE_BODY_BYTES_MAX ? forIntake : ordinary)(request, response, next);
  };
}

function refuseName(request: Request, response: Response): void {
  // A comma, encoded or not, says that a batch was meant.
  if (/,|%2c/i.test(request.path)) return sendError(response, BATCH_REFUSED);
  return sendError(
    response,
    new AppError('not_found', { message: 'There is no procedure at this address.', remedy: 'Procedures are called at /trpc/<name>.' }),
  );
}

function refusalOf(request: Request, called: readonly string[], bytesMax: number): { error: AppError; status: number } | undefined {
  if (request.method !== 'GET' && request.method !== 'POST') {
    return {
      status: 405,
      error: new AppError('invalid_input', {
        message: 'Procedures answer to GET and POST only.',
        remedy: 'Use GET for questions and POST for changes.',
      }),
    };
  }
  const isBatch = request.query['batch'] === '1';
  if (called.length > (isBatch ? BATCH_MAX : 1)) {
    return { status: 400, error: BATCH_REFUSED };
  }
  if (request.method === 'POST' && !isJson(request)) {
    return { status: 415, error: new AppError('invalid_input', { message: 'Only application/json is understood here.', remedy: 'Send JSON.' }) };
  }
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) {
    return { status: 413, error: new AppError('too_large', { message: 'The request is too large.', remedy: 'Send less at once.' }) };
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

function answerHeaders(errors: readonly { cause?: unknown }[]): Headers {
  // tRPC writes its own Vary over ours.
  const headers = new Headers({ 'cache-control': 'no-store', vary: 'Origin' });
  const waits = errors.flatMap(({ cause }) => (cause instanceof AppError && cause.retryAfterMs !== undefined ? [cause.retryAfterMs] : []));
  if (waits.length > 0) headers.set('retry-after', String(Math.ceil(Math.max(...waits) / 1000)));
  return headers;
}
