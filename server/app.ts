import { depsOfPages } from '#server/deps.ts';
import type { Deps } from '#server/deps.ts';
import compression from 'compression';
import express from 'express';
import type { Express, Request, RequestHandler, Response } from 'express';
import { guardHosts } from './http/allowed-hosts.ts';
import { guardOrigins } from './http/cross-site.ts';
import { certificateRoutes } from './http/certificates.ts';
import { fileRoutes } from './http/files.ts';
import { maskFileRoutes } from './http/mask-files.ts';
import { listFileRoutes } from './http/lists/list-files.ts';
import { loraFileRoutes } from './http/lora-files.ts';
import { handleErrors, handleNotFound } from './http/errors.ts';
import { healthRoutes } from './http/health.ts';
import { refuseExcessConnections } from './http/connection-limits.ts';
import type { IsExcessConnection } from './http/connection-limits.ts';
import { limitRate } from './http/rate-limits.ts';
import { createRequestGate, gatePublic } from './http/request-gate.ts';
import { createVisitorLimits } from '#server/limits/visitor-limits.ts';
import { rejectInvalidUrl } from '#server/http/url-limits.ts';
import { playlistCoverRoutes } from './http/playlist-covers.ts';
import { securityHeaders } from './http/security-headers.ts';
import { sharedAnswers } from '#server/http/shared-answers/shared-answers.ts';
import { shortLinks } from './http/short-links.ts';
import { spotifySignInRoutes } from './http/spotify-sign-in.ts';
import { trpcHandler } from '#server/http/trpc-handler.ts';
import { webPages } from './http/web-pages.ts';

export interface AppOptions {
  /** Folder of the built SPA. */
  readonly webRoot?: string;
  /** Vite's development server, in place of a built SPA. */
  readonly viteMiddleware?: RequestHandler;
  /** True behind a trusted reverse proxy: only then is the forwarded address used as the client address. */
  readonly trustProxy?: boolean;
  /** True once shutdown has begun. Readiness then fails, so that a load balancer stops sending requests. */
  readonly isDraining?: () => boolean;
  /** Tells whether a connection is refused because its address has too many. Default: none is. */
  readonly isExcessConnection?: IsExcessConnection;
}

/** The Express app. Every response has the same security headers, every error the same format. Holds no state that another process would need. */
export function createApp(allDeps: Deps, options: AppOptions = {}): Express {
  const deps = depsOfPages(allDeps, 'public');
  const app = express();
  const gate = createRequestGate();
  const limits = createVisitorLimits(deps.db, deps.now);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  // One hop: entries further left in X-Forwarded-For are set by the client and cannot be trusted.
  app.set('trust proxy', options.trustProxy ? 1 : false);
  app.use(securityHeaders(deps.settings, options.viteMiddleware !== undefined));
  app.use(assignRequestId(deps));
  app.use(guardOrigins(deps.settings));
  app.use(rejectInvalidUrl);
  app.use(healthRoutes(deps, options.isDraining ?? (() => false)));
  app.use(guardHosts(deps.settings));
  if (options.isExcessConnection && !options.trustProxy) app.use(refuseExcessConnections(options.isExcessConnection));
  app.use(shortLinks(deps, limits));
  app.use(sharedAnswers(deps));
  app.use(compression({ filter: (request, response) => !isStream(request, response) && compression.filter(request, response) }));
  app.get(['/auth/spotify', '/auth/spotify/connect', '/auth/spotify/authorize'], limitRate(limits, 'sign-in'));
  app.post('/auth/spotify/reconnect', limitRate(limits, 'guess'));
  app.get('/certificates/:index/:file', limitRate(limits, 'detail'));
  app.get(['/ledger.ndjson', '/public-ledger.ndjson', '/lists/:savedId/:format'], limitRate(limits, 'export'));
  app.get(['/files/:id', '/files/:id/:form'], limitRate(limits, 'files'));
  app.post(['/files', '/files/masks'], limitRate(limits, 'vendors'));
  app.post('/files/archive', limitRate(limits, 'export'));
  app.post('/lora-files/:name', limitRate(limits, 'detail'));
  app.use(
    ['/auth', '/certificates', '/ledger.ndjson', '/public-ledger.ndjson', '/files', '/lists', '/lora-files', '/playlist-covers'],
    gatePublic(gate),
  );
  app.use(spotifySignInRoutes(deps));
  app.use(certificateRoutes(deps));
  app.use(fileRoutes(deps));
  app.use(maskFileRoutes(deps));
  app.use(listFileRoutes(deps));
  app.use(loraFileRoutes(deps));
  app.use(playlistCoverRoutes(deps));
  app.all('/trpc{/*procedures}', trpcHandler(deps, { gate, limits }));
  if (options.viteMiddleware) app.use(options.viteMiddleware);
  if (options.webRoot !== undefined) app.use(webPages(options.webRoot));
  app.use(handleNotFound);
  app.use(handleErrors(deps));
  return app;
}

function assignRequestId(deps: Pick<Deps, 'newId'>): RequestHandler {
  return (_request, response, next) => {
    response.set('x-request-id', deps.newId());
    next();
  };
}

/** Responses of which each part must arrive at once: compression would hold them back. */
function isStream(request: Request, response: Response): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream') || request.headers['trpc-accept'] === 'application/jsonl';
}
