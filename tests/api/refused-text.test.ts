import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_KEY, callTrpc, errorOf, startHttpApp } from '#tests/support/http-app.ts';
import type { HttpApp } from '#tests/support/http-app.ts';
import { randomUUID } from 'node:crypto';

let app: HttpApp;
beforeAll(async () => {
  app = await startHttpApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const BAD = [
  ['NUL', 'a\u0000b'],
  ['the first half of an emoji', 'late \ud83d'],
  ['the second half of an emoji', '\udc00 soul'],
] as const;
const headers = { 'x-admin-api-key': ADMIN_KEY };
const rule = { field: 'artist', op: 'equals' };
const policy = (rest: object) => ({ name: 'Soul', body: { version: 1, pool: { all: [] }, ...rest } });

describe.for(BAD)('a request with %s', ([, text]) => {
  test.for<readonly [procedure: string, field: string, input: (text: string) => object]>([
    ['playlistAdmin.policies.create', 'name', (name) => ({ ...policy({}), name })],
    ['playlistAdmin.policies.create', 'seed', (seed) => policy({ seed })],
    ['playlistAdmin.policies.create', 'mix.0.name', (name) => policy({ mix: [{ name, rule: { all: [] }, share: 100 }] })],
    ['playlistAdmin.policies.create', 'pool.value', (value) => policy({ pool: { ...rule, value } })],
    ['playlistAdmin.policies.create', 'prefer.0.has', (has) => policy({ prefer: [{ field: 'genre', has, weight: 1 }] })],
    ['playlistAdmin.curation.simulate', 'variants.0.name', (name) => ({ variants: [{ name, body: {} }] })],
    ['playlistAdmin.playlists.create', 'themeTag', (themeTag) => ({ themeTag, policyId: randomUUID() })],
    ['playlistAdmin.playlists.create', 'blurb', (blurb) => ({ themeTag: 'Soul', blurb, policyId: randomUUID() })],
    ['playlistAdmin.playlists.rollBack', 'reason', (reason) => ({ index: 1, showsDay: '2026-11-01', reason, hash: '0'.repeat(64) })],
    ['operations.jobs.pause', 'why', (why) => ({ task: 'watch-network', why })],
    ['operations.vendors.tryNow', 'breaker', (breaker) => ({ breaker })],
    ['playlistAdmin.accounts.viewReconnectLink', 'token', (token) => ({ token })],
  ])('to %s is refused, naming %s', async ([procedure, field, input]) => {
    const response = await callTrpc(app, procedure, { method: 'POST', headers, input: input(text) });
    expect([response.status, errorOf(response)]).toEqual([400, expect.objectContaining({ code: 'invalid_input', field })]);
    expect(errorOf(response).message).toMatch(/cannot be stored/);
  });

  test('by an anonymous visitor who searches is refused, naming the query', async () => {
    const response = await callTrpc(app, 'playlists.findRecordings', { input: { query: text } });
    expect([response.status, errorOf(response)]).toEqual([400, expect.objectContaining({ field: 'query' })]);
  });
});

test.for<readonly [procedure: string, field: string, input: object]>([
  ['playlists.playlist', 'day', { index: 1, day: '0000-01-01' }],
  ['playlists.playlist', 'index', { index: 2 ** 31 }],
  ['playlists.whyNot', 'recordingId', { index: 1, day: '2026-11-30', recordingId: 2 ** 31 }],
  ['playlists.diffDays', 'to', { index: 1, from: '2026-11-01', to: '2026-02-30' }],
  ['playlists.certificate', 'day', { index: 1, day: '9999-12-31' }],
])('a query of %s with a number or day out of range is refused, naming %s', async ([procedure, field, input]) => {
  const response = await callTrpc(app, procedure, { input });
  expect([response.status, errorOf(response)]).toEqual([400, expect.objectContaining({ code: 'invalid_input', field })]);
});

test('nothing of this was an unexpected failure', () => {
  expect(app.logged.filter(({ level }) => level === 'error')).toEqual([]);
});

const link = (n: number) => `https://open.spotify.com/album/${String(n).padStart(22, '0')}`;

test('an import is cleaned instead: good links beside a broken character are imported, and a long line is kept up to a whole character', async () => {
  const text = [link(1), `${'x'.repeat(299)}😀 words`, `half \ud83d and \u0000 zero`, `${link(2)}\u0000`].join('\n');
  const response = await callTrpc(app, 'catalog.submitImport', { method: 'POST', headers, input: { text } });
  expect(response.status).toBe(200);
  const { result } = JSON.parse(response.text) as { result: { data: { lines: { given: string; status: string }[] } } };
  expect(result.data.lines.map(({ given, status }) => [given, status])).toEqual([
    [link(1), 'queued'],
    ['x'.repeat(299), 'failed'],
    ['half \ufffd and  zero', 'failed'],
    [link(2), 'queued'],
  ]);
});
