import type { Settings } from '#server/deps.ts';
import { AppError } from '#shared/errors.ts';
import type { Request, RequestHandler } from 'express';
import { sendError } from './errors.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const METHODS_ALLOWED = 'GET, POST';
const HEADERS_ALLOWED = 'content-type, x-admin-api-key, trpc-accept, last-event-id';
/** Ten minutes: short enough for a changed setting to take effect soon. Chromium caps it at two hours. */
const PREFLIGHT_SECONDS = '600';

type Origins = Pick<Settings, 'publicUrl' | 'allowedOrigins'>;

/**
 * CORS and CSRF protection. Only origins in ALLOWED_ORIGINS get CORS headers, never `*`. Every method except GET, HEAD and OPTIONS must come from
 * Segue's own pages, an allowed origin, or a client that is not a browser, whatever the content type.
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
        'access-control-expose-headers': 'x-request-id, retry-after, ratelimit, ratelimit-policy',
      });
    if (request.method === 'OPTIONS' && isAllowed) {
      response.set({
        'access-control-allow-methods': METHODS_ALLOWED,
        'access-control-allow-headers': HEADERS_ALLOWED,
        'access-control-max-age': PREFLIGHT_SECONDS,
      });
      return response.status(204).end();
    }
    if (SAFE_METHODS.has(request.method) || isAllowed || isSameOrigin(request, settings.publicUrl)) return next();
    return sendError(
      response,
      new AppError('forbidden', {
        message: 'This change was requested by another website.',
        remedy: 'Make the change on a page of Segue, or ask the operator to add the website to ALLOWED_ORIGINS.',
      }),
    );
  };
}

/** The check of Go's CrossOriginProtection, but stricter: `none` (typed into the address bar) is rejected too. */
function isSameOrigin(request: Request, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (origin === publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
