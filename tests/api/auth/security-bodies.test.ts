import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_KEY, dataOf, errorOf, startHttpApp } from '#tests/support/http-app.ts';
import type { HttpApp, HttpResponse } from '#tests/support/http-app.ts';

let server: HttpApp;
beforeAll(async () => {
  server = await startHttpApp();
});
afterAll(() => server[Symbol.asyncDispose]());

const JSON_TYPE = { 'content-type': 'application/json' };
const OPERATOR = { ...JSON_TYPE, 'x-admin-api-key': ADMIN_KEY };
const IMPORT = '/trpc/catalog.submitImport';
const post = (path: string, body: string | Buffer, headers: Record<string, string> = JSON_TYPE): Promise<HttpResponse> =>
  server.request(path, { method: 'POST', headers, body });

const NESTED_LISTS = `[${'[],'.repeat(2_000_000)}[]]`;

describe('a body of six megabytes', () => {
  test.for([
    { from: 'a stranger', headers: JSON_TYPE, status: 401 },
    { from: 'somebody with a wrong admin key', headers: { ...JSON_TYPE, 'x-admin-api-key': 'wrong' }, status: 401 },
    { from: 'somebody with an unknown session', headers: { ...JSON_TYPE, cookie: 'segue_sid' }, status: 401 },
  ])('from $from is refused before any of it is read', async ({ headers: sent, status }) => {
    // The name of a session's cookie contains the port.
    const headers = 'cookie' in sent ? { ...sent, cookie: `segue_sid_${new URL(server.url).port}=unknown` } : sent;
    const refused = await post(IMPORT, NESTED_LISTS, headers);
    expect([refused.status, errorOf(refused).code]).toEqual([status, 'unauthenticated']);
    // Not even whether it is JSON is known.
    expect((await post(IMPORT, '{"no JSON', headers)).status).toBe(status);
  });

  test.for([
    { to: 'a public procedure', path: '/trpc/auth.adminSignIn', status: 413 },
    { to: 'a public procedure in a batch', path: '/trpc/auth.adminSignIn,catalog.submitImport?batch=1', status: 413 },
    { to: 'a list of listeners, from a stranger', path: '/trpc/discovery.importList.match', status: 413 },
    { to: 'the reconnect link', path: '/auth/spotify/reconnect', status: 413 },
    { to: 'a procedure that does not exist', path: '/trpc/catalog.nothing', status: 404 },
    { to: 'an address that does not exist', path: '/anywhere', status: 404 },
  ])('to $to is refused without being read', async ({ path, status }) => {
    expect((await post(path, NESTED_LISTS)).status).toBe(status);
  });

  test('from the operator is refused where it has more values than an import, and stored where it is one text', async () => {
    const lists = await post(IMPORT, NESTED_LISTS, OPERATOR);
    expect([lists.status, errorOf(lists).message]).toEqual([400, 'The input has more than 1,000 values.']);
    const named = await post(IMPORT, `{"text":${NESTED_LISTS}}`, OPERATOR);
    expect([named.status, errorOf(named).field]).toEqual([400, 'text']);
    const links = 'spotify:album:0123456789012345678901\n'.repeat(10);
    const imported = await post(IMPORT, JSON.stringify({ text: `${links}${' \n'.repeat(1_900_000)}` }), OPERATOR);
    expect(dataOf(imported)).toMatchObject({ queued: 1, duplicates: 9 });
    const tooLong = await post(IMPORT, JSON.stringify({ text: 'x'.repeat(6_400_000) }), OPERATOR);
    expect([tooLong.status, errorOf(tooLong).code]).toEqual([413, 'too_large']);
  });
});

test.for([
  { what: 'a list of 5,000 numbers', path: '/trpc/auth.adminSignIn', body: JSON.stringify({ key: Array(5_000).fill(1) }), field: 'key' },
  { what: 'an object of 3,000 keys', path: '/trpc/auth.adminSignIn', body: `{${'"a":1,'.repeat(3_000)}"b":1}`, field: null },
  { what: 'lists 65 levels deep', path: '/trpc/auth.adminSignIn', body: `{"key":${'['.repeat(65)}`, field: 'key.0' },
  {
    what: 'lists in the second call of a batch',
    path: '/trpc/auth.adminSignIn,auth.logout?batch=1',
    body: `{"1":{"x":${'['.repeat(65)}`,
    field: 'x.0',
  },
  { what: 'a nested token', path: '/auth/spotify/reconnect', body: '{"token":[[[[[', field: 'token.0' },
])('$what: refused by name', async ({ path, body, field }) => {
  const answer = await post(path, body);
  const error = path.includes('batch') ? JSON.parse(answer.text)[0].error.data.error : errorOf(answer);
  expect([answer.status, error.code, error.field]).toEqual([400, 'invalid_input', field]);
});

test('a query whose input is nested too deep is refused like a body', async () => {
  const deep = await server.request(`/trpc/playlists.playlist?input=${encodeURIComponent(`{"index":${'['.repeat(200)}${']'.repeat(200)}}`)}`);
  expect([deep.status, errorOf(deep)]).toEqual([400, expect.objectContaining({ code: 'invalid_input', field: 'index.0' })]);
});

test.for([
  { what: 'compressed with gzip', headers: { ...OPERATOR, 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(50_000_000, '[')), status: 400 },
  { what: 'compressed with br, in name only', headers: { ...JSON_TYPE, 'content-encoding': 'br' }, body: '{}', status: 400 },
  { what: 'a form with files', headers: { ...OPERATOR, 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--', status: 415 },
  { what: 'bytes', headers: { ...OPERATOR, 'content-type': 'application/octet-stream' }, body: Buffer.alloc(1_000_000), status: 415 },
  { what: 'a form', headers: { ...OPERATOR, 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1', status: 415 },
  { what: 'without a type', headers: { 'x-admin-api-key': ADMIN_KEY }, body: '{}', status: 415 },
  { what: 'in UTF-16', headers: OPERATOR, body: Buffer.from('\ufeff{"key":"x"}', 'utf16le'), status: 400 },
  { what: 'with bytes that are not UTF-8', headers: OPERATOR, body: Buffer.from('7b226b6579223a22ff227d', 'hex'), status: 400 },
])('a body that is $what is refused', async ({ headers, body, status }) => {
  const answer = await post('/trpc/auth.adminSignIn', body, headers);
  expect([answer.status, errorOf(answer).code]).toEqual([status, 'invalid_input']);
});

test.for(['multipart/form-data; boundary=x', 'application/octet-stream', 'text/html'])('a query sent as %s is refused', async (type) => {
  const answer = await server.request('/trpc/auth.status', { headers: { 'content-type': type } });
  expect([answer.status, errorOf(answer).code]).toEqual([415, 'invalid_input']);
});

test.for(['application/json', 'application/jsonl'])('trpc-accept: %s is answered', async (accept) => {
  const answer = await server.request('/trpc/auth.status?batch=1', { headers: { 'trpc-accept': accept } });
  expect(answer.status).toBe(200);
});

test.for(['text/event-stream', '*/*', '', 'application/jsonl, text/html', 'x'.repeat(5_000), '\u00ff'])(
  'trpc-accept: %j is refused by name',
  async (accept) => {
    const answer = await server.request('/trpc/auth.status?batch=1', { headers: { 'trpc-accept': accept } });
    expect([answer.status, errorOf(answer).field]).toEqual([406, 'trpc-accept']);
  },
);

test('each call of a batch gets its own input, and a missing one none', async () => {
  const path = '/trpc/playlists.playlist,playlists.playlist,playlists.overview?batch=1';
  const input = encodeURIComponent(JSON.stringify({ 0: { index: 'x' }, 1: { index: 999 } }));
  const answers = JSON.parse((await server.request(`${path}&input=${input}`)).text);
  expect(answers[0].error.data.error).toMatchObject({ code: 'invalid_input', field: 'index' });
  expect(answers[1].error.data.error).toMatchObject({ code: 'not_found' });
  expect(answers[2].result.data).toMatchObject({});
});

test.for(['[]', '"text"', 'null', '5'])('a batch whose input is %s is refused by name', async (body) => {
  const answer = await post('/trpc/auth.adminSignIn,auth.adminSignIn?batch=1', body);
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text)[0].error.data.error).toMatchObject({ code: 'invalid_input', field: 'input' });
});
