import express, { Router } from 'express';
import { join } from 'node:path';

const YEAR_MS = 31_536_000_000;
/** Paths that are never a page of the SPA, whatever the Accept header says. */
const NOT_PAGES = /^\/(api|trpc|auth|mcp|s|assets|files|healthz|readyz|metrics)(\/|$)/;

/** Serves the built SPA: hashed assets cached for a year, everything else revalidated, and `index.html` for any page path that accepts HTML. */
export function webPages(webRoot: string): Router {
  const routes = Router();
  routes.use('/assets', express.static(join(webRoot, 'assets'), { immutable: true, maxAge: YEAR_MS, index: false, redirect: false }));
  routes.use(
    express.static(webRoot, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (response) => response.set('cache-control', 'no-cache'),
    }),
  );
  routes.get('/{*page}', (request, response, next) => {
    const lastName = request.path.slice(request.path.lastIndexOf('/') + 1);
    if (NOT_PAGES.test(request.path) || lastName.includes('.') || !request.accepts('html')) return next();
    return response.sendFile('index.html', { root: webRoot, cacheControl: false, headers: { 'cache-control': 'no-cache' } });
  });
  return routes;
}
