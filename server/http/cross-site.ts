import type { Settings } from '#server/deps.ts';
import { AppError } from '#shared/errors.ts';
import type { Request, RequestHandler } from 'express';
import { sendError } from './errors.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const METHODS_ALLOWED = 'GET, POST';
const HEADERS_ALLOWED = 'content-type, x-admin-api-key, trpc-accept, last-event-id';
/** Chromium forgets a preflight after two hours anyway; ten minutes keep a changed setting from lingering. */
const PREFLIGHT_SECONDS = '600';

type Origins = Pick<Settings, 'publicUrl' | 'allowedOrigins'>;

/**
 * Lets other origins read and change only when they are in ALLOWED_ORIGINS, and never says `*`. Every method but GET, HEAD and OPTIONS
 * must come from our own pages, an allowed origin, or something that is not a browser; the content type does not matter.
 */
export function guardOrigins(settings: Origins): RequestHandler {
  const allowed = new Set(settings.allowedOrigins);
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary('Origin');
    const isAllowed = origin !== undefined && allowed.has(origin);
    if (isAllowed)
      response.set({
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'x-request-id',
      });
    if (request.method === 'OPTIONS' && isAllowed) {
      response.set({
        'access-control-allow-methods': METHODS_ALLOWED,
        'access-control-allow-headers': HEADERS_ALLOWED,
        'access-control-max-age': PREFLIGHT_SECONDS,
      });
      return response.status(204).end();
    }
    if (SAFE_METHODS.has(request.method) || isAllowed || isOwn(request, settings.publicUrl)) return next();
    return sendError(
      response,
      new AppError('forbidden', {
        message: 'Another site asked for this change.',
        remedy: 'Do it from a page of this house, or have its origin added to ALLOWED_ORIGINS.',
      }),
    );
  };
}

/** The check of Go's CrossOriginProtection, stricter in one point: `none` (typed into the address bar) never changes anything either. */
function isOwn(request: Request, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (origin === publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
