import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { errorOf, startHttpApp, callTrpc } from '#tests/support/http-app.ts';
import type { HttpResponse, HttpApp } from '#tests/support/http-app.ts';

const ANSWER_BYTES_MAX = 2_048;

let server: HttpApp;
beforeAll(async () => {
  server = await startHttpApp();
});
afterAll(() => server[Symbol.asyncDispose]());

const names = (count: number): string => Array.from({ length: count }, () => 'auth.status').join(',');

function post(body: string, headers: Record<string, string> = {}): Promise<HttpResponse> {
  return server.request('/trpc/auth.adminSignIn', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}

describe('a malformed batch', () => {
  test.for([
    { name: 'eleven calls', path: `${names(11)}?batch=1`, status: 400 },
    { name: 'six hundred calls', path: `${names(600)}?batch=1`, status: 400 },
    { name: 'two calls not marked as a batch', path: names(2), status: 400 },
    { name: 'seven thousand commas', path: `${','.repeat(7_000)}?batch=1`, status: 400 },
    { name: 'encoded commas', path: `${'a%2C'.repeat(1_500)}a?batch=1`, status: 400 },
    { name: 'an empty name between commas', path: 'auth.status,,auth.status?batch=1', status: 400 },
    { name: 'a path segment before the procedure', path: 'any/thing/auth.status', status: 404 },
    { name: 'a trailing slash', path: 'auth.status/', status: 404 },
    { name: 'a name of eight thousand letters', path: 'a'.repeat(8_000), status: 404 },
    { name: 'no name', path: '', status: 404 },
    { name: 'an unknown procedure', path: 'auth.nope', status: 404 },
    { name: 'an inherited name', path: 'constructor.prototype', status: 404 },
  ])('$name is refused in under two kilobytes', async ({ path, status }) => {
    const answer = await server.request(`/trpc/${path}`);
    expect(answer.status).toBe(status);
    expect(errorOf(answer)).toMatchObject({ code: status === 404 ? 'not_found' : 'invalid_input', message: expect.any(String) });
    expect(answer.text.length).toBeLessThan(ANSWER_BYTES_MAX);
  });

  test('a batch of ten is answered', async () => {
    const answer = await server.request(`/trpc/${names(10)}?batch=1`);
    expect([answer.status, z.array(z.unknown()).parse(JSON.parse(answer.text)).length]).toEqual([200, 10]);
  });
});

describe('a request that is too large', () => {
  const oversized = JSON.stringify({ key: 'x'.repeat(66_000) });

  test('a body over 64 kilobytes is refused with 413, with or without a content length', async () => {
    const [withLength, chunked] = [await post(oversized), await post(oversized, { 'transfer-encoding': 'chunked' })];
    for (const answer of [withLength, chunked]) expect([answer.status, errorOf(answer).code]).toEqual([413, 'too_large']);
  });

  test('naming the import procedure in a batch raises the limit only by that procedure’s share', async () => {
    const answer = await server.request('/trpc/catalog.submitImport,auth.adminSignIn?batch=1', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ 1: { key: 'x'.repeat(6_500_000) } }),
    });
    expect(answer.status).toBe(413);
  });

  test('a URL over eight kilobytes is refused with 414', async () => {
    for (const path of ['/trpc/auth.status', '/', '/auth/spotify']) {
      const answer = await server.request(`${path}?input=${'x'.repeat(8_200)}`);
      expect([path, answer.status, errorOf(answer).code]).toEqual([path, 414, 'too_large']);
    }
  });

  test('headers over sixteen kilobytes are refused with 431', async () => {
    const answer = await server.request('/healthz', { headers: { 'x-padding': 'x'.repeat(17_000) } });
    expect([answer.status, errorOf(answer).code]).toEqual([431, 'too_large']);
  });

  test.for([65, 1_000, 30_000])('JSON %i levels deep is refused with 400', async (depth) => {
    const answer = await post(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect([answer.status, errorOf(answer)]).toEqual([
      400,
      expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining('nested') }),
    ]);
  });

  test('a long unknown key is not echoed to the sender', async () => {
    const answer = await callTrpc(server, 'auth.adminSignIn', { method: 'POST', input: { key: 'x', ['y'.repeat(60_000)]: 1 } });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'invalid_input']);
    expect(answer.text.length).toBeLessThan(ANSWER_BYTES_MAX);
  });
});

test.for(['{"a', '', '\u0000', 'undefined', '{"key":1e999}', '[1,2]', '"text"', 'null', '{"key":{"toString":1}}'])(
  'the body %j is refused as invalid input with a typed error',
  async (body) => {
    const answer = await server.request('/trpc/auth.adminSignIn', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'invalid_input']);
  },
);

test.for([
  'GET /healthz HTTP/1.1\r\nBroken Header\r\n\r\n',
  'NONSENSE\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
])('bytes that are not HTTP get a plain 400: %j', async (bytes) => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(bytes);
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('"code":"invalid_input"');
});

test.for(['/trpc/auth.status?x-admin-api-key=k', '/?admin_key=k', '/healthz?apiKey=k', '/trpc/auth.status?X-ADMIN-API-KEY=k', '/api?key=k'])(
  'an admin key in the URL %s is refused',
  async (path) => {
    const answer = await server.request(path);
    expect([answer.status, errorOf(answer).field]).toEqual([400, 'key']);
  },
);
