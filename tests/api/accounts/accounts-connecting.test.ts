import { SYSTEM } from '#server/actor.ts';
import { accounts, oauthAttempts, reconnectLinks } from '#drizzle/schema/index.ts';
import { findAccount } from '#server/repos/accounts/accounts.ts';
import { consentAs } from '#server/sandbox/consent.ts';
import { beginReconnect } from '#server/use-cases/accounts/begin-reconnect.ts';
import { beginConnect, finishConnect } from '#server/use-cases/accounts/connect-account.ts';
import { digest } from '#server/use-cases/auth/secrets.ts';
import { describe, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import { ADMIN_KEY, cookiesOf, dataOf, decideOnSpotify, errorOf, startHttpApp, callTrpc } from '#tests/support/http-app.ts';
import { accountOf, openReconnectLink, connectAccounts, reauthorizeAs, tokenOf } from '#tests/support/spotify/connected-accounts.ts';

const DAY_MS = 86_400_000;
const asAdmin = { 'x-admin-api-key': ADMIN_KEY };

describe('connecting an account', () => {
  test('uses the client secret when the app has one: no PKCE challenge is sent, and the refresh token does not rotate', async () => {
    await using app = await startTestApp();
    const { authorizeUrl } = await beginConnect(app.deps, SYSTEM, {});
    expect(new URL(authorizeUrl).searchParams.has('code_challenge')).toBe(false);
    const [account] = await connectAccounts(app.deps, 'segue-north');
    const grant = await app.deps.spotifyAccounts.refresh(await openRefreshToken(app, account!.id), AbortSignal.timeout(60_000));
    expect(grant.refreshToken).toBeUndefined();
  });

  test('uses PKCE when the app has no secret, and each refresh token works once', async () => {
    await using app = await startTestApp({ env: { SPOTIFY_CLIENT_SECRET: '' } });
    const { authorizeUrl } = await beginConnect(app.deps, SYSTEM, {});
    expect(new URL(authorizeUrl).searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    const [account] = await connectAccounts(app.deps, 'segue-north');
    const token = await openRefreshToken(app, account!.id);
    const first = await app.deps.spotifyAccounts.refresh(token, AbortSignal.timeout(60_000));
    expect(first.refreshToken).toMatch(/./);
    await expect(app.deps.spotifyAccounts.refresh(token, AbortSignal.timeout(60_000))).rejects.toMatchObject({ code: 'reauth_required' });
  });

  test('with an authorization code of another sign-in is refused, and nothing is stored', async () => {
    await using app = await startTestApp({ env: { SPOTIFY_CLIENT_SECRET: '' } });
    const [own, other] = [await beginConnect(app.deps, SYSTEM, {}), await beginConnect(app.deps, SYSTEM, {})];
    const foreign = await consentAs(other.authorizeUrl, 'segue-south');
    const answer = { code: foreign.code, state: own.state, browserSecret: own.browserSecret };
    expect(await finishConnect(app.deps, SYSTEM, answer)).toMatchObject({ kind: 'refused', problem: 'code_refused' });
    expect(await app.deps.db.select().from(accounts)).toEqual([]);
  });
});

async function openRefreshToken(app: Awaited<ReturnType<typeof startTestApp>>, id: string): Promise<string> {
  const [row] = await app.deps.db.select().from(accounts);
  return app.deps.sealer.open(row?.sealedRefreshToken ?? '', `accounts|sealed_refresh_token|${id}`);
}

describe('re-authorizing a given account', () => {
  test('as another Spotify user is refused with both names and changes nothing', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north');
    const before = await app.deps.db.select().from(accounts);
    const refused = await reauthorizeAs(app.deps, north!.id, 'segue-south');
    expect(refused).toMatchObject({ kind: 'refused', problem: 'wrong_account' });
    expect(await app.deps.db.select().from(accounts)).toEqual(before);
    const note = 'note' in refused ? refused.note : '';
    expect(note).not.toContain('Segue');
    expect(await app.admin.playlistAdmin.accounts.wrongAccount({ note })).toEqual({ actual: 'Segue South', expected: 'Segue North' });
    expect(await app.admin.playlistAdmin.accounts.wrongAccount({ note: `${note.slice(0, -2)}AA` })).toBeNull();
    app.clock.advance(31 * 60_000);
    expect(await app.admin.playlistAdmin.accounts.wrongAccount({ note })).toBeNull();
  });

  test('that the operator disabled keeps it disabled and stores the new tokens', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north');
    await app.admin.playlistAdmin.accounts.switch({ accountId: north!.id, isEnabled: false });
    expect(await reauthorizeAs(app.deps, north!.id, 'segue-north')).toMatchObject({ kind: 'connected', accountId: north!.id });
    expect(await accountOf(app.deps, 'segue-north')).toMatchObject({ status: 'disabled', tokenVersion: 2 });
    expect(await app.admin.playlistAdmin.accounts.switch({ accountId: north!.id, isEnabled: true })).toEqual({ status: 'active' });
  });

  test('starts only for an account that exists, and only for operators', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north');
    const begin = beginConnect(app.deps, { kind: 'anonymous' }, { accountId: north!.id });
    await expect(begin).rejects.toMatchObject({ code: 'unauthenticated' });
    await app.deps.db.delete(accounts);
    await expect(beginConnect(app.deps, SYSTEM, { accountId: north!.id })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a reconnect link', () => {
  test('lets the owner re-authorize without signing in to Segue, once, through the real HTTP route', async () => {
    await using server = await startHttpApp();
    const [north] = await connectAccounts(server.deps, 'segue-north');
    const made = await callTrpc(server, 'playlistAdmin.accounts.createReconnectLink', {
      method: 'POST',
      headers: asAdmin,
      input: { accountId: north!.id },
    });
    const { url } = dataOf(made) as { url: string };
    expect(url).toMatch(new RegExp(`^${server.url}/reconnect#[\\w-]{43}$`));
    const token = tokenOf(url);
    const [stored] = await server.deps.db.select().from(reconnectLinks);
    expect(stored).toMatchObject({ tokenHash: digest(token), usedAt: null });
    const view = await callTrpc(server, 'playlistAdmin.accounts.viewReconnectLink', { method: 'POST', input: { token } });
    expect(dataOf(view)).toMatchObject({ displayName: 'Segue North', playlists: 0 });
    server.setAhead(DAY_MS);
    const post = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ token }),
    };
    const started = await server.request('/auth/spotify/reconnect', post);
    const { authorizeUrl } = JSON.parse(started.text) as { authorizeUrl: string };
    expect(authorizeUrl).not.toContain(token);
    const back = await decideOnSpotify(authorizeUrl, 'segue-north');
    const done = await server.request(`${back.pathname}${back.search}`, { headers: { cookie: cookiesOf(started) } });
    expect(done.headers.location).toBe(`/reconnect?done=${north!.id}`);
    const renewed = await accountOf(server.deps, 'segue-north');
    expect(renewed.authorizedAt.getTime()).toBeGreaterThan(north!.authorizedAt.getTime() + DAY_MS / 2);
    expect(errorOf(await server.request('/auth/spotify/reconnect', post))).toMatchObject({ code: 'not_found' });
    expect(JSON.stringify(server.logged)).not.toContain(token);
  });

  test('sends an owner who declines back to the link, not to the operator’s sign-in page', async () => {
    await using server = await startHttpApp();
    const [north] = await connectAccounts(server.deps, 'segue-north');
    const made = await callTrpc(server, 'playlistAdmin.accounts.createReconnectLink', {
      method: 'POST',
      headers: asAdmin,
      input: { accountId: north!.id },
    });
    const token = tokenOf((dataOf(made) as { url: string }).url);
    const started = await server.request('/auth/spotify/reconnect', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    const { authorizeUrl } = JSON.parse(started.text) as { authorizeUrl: string };
    const back = await decideOnSpotify(authorizeUrl, 'mara');
    const refused = await server.request(`${back.pathname}${back.search}`, { headers: { cookie: cookiesOf(started) } });
    expect(refused.headers.location).toMatch(/^\/reconnect\?problem=wrong_account&note=v1\./);
    // The right person can still use the link: it was not consumed.
    expect(await openReconnectLink(server.deps, token, 'segue-north')).toMatchObject({ kind: 'connected' });
  });

  test('that is wrong, used, replaced or a week old is not found, always with the same message', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north');
    const link = async () => tokenOf((await app.admin.playlistAdmin.accounts.createReconnectLink({ accountId: north!.id })).url);
    const replaced = await link();
    const used = await link();
    expect(await openReconnectLink(app.deps, used, 'segue-north')).toMatchObject({ kind: 'connected' });
    const old = await link();
    app.clock.advance(7 * DAY_MS + 1);
    const messages: string[] = [];
    for (const token of ['a-guess', replaced, used, old]) {
      const error = await app
        .as({ kind: 'anonymous' })
        .playlistAdmin.accounts.viewReconnectLink({ token })
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'NOT_FOUND' });
      messages.push((error as Error).message);
      await expect(beginReconnect(app.deps, { token, browserSecret: undefined })).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(new Set(messages).size).toBe(1);
  });

  test('that two browsers follow at once connects once', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north');
    const token = tokenOf((await app.admin.playlistAdmin.accounts.createReconnectLink({ accountId: north!.id })).url);
    const started = await Promise.all([1, 2, 3].map(() => beginReconnect(app.deps, { token, browserSecret: undefined })));
    const answers = await Promise.all(
      started.map(async (one) => ({ ...(await consentAs(one.authorizeUrl, 'segue-north')), browserSecret: one.browserSecret })),
    );
    const ends = await Promise.all(answers.map((answer) => finishConnect(app.deps, { kind: 'anonymous' }, answer)));
    expect(ends.map((end) => (end.kind === 'refused' ? end.problem : end.kind)).toSorted()).toEqual(['connected', 'link_used', 'link_used']);
    expect((await findAccount(app.deps.db, north!.id))?.tokenVersion).toBe(2);
  });

  test('grants nothing else: an answer for the operator’s return address is refused from a visitor who is not signed in', async () => {
    await using app = await startTestApp();
    const started = await beginConnect(app.deps, SYSTEM, {});
    const answer = { ...(await consentAs(started.authorizeUrl, 'mara')), browserSecret: started.browserSecret };
    await expect(finishConnect(app.deps, { kind: 'anonymous' }, answer)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await app.deps.db.select().from(accounts)).toEqual([]);
    expect(app.spotify.requests({ path: '/api/token' })).toEqual([]);
    expect(await app.deps.db.select().from(oauthAttempts)).toEqual([]);
  });
});
