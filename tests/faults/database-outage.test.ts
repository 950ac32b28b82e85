import { openHttpListener } from '#server/http/http-listener.ts';
import { createApp } from '#server/app.ts';
import { migrateDatabase } from '#server/database/migrations.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { ADMIN_KEY, callTrpc, errorOf, sendRequest, startHttpApp } from '#tests/support/http-app.ts';
import type { HttpResponse } from '#tests/support/http-app.ts';
import { processesOf, startRestartablePostgres } from '#tests/support/processes/restartable-postgres.ts';
import { Client } from 'pg';
import { expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 300_000 });

const operator = { headers: { 'x-admin-api-key': ADMIN_KEY } };
/** Pages that anybody may open, pages of the operator, and what a program may download. */
const PAGES = ['/trpc/playlists.overview', '/trpc/playlists.history?input={"index":1}', '/certificates/1/2026-11-29.json'];
const OPERATOR_PAGES = ['/trpc/playlistAdmin.playlists.list', '/trpc/playlistAdmin.accounts.list', '/ledger.ndjson?from=2026-11-01&to=2026-11-02'];

/** Links that a browser follows: they answer with a page. */
const SIGN_IN_LINKS = [
  '/auth/spotify',
  '/auth/spotify/connect',
  '/auth/spotify/authorize',
  '/auth/spotify/callback?state=x&code=y',
  '/auth/spotify/connected?state=x&code=y',
];

function expectUnavailable(response: HttpResponse): void {
  expect(response.status).toBe(503);
  expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
  expect(errorOf(response)).toMatchObject({ code: 'unavailable', remedy: 'Try again in a moment.' });
}

async function openApp() {
  const postgres = await startRestartablePostgres();
  await migrateDatabase(postgres.url);
  const app: TestApp = await startTestApp({ databaseUrl: postgres.url });
  const server = await openHttpListener({ host: '127.0.0.1', port: 0 });
  server.serve(createApp(app.deps));
  return {
    postgres,
    ask: (path: string, options: Parameters<typeof sendRequest>[2] = {}) => sendRequest(server.url, encodeURI(path), options),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await app[Symbol.asyncDispose]();
      await postgres[Symbol.asyncDispose]();
    },
  };
}

async function expectOutage(app: Awaited<ReturnType<typeof openApp>>): Promise<void> {
  const answers = await Promise.all([...PAGES.map((page) => app.ask(page)), ...OPERATOR_PAGES.map((page) => app.ask(page, operator))]);
  for (const answer of answers) expectUnavailable(answer);
  for (const link of SIGN_IN_LINKS) {
    const page = await app.ask(link, { headers: { ...operator.headers, accept: 'text/html,*/*;q=0.8' } });
    expect([link, page.status, page.headers['content-type']]).toEqual([link, 503, 'text/html; charset=utf-8']);
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
    expect(page.text).toContain('The database is not available at the moment. Reload this page in a moment.');
  }
  const ready = await app.ask('/readyz');
  expect([ready.status, ready.text]).toEqual([503, '{"status":"not_ready","waitingFor":"database"}']);
  expect((await app.ask('/healthz')).status).toBe(200);
  expect((await app.ask('/trpc/auth.status')).status).toBe(200);
}

test('while the database is stopped every page is 503 with a time to retry, and afterwards all is well', async () => {
  await using app = await openApp();
  expect((await app.ask('/trpc/playlists.overview')).status).toBe(200);
  await app.postgres.crash();
  await expectOutage(app);
  await app.postgres.start();
  await expect.poll(async () => (await app.ask('/readyz')).status).toBe(200);
  expect((await app.ask('/trpc/playlists.overview')).status).toBe(200);
  expect((await app.ask('/trpc/playlistAdmin.playlists.list', operator)).status).toBe(200);
});

test('a database that is suspended, so that nothing answers and no connection breaks, is the same', async () => {
  await using app = await openApp();
  for (const page of PAGES.slice(0, 1)) expect((await app.ask(page)).status).toBe(200);
  const suspended = processesOf(app.postgres.dataFolder);
  for (const pid of suspended) process.kill(pid, 'SIGSTOP');
  try {
    await expectOutage(app);
  } finally {
    for (const pid of suspended) process.kill(pid, 'SIGCONT');
  }
  await expect.poll(async () => (await app.ask('/readyz')).status).toBe(200);
  expect((await app.ask('/trpc/playlists.overview')).status).toBe(200);
});

test('a locked table makes the pages that need it 503, while the others and the operator are answered', async () => {
  await using app = await startHttpApp();
  const blocker = new Client({ connectionString: app.databaseUrl });
  await blocker.connect();
  await blocker.query('begin; lock table playlists in access exclusive mode');
  try {
    const waiting = Array.from({ length: 20 }, () => callTrpc(app, 'playlists.overview'));
    expect((await callTrpc(app, 'auth.status')).status).toBe(200);
    expect((await callTrpc(app, 'operations.alertHistory', operator)).status).toBe(200);
    expect((await app.request('/readyz')).status).toBe(200);
    for (const answer of await Promise.all(waiting)) expectUnavailable(answer);
    expectUnavailable(await callTrpc(app, 'playlistAdmin.playlists.list', operator));
  } finally {
    await blocker.end();
  }
  expect((await callTrpc(app, 'playlists.overview')).status).toBe(200);
});

test('an endless statement of a page ends at its limit, and a job may run longer', async () => {
  await using app = await startTestApp();
  const limitsOf = async (pool: typeof app.deps.pool) => {
    const found = await pool.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`,
    );
    return found.rows.map(({ setting }) => Number(setting));
  };
  const [inPages, inOperator, inJobs] = [
    await limitsOf(app.deps.pages.public.pool),
    await limitsOf(app.deps.pages.operator.pool),
    await limitsOf(app.deps.pool),
  ];
  for (const [index, limit] of inPages.entries()) {
    expect(limit).toBeGreaterThan(0);
    expect(limit).toBeLessThan(inOperator[index] ?? 0);
    expect(inOperator[index]).toBeLessThan(inJobs[index] ?? 0);
  }
  await expect(app.deps.pages.public.pool.query('set statement_timeout = 50; select pg_sleep(3600)')).rejects.toMatchObject({ code: '57014' });
});
