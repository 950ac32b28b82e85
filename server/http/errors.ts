import type { Deps } from '#server/deps.ts';
import { HTTP_STATUS, UNEXPECTED, publicAppError } from './public-error.ts';
import { AppError } from '#shared/errors.ts';
import type { PublicError } from '#shared/contracts/auth/sign-in.ts';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';

/** The id under which this request stands in the log; set by the first handler of the app. */
export function requestIdOf(response: Response): string {
  return String(response.getHeader('x-request-id') ?? '');
}

/** Answers with the one error form of this house. `status` overrides what the code means, for protocol refusals such as 414. */
export function sendError(response: Response, error: AppError, status: number = HTTP_STATUS[error.code]): void {
  if (error.retryAfterMs !== undefined) response.set('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  send(response, status, publicAppError(error, requestIdOf(response)));
}

/** For every address that nobody answered. */
export const answerNotFound: RequestHandler = (_request, response) => {
  sendError(
    response,
    new AppError('not_found', { message: 'There is nothing at this address.', remedy: 'Check the address, or begin at the front page.' }),
  );
};

/** The last handler: known errors in our words, unexpected ones logged and hidden. */
export function answerErrors(deps: Pick<Deps, 'log'>): ErrorRequestHandler {
  // oxlint-disable-next-line max-params -- Express tells error handlers by their four parameters.
  return (error: unknown, request: Request, response: Response, next) => {
    const known = knownError(error);
    if (!known) deps.log.error('unexpected failure at the door', { path: request.path, requestId: requestIdOf(response), error });
    // Half an answer is out: only cutting the connection tells the client that it is not whole.
    if (response.headersSent) return next(error);
    if (known) return sendError(response, known);
    return send(response, 500, { ...UNEXPECTED, field: null, retryAfterMs: null, requestId: requestIdOf(response) });
  };
}

function knownError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  // Express and its static files mark what the client did wrong with a 4xx status (an address that does not decode, for one).
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status === 404) return new AppError('not_found', { message: 'There is nothing at this address.', remedy: 'Check the address.' });
  if (status >= 400 && status < 500)
    return new AppError('invalid_input', { message: 'The request could not be read.', remedy: 'Check the address and send again.' });
  return undefined;
}

function send(response: Response, status: number, error: PublicError): void {
  response.status(status).set('cache-control', 'no-store').json({ error });
}
