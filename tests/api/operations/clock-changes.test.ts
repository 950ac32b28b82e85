import { SYSTEM } from '#server/actor.ts';
import { findAccount } from '#server/repos/accounts/accounts.ts';
import { beginSession } from '#server/use-cases/auth/begin-session.ts';
import { checkAdminKey } from '#server/use-cases/auth/check-admin-key.ts';
import { identifySession } from '#server/use-cases/auth/identify-session.ts';
import { createReconnectLink } from '#server/use-cases/accounts/create-reconnect-link.ts';
import { listAccountAlerts } from '#server/use-cases/accounts/list-account-alerts.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { refreshTokens } from '#server/use-cases/accounts/refresh-tokens.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { describe, expect, test } from 'vitest';
import { startTestApp, TEST_ADMIN_KEY } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { connectAccounts, openReconnectLink, tokenOf } from '#tests/support/spotify/connected-accounts.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SPOTIFY_USERS = ['segue-north', 'segue-south', 'segue-east'];
const signal = new AbortController().signal;
const exchanges = (app: TestApp) => app.spotify.requests({ path: '/api/token' }).length;
const renew = ({ deps }: TestApp) => refreshTokens(deps, { signal });

/** Segue's clock jumps; Spotify's clock does not. */
function jump(app: TestApp, ms: number): void {
  app.clock.advance(ms);
  app.spotify.advance(-ms);
}

/** Asks Spotify for the owner of the account, the way a write would be sent. */
const identify = ({ deps }: TestApp, id: Parameters<typeof withAccessToken>[1]) =>
  withAccessToken(deps, id, (token) => deps.spotifyAccounts.identify(token, new AbortController().signal));

describe('the tokens of accounts, when Segue’s clock', () => {
  test('jumps ahead by hours, are refreshed once each, and once more only when they are old again', async () => {
    await using app = await startTestApp();
    const connected = await connectAccounts(app.deps, ...SPOTIFY_USERS);
    jump(app, 5 * HOUR_MS);
    const before = exchanges(app);
    const runs = await Promise.all([renew(app), ...connected.flatMap(({ id }) => [identify(app, id), identify(app, id), identify(app, id)])]);
    expect(runs).toHaveLength(10);
    expect(exchanges(app)).toBe(before + SPOTIFY_USERS.length);
    expect(await renew(app)).toMatchObject({ refreshed: 0, ended: 0, failed: 0 });
    for (const { id } of connected) await identify(app, id);
    expect(exchanges(app)).toBe(before + SPOTIFY_USERS.length);
  });

  test('is set back by hours, keep working: an expired one is refreshed when Spotify rejects it, once however many callers ask', async () => {
    await using app = await startTestApp();
    app.clock.advance(5 * HOUR_MS);
    const [north] = await connectAccounts(app.deps, ...SPOTIFY_USERS);
    jump(app, -5 * HOUR_MS);
    const before = exchanges(app);
    expect(await renew(app)).toMatchObject({ refreshed: 0 });
    expect(await identify(app, north!.id)).toMatchObject({ userId: 'segue-north' });
    expect(exchanges(app)).toBe(before);
    app.clock.advance(2 * HOUR_MS);
    const answers = await Promise.all(Array.from({ length: 12 }, () => identify(app, north!.id)));
    expect(new Set(answers.map(({ userId }) => userId))).toEqual(new Set(['segue-north']));
    expect(exchanges(app)).toBe(before + 1);
    // What is stored from now on has a correct date: the schedule handles it again.
    app.clock.advance(50 * 60_000);
    await renew(app);
    expect((await findAccount(app.deps.db, north!.id))?.tokenVersion).toBe((north?.tokenVersion ?? 0) + 2);
  });

  test('is set back and forth, refresh no token that is new, and no account is stopped by it', async () => {
    await using app = await startTestApp();
    const connected = await connectAccounts(app.deps, ...SPOTIFY_USERS);
    const before = exchanges(app);
    for (const ms of [30 * DAY_MS, -30 * DAY_MS, 3 * HOUR_MS, -3 * HOUR_MS, -2 * DAY_MS, 2 * DAY_MS]) {
      jump(app, ms);
      await renew(app);
      for (const { id } of connected) await identify(app, id);
    }
    // Ahead twice, and each time every token looked old once.
    expect(exchanges(app) - before).toBeLessThanOrEqual(3 * SPOTIFY_USERS.length);
    expect((await listAccounts(app.deps, SYSTEM)).map(({ status }) => status)).toEqual(['active', 'active', 'active']);
    expect(await listAccountAlerts(app.deps)).toEqual([]);
  });

  test('jumps past their six months, get a warning but stay active until Spotify confirms', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north');
    jump(app, 200 * DAY_MS);
    expect(await renew(app)).toMatchObject({ refreshed: 1, ended: 0 });
    expect(await listAccountAlerts(app.deps)).toMatchObject([{ level: 'critical', what: 'The authorization of Segue North has expired' }]);
    expect(await findAccount(app.deps.db, north!.id)).toMatchObject({ status: 'active' });
    jump(app, -200 * DAY_MS);
    expect(await listAccountAlerts(app.deps)).toEqual([]);
  });
});

test('a reconnect link made before the clock was set back by days opens nothing until then, and a new one works', async () => {
  await using app = await startTestApp();
  const [north] = await connectAccounts(app.deps, 'segue-north');
  app.clock.advance(3 * DAY_MS);
  const early = await createReconnectLink(app.deps, SYSTEM, { accountId: north!.id });
  app.clock.advance(-3 * DAY_MS);
  await expect(openReconnectLink(app.deps, tokenOf(early.url), 'segue-north')).rejects.toMatchObject({ code: 'not_found' });
  expect((await listAccounts(app.deps, SYSTEM))[0]).toMatchObject({ openLinkUntil: null });
  const link = await createReconnectLink(app.deps, SYSTEM, { accountId: north!.id });
  expect(await openReconnectLink(app.deps, tokenOf(link.url), 'segue-north')).toMatchObject({ kind: 'connected' });
});

const begin = ({ deps }: TestApp) =>
  deps.db.transaction((tx) => beginSession(deps, tx, { userId: null, role: 'admin', replaces: undefined, adminKey: TEST_ADMIN_KEY }));

describe('a session', () => {
  test('that began before the clock was set back does not live longer by the length of the jump', async () => {
    await using app = await startTestApp();
    app.clock.advance(400 * DAY_MS);
    const { secret } = await begin(app);
    expect(await identifySession(app.deps, secret)).toEqual({ kind: 'admin_key' });
    app.clock.advance(-400 * DAY_MS);
    expect(await identifySession(app.deps, secret)).toEqual({ kind: 'anonymous' });
    const { secret: newSecret } = await begin(app);
    expect(await identifySession(app.deps, newSecret)).toEqual({ kind: 'admin_key' });
  });

  test('survives clocks of two servers that differ by a minute and a half', async () => {
    await using app = await startTestApp();
    app.clock.advance(90_000);
    const { secret } = await begin(app);
    app.clock.advance(-90_000);
    expect(await identifySession(app.deps, secret)).toEqual({ kind: 'admin_key' });
  });
});

test('wrong admin keys sent before the clock was set back do not block their address for hours, and never the right key', async () => {
  await using app = await startTestApp();
  app.clock.advance(6 * HOUR_MS);
  const present = (key: string) => checkAdminKey(app.deps, { key, address: '192.0.2.1' });
  for (let times = 0; times < 11; times += 1) await present('a wrong key').catch(() => {});
  await expect(present('a wrong key')).rejects.toMatchObject({ code: 'rate_limited' });
  expect(await present(TEST_ADMIN_KEY)).toEqual({ kind: 'admin_key' });
  app.clock.advance(-6 * HOUR_MS);
  await expect(present('a wrong key')).rejects.toMatchObject({ code: 'unauthenticated' });
  for (let times = 0; times < 11; times += 1) await present('a wrong key').catch(() => {});
  await expect(present('a wrong key')).rejects.toSatisfy((error: { retryAfterMs?: number }) => (error.retryAfterMs ?? 0) <= 60_000);
  expect(await present(TEST_ADMIN_KEY)).toEqual({ kind: 'admin_key' });
});
