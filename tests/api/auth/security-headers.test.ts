import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_KEY, errorOf, startHttpApp, callTrpc } from '#tests/support/http-app.ts';
import type { HttpResponse, HttpRequestOptions, HttpApp } from '#tests/support/http-app.ts';

const ALLOWED_ORIGIN = 'https://friend.example';
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: https://i.scdn.co https://mosaic.scdn.co",
  "media-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];
const JSON_TYPE = { 'content-type': 'application/json' };

/** One address for every kind of response this server gives. */
const RESPONSES: readonly { name: string; status: number; path: string; ask?: HttpRequestOptions }[] = [
  { name: 'page', status: 200, path: '/' },
  { name: 'page of the SPA', status: 200, path: '/playlists/7?day=2026-11-21' },
  { name: 'asset', status: 200, path: '/assets/app-0123abcd.js' },
  { name: 'static file', status: 200, path: '/icon.svg' },
  { name: 'missing asset', status: 404, path: '/assets/gone.js' },
  { name: 'hidden file', status: 404, path: '/.vite/manifest.json' },
  { name: 'traversal', status: 404, path: '/assets/..%2f..%2fpackage.json' },
  { name: 'health', status: 200, path: '/healthz' },
  { name: 'readiness', status: 200, path: '/readyz' },
  { name: 'procedure response', status: 200, path: '/trpc/auth.status' },
  { name: 'procedure error', status: 401, path: '/trpc/auth.profile' },
  { name: 'unknown procedure', status: 404, path: '/trpc/auth.nope' },
  { name: 'unknown API path', status: 404, path: '/api/nothing' },
  { name: 'undecodable URL', status: 400, path: '/trpc/%ZZ' },
  { name: 'wrong method', status: 405, path: '/trpc/auth.status', ask: { method: 'PUT', headers: JSON_TYPE } },
  {
    name: 'cross-site mutation',
    status: 403,
    path: '/trpc/auth.logout',
    ask: { method: 'POST', headers: { ...JSON_TYPE, origin: 'https://evil.example' } },
  },
  { name: 'wrong content type', status: 415, path: '/trpc/auth.logout', ask: { method: 'POST', headers: { 'content-type': 'text/plain' } } },
  { name: 'URL too long', status: 414, path: `/${'x'.repeat(9_000)}` },
  { name: 'wrong admin key', status: 401, path: '/trpc/auth.status', ask: { headers: { 'x-admin-api-key': 'wrong' } } },
  { name: 'redirect to Spotify', status: 302, path: '/auth/spotify' },
  { name: 'redirect with a problem', status: 302, path: '/auth/spotify/callback' },
  { name: 'preflight', status: 204, path: '/trpc/auth.logout', ask: { method: 'OPTIONS', headers: { origin: ALLOWED_ORIGIN } } },
  { name: 'unknown path', status: 404, path: '/nothing.txt' },
  { name: 'POST to an unknown path', status: 404, path: '/nothing', ask: { method: 'POST' } },
];

let webRoot: string;
let plain: HttpApp;
let secure: HttpApp;
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'segue-web-'));
  await mkdir(join(webRoot, 'assets'));
  await mkdir(join(webRoot, '.vite'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Segue</title>');
  await writeFile(join(webRoot, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(webRoot, '.vite', 'manifest.json'), '{}');
  await writeFile(join(webRoot, 'assets', 'app-0123abcd.js'), 'export {};');
  const settings = { allowedOrigins: [ALLOWED_ORIGIN] };
  plain = await startHttpApp({ webRoot, settings });
  secure = await startHttpApp({
    webRoot,
    settings: { ...settings, publicUrl: 'https://segue.example', spotifyRedirectUri: 'https://segue.example/auth/spotify/callback' },
  });
});
afterAll(async () => {
  await plain[Symbol.asyncDispose]();
  await secure[Symbol.asyncDispose]();
  await rm(webRoot, { recursive: true });
});

describe('every kind of response', () => {
  test.for(RESPONSES)('$name ($status) carries the security headers', async ({ path, ask, status }) => {
    const answer = await plain.request(path, ask);
    expect(answer.status).toBe(status);
    expectHeaders(answer);
    expect(answer.headers['strict-transport-security']).toBeUndefined();
  });

  test.for(RESPONSES)('$name requires https from then on when the app is on https', async ({ path, ask }) => {
    const answer = await secure.request(path, ask);
    expectHeaders(answer);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test.for(RESPONSES.filter(({ status }) => status >= 400))('$name has the one error format', async ({ path, ask }) => {
    const error = errorOf(await plain.request(path, ask));
    expect(Object.keys(error).toSorted()).toEqual(['code', 'field', 'message', 'remedy', 'requestId', 'retryAfterMs']);
    expect(error).toMatchObject({
      code: expect.stringMatching(/^[a-z_]+$/),
      message: expect.stringMatching(/\.$/),
      remedy: expect.stringMatching(/\.$/),
    });
  });

  test('an event stream carries the security headers and arrives as it is written', async () => {
    const leaving = new AbortController();
    const headers = { accept: 'text/event-stream', 'accept-encoding': 'gzip', 'x-admin-api-key': ADMIN_KEY };
    const answer = await fetch(`${plain.url}/trpc/operations.jobs.follow`, { headers, signal: leaving.signal });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    expect(answer.headers.get('content-encoding')).toBeNull();
    expectHeaders({ headers: Object.fromEntries(answer.headers) });
    const first = await answer.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toContain('event: connected');
    leaving.abort();
  });

  test('errors name the request they belong to', async () => {
    for (const path of ['/api/nothing', '/trpc/auth.profile']) {
      const answer = await plain.request(path);
      expect(errorOf(answer).requestId).toBe(answer.headers['x-request-id']);
    }
  });
});

describe('the built pages', () => {
  test('are revalidated on each visit, their hashed files never', async () => {
    expect((await plain.request('/')).headers['cache-control']).toBe('no-cache');
    expect((await plain.request('/admin/jobs')).headers['cache-control']).toBe('no-cache');
    expect((await plain.request('/icon.svg')).headers['cache-control']).toBe('no-cache');
    expect((await plain.request('/assets/app-0123abcd.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await plain.request('/assets/gone.js')).headers['cache-control']).toBe('no-store');
  });

  test('are sent to clients that accept HTML, and to no others', async () => {
    expect((await plain.request('/somewhere', { headers: { accept: 'text/html' } })).headers['content-type']).toContain('text/html');
    const data = await plain.request('/somewhere', { headers: { accept: 'application/json' } });
    expect([data.status, errorOf(data).code]).toEqual([404, 'not_found']);
    expect((await plain.request('/api/somewhere', { headers: { accept: 'text/html' } })).status).toBe(404);
  });
});

function boom(): never {
  throw new Error('select "id_hash" from "sessions" failed at /srv/segue/server/repos/sessions.ts:12:5 with hunter2');
}

const nothing = () => ({});
const cookie = (url: string) => ({ headers: { cookie: `segue_sid_${new URL(url).port}=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA` } });

describe('an internal failure', () => {
  const SECRETS = /select |insert |"?sessions"?|\/srv\/|node_modules|\.ts\b|:\d+:\d+|\n\s*at |Error:|hunter2|ECONN|constraint/i;

  test.for([
    { layer: 'a use-case', deps: { now: boom }, path: '/trpc/auth.status', ask: cookie },
    {
      layer: 'the vendor',
      deps: { spotifyAccounts: { app: 'boom', isConfidential: true, authorizeUrl: boom, exchangeCode: boom, refresh: boom, identify: boom } },
      path: '/auth/spotify',
      ask: nothing,
    },
    { layer: 'the sign-in route', deps: { newSecret: boom }, path: '/auth/spotify', ask: nothing },
    { layer: 'the middleware', deps: { newId: boom }, path: '/healthz', ask: nothing },
  ])('in $layer reveals nothing internal', async ({ deps, path, ask }) => {
    const logged: unknown[] = [];
    const log = { debug() {}, info() {}, warn() {}, error: (message: string, context?: object) => logged.push([message, context]) };
    await using server = await startHttpApp({ deps: { ...deps, log } });
    const answer = await server.request(path, ask(server.url));
    expect([answer.status, answer.headers.location ?? errorOf(answer).code]).toEqual(
      path.startsWith('/auth') ? [302, '/sign-in?problem=unexpected'] : [500, 'unexpected'],
    );
    expect(answer.text).not.toMatch(SECRETS);
    // The operator finds the details in the log, under the id that the response carries.
    expect(logged).toEqual([
      [expect.any(String), expect.objectContaining({ requestId: answer.headers['x-request-id'] ?? '', error: expect.any(Error) })],
    ]);
  });

  test('in the database reveals nothing internal, and readiness fails while liveness does not', async () => {
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    await using server = await startHttpApp({ deps: { log } });
    await server.deps.pool.query('drop table sessions; drop table audit_log');
    for (const answer of [
      await server.request('/trpc/auth.status', cookie(server.url)),
      await callTrpc(server, 'auth.adminSignIn', { method: 'POST', input: { key: 'wrong' } }),
    ]) {
      expect([answer.status, errorOf(answer).code]).toEqual([500, 'unexpected']);
      expect(answer.text).not.toMatch(SECRETS);
    }
    await server.deps.pool.query('delete from drizzle.__drizzle_migrations');
    const waiting = await server.request('/readyz');
    expect([waiting.status, JSON.parse(waiting.text)]).toEqual([503, { status: 'not_ready', waitingFor: 'migrations' }]);
    expect((await server.request('/healthz')).status).toBe(200);
  });

  test('before the app reveals nothing internal', async () => {
    const answer = await plain.request('/healthz', { headers: { 'x-padding': 'x'.repeat(17_000) } });
    expect(answer.text).not.toMatch(SECRETS);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });
});

test('an app that is shutting down is not ready, but alive', async () => {
  await using server = await startHttpApp({ isDraining: () => true });
  const answer = await server.request('/readyz');
  expect([answer.status, JSON.parse(answer.text)]).toEqual([503, { status: 'not_ready', waitingFor: 'draining' }]);
  expect((await server.request('/healthz')).status).toBe(200);
});

/** The policy without the sandbox's address, from which artwork comes in the sandbox alone. */
const policyOf = (answer: Pick<HttpResponse, 'headers'>) =>
  String(answer.headers['content-security-policy']).replace(/ http:\/\/127\.0\.0\.1:\d+/, '');

test('outside the sandbox pictures come from this server and from Spotify’s image hosts alone', async () => {
  await using server = await startHttpApp({ settings: { sandbox: false, spotifyWebUrl: 'https://open.spotify.com' } });
  expect(String((await server.request('/healthz')).headers['content-security-policy']).split(';')).toContain(CSP[3]);
});

function expectHeaders(answer: Pick<HttpResponse, 'headers'>): void {
  expect(policyOf(answer).split(';').toSorted()).toEqual(CSP.toSorted());
  expect(String(answer.headers['content-security-policy'])).not.toMatch(/unsafe|\*/);
  expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'x-frame-options': 'DENY' });
  expect(answer.headers['x-powered-by']).toBeUndefined();
  expect(answer.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
}
