import { databaseUnavailable } from '#server/database/unavailable.ts';
import type { Deps } from '#server/deps.ts';
import { HTTP_STATUS, UNEXPECTED_ERROR, toPublicError } from './public-error.ts';
import { AppError } from '#shared/errors.ts';
import { isFollowedLink, sendUnavailablePage } from './unavailable-page.ts';
import type { PublicError } from '#shared/contracts/auth/sign-in.ts';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';

/** The request id used in the log; set by the app's first handler. */
export function requestIdOf(response: Response): string {
  return String(response.getHeader('x-request-id') ?? '');
}

/** Sends the standard error response. `status` overrides the code's own status, for protocol errors such as 414. */
export function sendError(response: Response, error: AppError, status: number = HTTP_STATUS[error.code]): void {
  if (error.retryAfterMs !== undefined) response.set('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  send(response, status, toPublicError(error, requestIdOf(response)));
}

/** Handles every request that no route matched. */
export const handleNotFound: RequestHandler = (_request, response) => {
  sendError(
    response,
    new AppError('not_found', { message: 'There is nothing at this address.', remedy: 'Check the address, or start at the home page.' }),
  );
};

/** The last handler: sends known errors; logs and hides unexpected ones. */
export function handleErrors(deps: Pick<Deps, 'log'>): ErrorRequestHandler {
  // oxlint-disable-next-line max-params -- Express recognizes error handlers by their four parameters.
  return (error: unknown, request: Request, response: Response, next) => {
    const known = knownError(error);
    if (known?.code === 'unavailable') deps.log.warn('a request failed because of the database', { path: request.path, error });
    if (!known) deps.log.error('unexpected failure in a request handler', { path: request.path, requestId: requestIdOf(response), error });
    // Part of the response was sent: closing the connection is the only way to signal that it is incomplete.
    if (response.headersSent) return next(error);
    if (known?.code === 'unavailable' && isFollowedLink(request)) return sendUnavailablePage(response, known);
    if (known) return sendError(response, known);
    return send(response, 500, { ...UNEXPECTED_ERROR, field: null, retryAfterMs: null, requestId: requestIdOf(response) });
  };
}

function knownError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  const unavailable = databaseUnavailable(error);
  if (unavailable) return unavailable;
  // Express marks client errors with a 4xx status, such as an address that cannot be decoded.
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status === 404) return new AppError('not_found', { message: 'There is nothing at this address.', remedy: 'Check the address.' });
  if (status >= 400 && status < 500)
    return new AppError('invalid_input', { message: 'The request could not be read.', remedy: 'Check the address and try again.' });
  return undefined;
}

function send(response: Response, status: number, error: PublicError): void {
  const isRpc = response.req.originalUrl.startsWith('/trpc/');
  response
    .status(status)
    .set('cache-control', 'no-store')
    .json({ error: isRpc ? rpcError(status, error) : error });
}

/** JSON-RPC's code for errors of the server, which tRPC's clients need to recognize an error. */
const RPC_SERVER_ERROR = -32_603;

/** The envelope in which a tRPC client expects an error, for requests that are refused before they reach tRPC. */
function rpcError(status: number, error: PublicError) {
  return { message: error.message, code: RPC_SERVER_ERROR, data: { code: error.code, httpStatus: status, error } };
}
