import { accounts } from '#drizzle/schema/index.ts';
import { SYSTEM } from '#server/actor.ts';
import { findAccount } from '#server/repos/accounts/accounts.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { createSealer } from '#server/runtime/sealer.ts';
import { listAccountAlerts } from '#server/use-cases/accounts/list-account-alerts.ts';
import { refreshTokens } from '#server/use-cases/accounts/refresh-tokens.ts';
import { rotateKeys } from '#server/use-cases/accounts/rotate-keys.ts';
import { viewAccount } from '#server/use-cases/accounts/view-account.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { eq } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { connectAccounts, reauthorizeAs } from '#tests/support/spotify/connected-accounts.ts';

const HOUR_MS = 3_600_000;
const tokenOf = (deps: TestApp['deps'], account: Account) => withAccessToken(deps, account.id, (token) => Promise.resolve(token));
const exchanges = (app: TestApp) => app.spotify.requests({ path: '/api/token' }).length;
const change = ({ deps }: TestApp, account: Account, tokens: Partial<Account>) =>
  deps.db.update(accounts).set(tokens).where(eq(accounts.id, account.id));
const renew = ({ deps }: TestApp) => refreshTokens(deps, { signal: new AbortController().signal });

/** The same sealed text with one character of its ciphertext changed. */
function flipped(sealed: string | null): string {
  const parts = (sealed ?? '').split('.');
  const text = parts[3] ?? '';
  parts[3] = `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
  return parts.join('.');
}

async function connectTwo(app: TestApp): Promise<readonly [Account, Account]> {
  const [north, south] = await connectAccounts(app.deps, 'segue-north', 'segue-south');
  if (!north || !south) throw new Error('No account was connected.');
  return [north, south];
}

describe('tokens whose key is missing from the key ring', () => {
  test('are reported as unreadable, cause no Spotify request, and work again once the key is back', async () => {
    await using app = await startTestApp();
    const [north] = await connectTwo(app);
    const otherKeyDeps = { ...app.deps, sealer: createSealer([{ id: 'fresh', key: randomBytes(32) }]) };
    const before = exchanges(app);
    await expect(tokenOf(otherKeyDeps, north)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Segue North cannot be used. Its tokens are encrypted with the key “test”, which is not in SPOTIFY_TOKEN_KEY.',
      remedy: 'Add the key to SPOTIFY_TOKEN_KEY again, or re-authorize the account.',
    });
    app.clock.advance(HOUR_MS);
    const result = await refreshTokens(otherKeyDeps, { signal: new AbortController().signal });
    expect(result).toMatchObject({ unreadable: 2, failed: 0, outcome: 'the key to the tokens of 2 accounts is missing from SPOTIFY_TOKEN_KEY.' });
    expect((await viewAccount(otherKeyDeps, SYSTEM, { accountId: north.id })).account).toMatchObject({
      status: 'active',
      missingKey: 'test',
      statusReason: expect.stringContaining('Add the key again, or re-authorize the account.') as string,
    });
    expect(exchanges(app)).toBe(before);
    expect(await tokenOf(app.deps, north)).toBeTruthy();
    expect((await viewAccount(app.deps, SYSTEM, { accountId: north.id })).account).toMatchObject({ missingKey: null, statusReason: null });
  });

  test('are replaced by a reconnect under a key that is present', async () => {
    await using app = await startTestApp();
    const [north] = await connectTwo(app);
    const otherKeyDeps = { ...app.deps, sealer: createSealer([{ id: 'fresh', key: randomBytes(32) }]) };
    expect(await reauthorizeAs(otherKeyDeps, north.id, 'segue-north')).toMatchObject({ kind: 'connected' });
    expect(await tokenOf(otherKeyDeps, north)).toBeTruthy();
  });
});

describe('a token that was altered', () => {
  test('is exchanged when the other token is intact', async () => {
    await using app = await startTestApp();
    const [north] = await connectTwo(app);
    const oldToken = await tokenOf(app.deps, north);
    await change(app, north, { sealedAccessToken: flipped(north.sealedAccessToken) });
    const before = exchanges(app);
    const newToken = await tokenOf(app.deps, north);
    expect(newToken).not.toBe(oldToken);
    expect(await tokenOf(app.deps, north)).toBe(newToken);
    expect(exchanges(app)).toBe(before + 1);
  });

  test.each([
    ['altered in one place', flipped],
    ['cut short', (sealed: string | null) => (sealed ?? '').slice(0, -4)],
    ['not sealed at all', () => 'AQD-a-naked-refresh-token'],
    ['empty', () => ''],
  ])('stops the account with a reason and without a request to Spotify when the refresh token is %s', async (_name, alter) => {
    await using app = await startTestApp();
    const [north, south] = await connectTwo(app);
    await change(app, north, { sealedRefreshToken: alter(north.sealedRefreshToken) });
    app.clock.advance(HOUR_MS);
    const before = exchanges(app);
    expect(await renew(app)).toMatchObject({ ended: 1, refreshed: 1, failed: 0, unreadable: 0 });
    expect(exchanges(app)).toBe(before + 1);
    const reason = 'Its stored refresh token was altered, or belongs to another account, and cannot be decrypted.';
    expect(await findAccount(app.deps.db, north.id)).toMatchObject({ status: 'needs_reauth', statusReason: reason });
    expect(await findAccount(app.deps.db, south.id)).toMatchObject({ status: 'active' });
    expect(await listAccountAlerts(app.deps)).toMatchObject([{ level: 'critical', what: 'Segue North must be re-authorized' }]);
    await reauthorizeAs(app.deps, north.id, 'segue-north');
    expect(await tokenOf(app.deps, north)).toBeTruthy();
  });
});

test('tokens swapped between two accounts work for neither, and neither account is written to with the other’s token', async () => {
  await using app = await startTestApp();
  const [north, south] = await connectTwo(app);
  const [northToken, southToken] = [await tokenOf(app.deps, north), await tokenOf(app.deps, south)];
  await change(app, north, { sealedAccessToken: south.sealedAccessToken });
  await change(app, south, { sealedAccessToken: north.sealedAccessToken });
  expect(await tokenOf(app.deps, north)).not.toBe(southToken);
  expect(await tokenOf(app.deps, south)).not.toBe(northToken);
  const [now, other] = [await findAccount(app.deps.db, north.id), await findAccount(app.deps.db, south.id)];
  for (const [account, from] of [
    [north, other],
    [south, now],
  ] as const) {
    const { sealedAccessToken = null, sealedRefreshToken = null } = from ?? {};
    await change(app, account, { sealedAccessToken, sealedRefreshToken });
  }
  const before = exchanges(app);
  for (const account of [north, south]) await expect(tokenOf(app.deps, account)).rejects.toMatchObject({ code: 'reauth_required' });
  expect(exchanges(app)).toBe(before);
});

test('a rotation skips an altered token and re-seals the others, however often it runs', async () => {
  await using app = await startTestApp();
  const [north, south] = await connectTwo(app);
  await change(app, north, { sealedRefreshToken: flipped(north.sealedRefreshToken) });
  const altered = await findAccount(app.deps.db, north.id);
  const old = { id: 'old', key: randomBytes(32) };
  const rotated = { ...app.deps, sealer: sealerWithKey(app, old) };
  for (const resealed of [1, 0, 0]) {
    expect(await rotateKeys(rotated, SYSTEM)).toMatchObject({ resealed, unreadable: ['Segue North'], needed: [{ key: 'test' }] });
  }
  expect(await findAccount(app.deps.db, north.id)).toEqual(altered);
  expect(await tokenOf(rotated, south)).toBeTruthy();
});

/** The app's own key behind a newer one: seals with the newer key, opens with both. */
function sealerWithKey({ deps: { sealer } }: TestApp, newest: { id: string; key: Buffer }) {
  const fresh = createSealer([newest]);
  return {
    keyIds: [newest.id, ...sealer.keyIds],
    seal: fresh.seal,
    open: (sealed: string, owner: string) => (sealed.split('.')[1] === newest.id ? fresh : sealer).open(sealed, owner),
  };
}

describe('an authorization that was given to another Spotify app', () => {
  test('stops the account, naming both apps, without a request to Spotify; authorizing this app starts it again', async () => {
    await using before = await startTestApp();
    const [north] = await connectTwo(before);
    const moved = { ...before.deps, spotifyAccounts: { ...before.deps.spotifyAccounts, app: 'anotherapp' } };
    before.clock.advance(HOUR_MS);
    const exchangesBefore = exchanges(before);
    expect(await refreshTokens(moved, { signal: new AbortController().signal })).toMatchObject({ ended: 2, refreshed: 0 });
    expect(exchanges(before)).toBe(exchangesBefore);
    expect((await viewAccount(moved, SYSTEM, { accountId: north.id })).account).toMatchObject({
      status: 'needs_reauth',
      statusReason:
        'Its owner authorized the Spotify app testclient, but Segue now runs as the app anotherapp. An authorization works only with its own app.',
    });
    await reauthorizeAs(before.deps, north.id, 'segue-north');
    expect(await renew(before)).toMatchObject({ ended: 0 });
    expect(await tokenOf(before.deps, north)).toBeTruthy();
  });

  test('is detected by Spotify’s answer when Segue does not know it, once and with a reason', async () => {
    await using app = await startTestApp();
    const [north] = await connectTwo(app);
    await change(app, north, { authorizedApp: null });
    app.spotify.revoke('segue-north');
    app.clock.advance(HOUR_MS);
    expect(await renew(app)).toMatchObject({ ended: 1, refreshed: 1 });
    expect(await renew(app)).toMatchObject({ ended: 0 });
  });
});

test('a client secret that Spotify rejects marks no account, and the run says what to compare', async () => {
  await using app = await startTestApp({ sandbox: { client: { id: 'testclient', secret: 'testsecret' } } });
  const [north, south] = await connectTwo(app);
  app.clock.advance(HOUR_MS);
  app.spotify.failNext({ path: '/api/token', status: 400, body: { error: 'invalid_client', error_description: 'Invalid client secret' }, times: 2 });
  await expect(renew(app)).rejects.toMatchObject({
    code: 'provider_rejected',
    message: "Spotify rejected the app's client ID and secret.",
    remedy: expect.stringContaining('SPOTIFY_CLIENT_SECRET') as string,
  });
  for (const { id } of [north, south]) expect(await findAccount(app.deps.db, id)).toMatchObject({ status: 'active' });
  expect(await renew(app)).toMatchObject({ refreshed: 2 });
});
