import { accounts } from '#drizzle/schema/index.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { openToken, sealToken } from '#server/use-cases/accounts/token-seals.ts';
import { refreshTokens } from '#server/use-cases/accounts/refresh-tokens.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { accountId } from '#shared/ids.ts';
import type { AccountId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { connectAccounts } from '#tests/support/spotify/connected-accounts.ts';

const HOUR_MS = 3_600_000;
const COUNTED = { SPOTIFY_REQUESTS_PER_30S: '30000' };
const exchanges = (app: TestApp) => app.spotify.requests({ path: '/api/token' }).length;

/** More accounts of one person than Spotify would allow, each with tokens sealed to its own row. */
async function connectMany(app: TestApp, count: number): Promise<AccountId[]> {
  const [one] = await connectAccounts(app.deps, 'segue-north');
  if (!one) throw new Error('No account was connected.');
  const rows = Array.from({ length: count }, (_, at) => copyAccount(app, one, at));
  await app.deps.db.insert(accounts).values(rows);
  return rows.map(({ id }) => id);
}

function copyAccount({ deps: { sealer } }: TestApp, one: Account, at: number): Account {
  const id = accountId.parse(randomUUID());
  const refreshToken = openToken(sealer, one.sealedRefreshToken ?? '', { id: one.id, column: 'sealed_refresh_token' });
  const sealedRefreshToken = sealToken(sealer, refreshToken, { id, column: 'sealed_refresh_token' });
  return {
    ...one,
    id,
    spotifyUserId: `another-${at}`,
    displayName: `Another ${at}`,
    sealedAccessToken: null,
    accessExpiresAt: null,
    sealedRefreshToken,
  };
}

test('sixty accounts whose tokens have all expired refresh at once, and the database still has connections for others', async () => {
  await using app = await startTestApp({ env: COUNTED });
  const ids = await connectMany(app, 60);
  app.clock.advance(HOUR_MS);
  const before = exchanges(app);
  const refreshes = ids.flatMap((id) => [0, 1, 2].map(() => withAccessToken(app.deps, id, (token) => Promise.resolve(token))));
  const others = Array.from({ length: 20 }, () => app.admin.playlistAdmin.accounts.list());
  const ends = await Promise.allSettled([...refreshes, ...others]);
  expect(ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []))).toEqual([]);
  expect(exchanges(app)).toBe(before + ids.length);
});

test('a token is refreshed although other requests have taken the app’s next send slots', async () => {
  await using app = await startTestApp({ env: { SPOTIFY_REQUESTS_PER_30S: '30' } });
  const [north] = await connectAccounts(app.deps, 'segue-north');
  app.clock.advance(HOUR_MS);
  const nextSlotMs = app.clock.now().getTime() + 11_000;
  await app.deps.db.execute(sql`update rate_buckets set arrival_ms = ${nextSlotMs}::float8`);
  expect(await withAccessToken(app.deps, north!.id, (token) => Promise.resolve(token))).toBeTruthy();
});

test('the scheduled run refreshes two hundred accounts once each, although jobs ask for them at the same time', async () => {
  await using app = await startTestApp({ env: COUNTED });
  const ids = await connectMany(app, 200);
  app.clock.advance(HOUR_MS);
  const before = exchanges(app);
  const jobs = ids.slice(0, 40).map((id) => withAccessToken(app.deps, id, (token) => Promise.resolve(token)));
  const [result] = await Promise.all([refreshTokens(app.deps, { signal: new AbortController().signal }), ...jobs]);
  expect(result).toMatchObject({ refreshed: 201, failed: 0, ended: 0, unreadable: 0 });
  expect(exchanges(app)).toBe(before + 201);
});
