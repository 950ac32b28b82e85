import type { Deps } from '#server/deps.ts';
import compression from 'compression';
import express from 'express';
import type { Express, RequestHandler } from 'express';
import { guardOrigins } from './http/cross-site.ts';
import { certificateRoutes } from './http/certificates.ts';
import { answerErrors, answerNotFound } from './http/errors.ts';
import { healthRoutes } from './http/health.ts';
import { refuseBadAddress } from './http/limits.ts';
import { securityHeaders } from './http/security-headers.ts';
import { spotifySignInRoutes } from './http/spotify-sign-in.ts';
import { trpcDoor } from './http/trpc-door.ts';
import { webPages } from './http/web-pages.ts';

export interface AppOptions {
  /** Folder of the built SPA. */
  readonly webRoot?: string;
  /** The development server instead of a built SPA. */
  readonly viteMiddleware?: RequestHandler;
  /** True when a proxy of ours stands in front: then, and only then, the address it forwards counts as the client's. */
  readonly trustProxy?: boolean;
  /** True once shutdown has begun: readiness fails, so that a balancer stops sending. */
  readonly isDraining?: () => boolean;
}

/** The HTTP house: every answer carries the same headers and every refusal the same form. Holds no state another process would need. */
export function createApp(deps: Deps, options: AppOptions = {}): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  // One hop: what is further left in X-Forwarded-For is the client's own invention.
  app.set('trust proxy', options.trustProxy ? 1 : false);
  app.use(securityHeaders(deps.settings.publicUrl, options.viteMiddleware !== undefined));
  app.use(nameRequest(deps));
  app.use(guardOrigins(deps.settings));
  app.use(refuseBadAddress);
  app.use(
    compression({ filter: (request, response) => !isEventStream(response.getHeader('content-type')) && compression.filter(request, response) }),
  );
  app.use(healthRoutes(deps, options.isDraining ?? (() => false)));
  app.use(spotifySignInRoutes(deps));
  app.use(certificateRoutes(deps));
  app.all('/trpc{/*procedures}', trpcDoor(deps));
  if (options.viteMiddleware) app.use(options.viteMiddleware);
  if (options.webRoot !== undefined) app.use(webPages(options.webRoot));
  app.use(answerNotFound);
  app.use(answerErrors(deps));
  return app;
}

function nameRequest(deps: Pick<Deps, 'newId'>): RequestHandler {
  return (_request, response, next) => {
    response.set('x-request-id', deps.newId());
    next();
  };
}

function isEventStream(contentType: unknown): boolean {
  return String(contentType).startsWith('text/event-stream');
}
