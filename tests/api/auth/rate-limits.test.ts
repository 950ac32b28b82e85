import { createVisitorLimits } from '#server/limits/visitor-limits.ts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_KEY, callTrpc, errorOf, startHttpApp } from '#tests/support/http-app.ts';
import type { HttpApp, HttpResponse } from '#tests/support/http-app.ts';

const MINUTE_MS = 60_000;

let server: HttpApp;
beforeAll(async () => {
  server = await startHttpApp({ trustProxy: true });
});
beforeEach(async () => {
  server.setAhead(0);
  await server.deps.db.execute(sql`delete from rate_buckets`);
});
afterAll(() => server[Symbol.asyncDispose]());

const limitsAt = (instant: string) => createVisitorLimits(server.deps.db, () => new Date(instant));
const from = (address: string) => ({ 'x-forwarded-for': address });

interface Limited {
  readonly what: string;
  readonly quota: number;
  readonly ask: (headers: Record<string, string>) => Promise<HttpResponse>;
}

const LIMITED: readonly Limited[] = [
  { what: 'a sign-in with Spotify', quota: 60, ask: (headers) => server.request('/auth/spotify?moved=1', { headers }) },
  { what: 'a search', quota: 120, ask: (headers) => callTrpc(server, 'playlists.findRecordings', { input: { query: 'x' }, headers }) },
  {
    what: 'a guess at a reconnect link',
    quota: 30,
    ask: (headers) => callTrpc(server, 'playlistAdmin.accounts.viewReconnectLink', { method: 'POST', input: { token: 'guess' }, headers }),
  },
  {
    what: 'a guess at its other address',
    quota: 30,
    ask: (headers) =>
      server.request('/auth/spotify/reconnect', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{"token":"guess"}',
      }),
  },
  {
    what: 'a preview of a policy',
    quota: 300,
    ask: (headers) =>
      callTrpc(server, 'playlistAdmin.policies.check', { input: { body: {}, playlists: 1 }, headers: { ...headers, 'x-admin-api-key': ADMIN_KEY } }),
  },
  { what: 'the public ledger', quota: 30, ask: (headers) => server.request('/public-ledger.ndjson?from=x', { headers }) },
  { what: 'an export of the ledger', quota: 30, ask: (headers) => server.request('/ledger.ndjson?from=x', { headers }) },
];

/** Each with a sender of its own, because a process remembers whose quota is used up. */
const CASES = LIMITED.map((limited, at) => ({ ...limited, sender: `192.0.2.${at + 1}`, another: `198.51.100.${at + 1}` }));

describe.for(CASES)('$what', ({ quota, ask, sender, another }) => {
  test('is refused above its quota until time has passed, and others are served', { timeout: 120_000 }, async () => {
    const first = await ask(from(sender));
    expect(first.status).not.toBe(429);
    expect(first.headers['ratelimit-policy']).toMatch(new RegExp(`^"[a-z-]+";q=${quota};w=60$`));
    expect(first.headers['ratelimit']).toMatch(new RegExp(`;r=${quota - 1};t=\\d+$`));
    const more = await Promise.all(Array.from({ length: quota + 40 }, () => ask(from(sender))));
    const refused = more.filter((answer) => answer.status === 429);
    // The clock runs on meanwhile, so that a few more than the quota may be granted.
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused.slice(0, 3)) {
      expect(errorOf(answer)).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect((await ask(from(another))).status).not.toBe(429);
    server.setAhead(2 * MINUTE_MS);
    expect((await ask(from(sender))).status).not.toBe(429);
  });
});

test('addresses of one IPv6 network count together, however they are spelled', async () => {
  const left = [];
  for (const address of ['2001:db8::1', '2001:DB8:0:0:9::', '2001:0db8:0000::ffff', '2001:db8:0:1::1'])
    left.push(/r=(\d+)/.exec(String((await server.request('/ledger.ndjson?from=x', { headers: from(address) })).headers['ratelimit']))?.[1]);
  expect(left).toEqual(['29', '28', '27', '29']);
});

test('two processes share one quota, and a visitor who left is forgotten', async () => {
  const [one, another] = [limitsAt('2026-11-30T08:00:00Z'), limitsAt('2026-11-30T08:00:00Z')];
  const granted = await Promise.all(Array.from({ length: 80 }, (_, at) => (at % 2 === 0 ? one : another)('guess', 'somebody')));
  expect(granted.filter((visit) => visit.isGranted)).toHaveLength(30);
  const later = limitsAt('2026-11-30T12:00:00Z');
  await later('guess', 'somebody else');
  const { rows } = await server.deps.db.execute(sql`select key from rate_buckets`);
  expect(rows).toEqual([{ key: 'visitor guess somebody else' }]);
});

test('a page that many people read has no limit', async () => {
  const answer = await callTrpc(server, 'playlists.overview');
  expect([answer.status, answer.headers['ratelimit']]).toEqual([200, undefined]);
});
