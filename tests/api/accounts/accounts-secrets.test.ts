import { accounts } from '#drizzle/schema/index.ts';
import { openToken } from '#server/use-cases/accounts/token-seals.ts';
import { refreshTokens } from '#server/use-cases/accounts/refresh-tokens.ts';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { TEST_ADMIN_KEY, startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { openReconnectLink, connectAccounts, reauthorizeAs, tokenOf } from '#tests/support/spotify/connected-accounts.ts';

const CLIENT_SECRET = 'a-client-secret-that-nobody-may-read';
const HOUR_MS = 3_600_000;

/** Every stored token, opened. */
async function tokensOf(app: TestApp): Promise<string[]> {
  const rows = await app.deps.db.select().from(accounts);
  return rows.flatMap(({ id, sealedAccessToken, sealedRefreshToken }) => [
    ...(sealedAccessToken ? [openToken(app.deps.sealer, sealedAccessToken, { id, column: 'sealed_access_token' })] : []),
    ...(sealedRefreshToken ? [openToken(app.deps.sealer, sealedRefreshToken, { id, column: 'sealed_refresh_token' })] : []),
  ]);
}

/** Every row of every table, ours and the queue's, as one text. */
async function everyRow(app: TestApp): Promise<string> {
  const tables = await app.deps.db.execute<{ schema: string; name: string }>(
    sql`select schemaname as schema, tablename as name from pg_tables where schemaname in ('public', 'graphile_worker')`,
  );
  const texts: string[] = [];
  for (const { schema, name } of tables.rows) {
    const table = sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
    const rows = await app.deps.db.execute<{ all: string | null }>(sql`select string_agg(t::text, ' ') as all from ${table} t`);
    texts.push(rows.rows[0]?.all ?? '');
  }
  return texts.join(' ');
}

test('no token, key or link appears in a log, an error, a job or any row, whatever succeeds or fails with accounts', async () => {
  await using app = await startTestApp({ env: { SPOTIFY_CLIENT_SECRET: CLIENT_SECRET } });
  const secrets = new Set([CLIENT_SECRET, TEST_ADMIN_KEY]);
  const keep = async () => {
    for (const token of await tokensOf(app)) secrets.add(token);
  };
  const outputs: unknown[] = [];
  const [north, south] = await connectAccounts(app.deps, 'segue-north', 'segue-south', 'segue-east');
  await keep();
  const links = [await app.admin.playlistAdmin.accounts.createReconnectLink({ accountId: north!.id })];
  secrets.add(tokenOf(links[0]?.url ?? ''));
  outputs.push(await openReconnectLink(app.deps, tokenOf(links[0]?.url ?? ''), 'mara'), await reauthorizeAs(app.deps, south!.id, 'mara'));
  app.spotify.revoke('segue-south');
  app.clock.advance(HOUR_MS);
  app.spotify.failNext({ service: 'accounts', status: 500, times: 1 });
  outputs.push(await refreshTokens(app.deps, { signal: new AbortController().signal }));
  await keep();
  app.spotify.failNext({ service: 'accounts', times: 1, status: 200, body: 'not JSON at all' });
  app.clock.advance(HOUR_MS);
  await app.admin.operations.jobs.run({ task: 'refresh-tokens' });
  await app.runJobs();
  await keep();
  outputs.push(
    await app.admin.playlistAdmin.accounts.list(),
    await app.admin.playlistAdmin.accounts.detail({ accountId: north!.id }),
    await app.admin.playlistAdmin.accounts.tokenCalendar(),
  );
  expect(secrets.size).toBeGreaterThanOrEqual(10);
  const text = `${await everyRow(app)} ${JSON.stringify(app.logged)} ${JSON.stringify(outputs)}`;
  expect(app.logged.length).toBeGreaterThan(0);
  expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
});
