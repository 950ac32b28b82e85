import type { Deps } from '#server/deps.ts';
import type { VisitorLimits } from '#server/limits/visitor-limits.ts';
import { followShortLink } from '#server/use-cases/studio/short-links/follow-short-link.ts';
import { AppError } from '#shared/errors.ts';
import type { Request, RequestHandler, Response } from 'express';
import { sendError } from './errors.ts';
import { takeRates } from './rate-limits.ts';
import { isFollowedLink, sendErrorPage } from './unavailable-page.ts';

type RouteDeps = Pick<Deps, 'db' | 'pool' | 'now' | 'caches'>;

const PREFIX = '/s/';
const CODE = /^[0-9A-Za-z_-]{8,32}$/;

/**
 * `/s/<code>`: redirects to what a short link leads to on this server. A link that is remembered is answered without the database; any other request counts
 * against the visitor's rate. Nobody may keep the answer, so that a link ends when it ends. 404 and 410 are pages that say why.
 */
export function shortLinks(deps: RouteDeps, limits: VisitorLimits): RequestHandler {
  return (request, response, next) => {
    if (!request.url.startsWith(PREFIX)) return next();
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const code = request.path.slice(PREFIX.length);
    const known = deps.caches.shortLinks.peek(code, deps.now().getTime());
    if (!known) return void follow(deps, limits, { request, response, code }).catch(next);
    return redirect(deps, { request, response, code, location: known.location });
  };
}

async function follow(deps: RouteDeps, limits: VisitorLimits, { request, response, code }: Followed): Promise<void> {
  try {
    await takeRates(limits, ['detail'], { request, response });
    if (!CODE.test(code)) throw new AppError('not_found', { message: 'There is no such short link.', remedy: 'Check the address.' });
    redirect(deps, { request, response, code, location: await followShortLink(deps, code) });
  } catch (error) {
    const isEnded = error instanceof AppError && (error.code === 'not_found' || error.code === 'gone');
    if (!isEnded) throw error;
    if (isFollowedLink(request)) sendErrorPage(response, error, error.code === 'gone' ? 'This link has ended' : 'There is no such link');
    else sendError(response, error);
  }
}

interface Followed {
  readonly request: Request;
  readonly response: Response;
  readonly code: string;
}

/** Only a GET counts: programs look at links by HEAD. */
function redirect(deps: RouteDeps, { request, response, code, location }: Followed & { readonly location: string }): void {
  if (request.method === 'GET') deps.caches.shortLinks.countClick(deps.db, code);
  response.writeHead(302, { location, 'cache-control': 'no-store', 'content-length': 0 });
  response.end();
}
