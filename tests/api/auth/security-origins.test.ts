import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_KEY, errorOf, startHttpApp } from '#tests/support/http-app.ts';
import type { HttpResponse, HttpApp } from '#tests/support/http-app.ts';
import { listProcedures } from '#tests/support/procedures.ts';

const ALLOWED_ORIGIN = 'https://friend.example';
const CONTENT_TYPES = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  undefined,
];
const mutations = listProcedures().filter(({ type }) => type === 'mutation');

let server: HttpApp;
beforeAll(async () => {
  server = await startHttpApp({ settings: { allowedOrigins: [ALLOWED_ORIGIN] } });
});
afterAll(() => server[Symbol.asyncDispose]());

function change(path: string, headers: Record<string, string | undefined>): Promise<HttpResponse> {
  const definedHeaders = Object.entries({ 'x-admin-api-key': ADMIN_KEY, ...headers }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return server.request(`/trpc/${path}`, { method: 'POST', headers: Object.fromEntries(definedHeaders), body: '{}' });
}

function preflight(origin: string): Promise<HttpResponse> {
  const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
  return server.request('/trpc/auth.logout', { method: 'OPTIONS', headers });
}

describe('a change requested by another site', () => {
  const otherSites = [
    { name: 'another site', headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' } },
    { name: 'a sibling subdomain', headers: { 'sec-fetch-site': 'same-site', origin: 'https://evil.segue.example' } },
    { name: 'the address bar', headers: { 'sec-fetch-site': 'none' } },
    { name: 'an old browser on another site', headers: { origin: 'https://evil.example' } },
    { name: 'a sandboxed frame', headers: { origin: 'null' } },
  ];
  test.for(otherSites)('from $name is refused for every procedure and content type', async ({ headers }) => {
    expect(mutations.length).toBeGreaterThan(1);
    for (const { path } of mutations) {
      for (const type of CONTENT_TYPES) {
        const answer = await change(path, { ...headers, 'content-type': type });
        expect([path, type, answer.status, errorOf(answer).code]).toEqual([path, type, 403, 'forbidden']);
      }
    }
  });

  test('is refused before a batch is parsed, and for every method', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await server.request('/trpc/auth.logout,auth.logout?batch=1', { method, headers: { 'sec-fetch-site': 'cross-site' } });
      expect([method, answer.status]).toEqual([method, 403]);
    }
    expect((await server.request('/anywhere', { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  });
});

test.for([
  { name: 'the app’s own page', headers: { 'sec-fetch-site': 'same-origin' } },
  { name: 'an old browser on the app’s own page', headers: { origin: 'own' } },
  { name: 'an allowed origin', headers: { 'sec-fetch-site': 'cross-site', origin: ALLOWED_ORIGIN } },
  { name: 'a client that is not a browser', headers: {} },
])('a change requested by $name is accepted as JSON and in no other form', async ({ headers }) => {
  const resolvedHeaders = 'origin' in headers && headers.origin === 'own' ? { origin: server.url } : headers;
  for (const type of CONTENT_TYPES) {
    const answer = await change('auth.logout', { ...resolvedHeaders, 'content-type': type });
    expect([type, answer.status]).toEqual([type, type === 'application/json' ? 200 : 415]);
  }
});

test('no mutation can be reached by GET or HEAD', async () => {
  for (const { path } of mutations) {
    for (const suffix of ['', '?batch=1', '?input=%7B%7D']) {
      const got = await server.request(`/trpc/${path}${suffix}`, { headers: { 'x-admin-api-key': ADMIN_KEY } });
      const headed = await server.request(`/trpc/${path}${suffix}`, { method: 'HEAD', headers: { 'x-admin-api-key': ADMIN_KEY } });
      expect([path, suffix, got.status, headed.status]).toEqual([path, suffix, 405, 405]);
    }
  }
});

test('sign-in is started and finished by GET only, not even by HEAD', async () => {
  for (const path of ['/auth/spotify', '/auth/spotify/callback', '/auth/spotify/connect', '/auth/spotify/authorize', '/auth/spotify/connected']) {
    for (const method of ['HEAD', 'POST']) expect([path, method, (await server.request(path, { method })).status]).toEqual([path, method, 405]);
  }
});

describe('reading from another origin', () => {
  test('is allowed for the configured origins, by name', async () => {
    for (const path of ['/trpc/auth.status', '/healthz', '/nowhere']) {
      const { headers } = await server.request(path, { headers: { origin: ALLOWED_ORIGIN } });
      expect(headers).toMatchObject({ 'access-control-allow-origin': ALLOWED_ORIGIN, 'access-control-allow-credentials': 'true' });
      expect(headers.vary).toMatch(/\borigin\b/i);
    }
  });

  test('is allowed for no others, and `*` is never sent', async () => {
    const others = [
      'https://evil.example',
      'null',
      `${ALLOWED_ORIGIN}.evil.example`,
      'http://friend.example',
      'https://FRIEND.example',
      `${ALLOWED_ORIGIN}:444`,
    ];
    for (const origin of others) {
      for (const path of ['/trpc/auth.status', '/healthz', '/nowhere']) {
        const { headers } = await server.request(path, { headers: { origin } });
        expect([origin, headers['access-control-allow-origin'], headers['access-control-allow-credentials']]).toEqual([origin, undefined, undefined]);
        expect(headers.vary).toMatch(/\borigin\b/i);
      }
    }
  });

  test('a preflight is answered for allowed origins and refused for others', async () => {
    const allowed = await preflight(ALLOWED_ORIGIN);
    expect(allowed.status).toBe(204);
    expect(allowed.headers).toMatchObject({ 'access-control-allow-origin': ALLOWED_ORIGIN, 'access-control-allow-methods': 'GET, POST' });
    const refused = await preflight('https://evil.example');
    expect(refused.status).toBe(405);
    expect(refused.headers['access-control-allow-origin']).toBeUndefined();
  });
});
