import { SYSTEM } from '#server/actor.ts';
import { findAccount } from '#server/repos/accounts/accounts.ts';
import { createDatabase } from '#server/repos/database.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { reauthDate } from '#server/use-cases/accounts/reauth-date.ts';
import { openToken } from '#server/use-cases/accounts/token-seals.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { AppError } from '#shared/errors.ts';
import { accountId } from '#shared/ids.ts';
import type { AccountId } from '#shared/ids.ts';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_KEY, cookiesOf, decideOnSpotify, startHttpApp } from '#tests/support/http-app.ts';
import type { HttpResponse, HttpApp } from '#tests/support/http-app.ts';

const HOUR_MS = 3_600_000;

let server: HttpApp;
beforeAll(async () => {
  server = await startHttpApp();
});
beforeEach(() => {
  server.setAhead(0);
  server.spotify.reset();
});
afterAll(() => server[Symbol.asyncDispose]());

const asAdmin = { 'x-admin-api-key': ADMIN_KEY };

async function connect(person: string, headers: Record<string, string> = asAdmin): Promise<HttpResponse> {
  const started = await server.request('/auth/spotify/connect', { headers });
  const back = await decideOnSpotify(started.headers.location ?? '', person);
  return server.request(`${back.pathname}${back.search}`, { headers: { ...headers, cookie: cookiesOf(started) } });
}

async function connected(person: string): Promise<AccountId> {
  expect((await connect(person)).headers.location).toBe('/admin/accounts');
  const { rows } = await server.deps.pool.query<{ id: string }>('select id from accounts where spotify_user_id = $1', [person]);
  return accountId.parse(rows[0]?.id);
}

const tokenRequests = (): number => server.spotify.requests({ path: '/api/token' }).length;
const currentToken = (id: AccountId): Promise<string> => withAccessToken(server.deps, id, (token) => Promise.resolve(token));

function crash(): never {
  throw new Error('the process died here');
}

describe('connecting an account', () => {
  test('requests the scopes that hosting playlists needs, stores the tokens sealed to their row, and renews the account when repeated', async () => {
    const started = await server.request('/auth/spotify/connect', { headers: asAdmin });
    const params = new URL(started.headers.location ?? '').searchParams;
    expect(params.get('redirect_uri')).toBe(`${server.url}/auth/spotify/connected`);
    expect(params.get('scope')?.split(' ')).toEqual(
      expect.arrayContaining(['playlist-modify-public', 'playlist-modify-private', 'playlist-read-private']),
    );
    const id = await connected('segue-north');
    const first = await findAccount(server.deps.db, id);
    const token = await currentToken(id);
    expect(JSON.stringify(first)).not.toContain(token);
    expect(() => openToken(server.deps.sealer, first?.sealedAccessToken ?? '', { id, column: 'sealed_refresh_token' })).toThrow('authenticate');
    server.setAhead(HOUR_MS);
    expect(await connected('segue-north')).toBe(id);
    const second = await findAccount(server.deps.db, id);
    expect(second).toMatchObject({ status: 'active', tokenVersion: (first?.tokenVersion ?? 0) + 1 });
    expect(second?.authorizedAt.getTime()).toBeGreaterThan((first?.authorizedAt.getTime() ?? 0) + HOUR_MS / 2);
  });

  test('is for the operator: an anonymous visitor and a listener are sent to the sign-in page, at the start and at the callback', async () => {
    for (const path of ['/auth/spotify/connect', '/auth/spotify/connected?code=x&state=y']) {
      expect((await server.request(path)).headers.location).toBe('/sign-in?problem=not_admin');
    }
    const started = await server.request('/auth/spotify');
    const back = await decideOnSpotify(started.headers.location ?? '', 'mara');
    const cookie = cookiesOf(await server.request(`${back.pathname}${back.search}`, { headers: { cookie: cookiesOf(started) } }));
    expect((await server.request('/auth/spotify/connect', { headers: { cookie } })).headers.location).toBe('/sign-in?problem=not_admin');
  });

  test('with fewer scopes than requested is refused and stores nothing', async () => {
    const started = await server.request('/auth/spotify/connect', { headers: asAdmin });
    const narrowed = new URL(started.headers.location ?? '');
    narrowed.searchParams.set('scope', 'playlist-read-private');
    const back = await decideOnSpotify(narrowed.href, 'segue-west');
    expect(back.searchParams.get('code')).toBeNull();
    server.spotify.addPerson('segue-west', 'Segue West');
    const secondBack = await decideOnSpotify(narrowed.href, 'segue-west');
    const answer = await server.request(`${secondBack.pathname}${secondBack.search}`, { headers: { ...asAdmin, cookie: cookiesOf(started) } });
    expect(answer.headers.location).toBe('/admin/accounts?problem=scopes_missing');
    expect((await server.deps.pool.query("select 1 from accounts where spotify_user_id = 'segue-west'")).rows).toEqual([]);
  });

  test('is listed with the date by which it must be repeated, for operators only and without tokens', async () => {
    const id = await connected('segue-south');
    const row = (await listAccounts(server.deps, SYSTEM)).find((account) => account.id === id);
    expect(row).toMatchObject({ displayName: 'Segue South', status: 'active', playlists: 0, maxPlaylists: 200 });
    expect(row?.reauthBy).toBe(reauthDate(new Date(row?.authorizedAt ?? '')).toISOString());
    expect(JSON.stringify(row)).not.toMatch(/token|sealed/i);
    await expect(listAccounts(server.deps, { kind: 'anonymous' })).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

test.for([
  ['2026-01-15T10:00:00Z', '2026-07-15T10:00:00Z'],
  ['2026-08-31T23:59:59Z', '2027-02-28T23:59:59Z'],
  ['2027-08-30T00:00:00Z', '2028-02-29T00:00:00Z'],
  ['2026-12-31T00:00:00Z', '2027-06-30T00:00:00Z'],
])('an authorization of %s expires at %s', ([from, until]) => {
  expect(reauthDate(new Date(from ?? '')).toISOString()).toBe(new Date(until ?? '').toISOString());
});

describe('an access token', () => {
  test('is used unchanged while it is valid, and refreshed five minutes before it expires', async () => {
    const id = await connected('segue-east');
    const [first, requests] = [await currentToken(id), tokenRequests()];
    server.setAhead(HOUR_MS - 6 * 60_000);
    expect([await currentToken(id), tokenRequests()]).toEqual([first, requests]);
    server.setAhead(HOUR_MS - 4 * 60_000);
    expect(await currentToken(id)).not.toBe(first);
    expect(tokenRequests()).toBe(requests + 1);
  });

  test('is refreshed exactly once for a hundred callers in three processes, round after round', async () => {
    const id = await connected('segue-east');
    const pools = Array.from({ length: 2 }, () => new Pool(server.deps.pool.options));
    const processes = [server.deps, ...pools.map((pool) => ({ ...server.deps, pool, db: createDatabase(pool) }))];
    for (let round = 1; round <= 5; round++) {
      server.setAhead(round * HOUR_MS);
      const before = tokenRequests();
      const tokens = await Promise.all(
        Array.from({ length: 99 }, (_, i) => withAccessToken(processes[i % 3] ?? server.deps, id, (token) => Promise.resolve(token))),
      );
      expect([round, new Set(tokens).size, tokenRequests() - before]).toEqual([round, 1, 1]);
      // The stored token is the newest one, or the next round could not refresh.
      expect(await currentToken(id)).toBe(tokens[0]);
    }
    await Promise.all(pools.map((pool) => pool.end()));
  });

  test('that Spotify rejects before it expires is refreshed, and the work is repeated once', async () => {
    const id = await connected('segue-east');
    const used: string[] = [];
    const result = await withAccessToken(server.deps, id, async (token) => {
      used.push(token);
      if (used.length === 1) throw new AppError('unauthenticated', { message: 'Spotify did not accept the token.' });
      return 'done';
    });
    expect([result, used.length, new Set(used).size]).toEqual(['done', 2, 2]);
  });

  test('that is rejected again is an error, after one refresh', async () => {
    const id = await connected('segue-east');
    const before = tokenRequests();
    const refused = withAccessToken(server.deps, id, () => Promise.reject(new AppError('unauthenticated', { message: 'No.' })));
    await expect(refused).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(tokenRequests()).toBe(before + 1);
  });

  test('that was issued but not stored before a crash is requested again, and nothing is half-written', async () => {
    const id = await connected('segue-east');
    const before = await findAccount(server.deps.db, id);
    server.setAhead(HOUR_MS);
    const crashing = withAccessToken({ ...server.deps, faultPoint: crash }, id, (token) => Promise.resolve(token));
    await expect(crashing).rejects.toThrow('the process died here');
    expect(await findAccount(server.deps.db, id)).toEqual(before);
    expect(await currentToken(id)).toMatch(/./);
    expect((await findAccount(server.deps.db, id))?.tokenVersion).toBe((before?.tokenVersion ?? 0) + 1);
  });

  test('is not refreshed for any other failure of the work', async () => {
    const id = await connected('segue-east');
    const before = tokenRequests();
    await expect(withAccessToken(server.deps, id, () => Promise.reject(new AppError('rate_limited', { message: 'Slow.' })))).rejects.toMatchObject({
      code: 'rate_limited',
    });
    expect(tokenRequests()).toBe(before);
  });
});

describe('an account whose authorization has expired', () => {
  test('is marked with the reason, asks Spotify once and never again, and does not affect the others', async () => {
    const [dead, alive] = [await connected('segue-north'), await connected('segue-south')];
    server.spotify.revoke('segue-north');
    server.setAhead(HOUR_MS);
    const before = tokenRequests();
    const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => currentToken(dead)));
    expect(attempts.every((one) => one.status === 'rejected' && one.reason instanceof AppError && one.reason.code === 'reauth_required')).toBe(true);
    expect(tokenRequests()).toBe(before + 1);
    expect(await findAccount(server.deps.db, dead)).toMatchObject({
      status: 'needs_reauth',
      statusReason: expect.any(String),
      sealedAccessToken: null,
    });
    expect(await currentToken(alive)).toMatch(/./);
    const { rows } = await server.deps.pool.query('select subject from audit_log where action = $1', ['account_needs_reauth']);
    expect(rows).toEqual([{ subject: `account:${dead}` }]);
  });

  test('works again once it is reconnected', async () => {
    const id = await connected('segue-north');
    server.spotify.revoke('segue-north');
    server.setAhead(HOUR_MS);
    await expect(currentToken(id)).rejects.toMatchObject({ code: 'reauth_required' });
    expect(await connected('segue-north')).toBe(id);
    expect(await currentToken(id)).toMatch(/./);
    expect(await findAccount(server.deps.db, id)).toMatchObject({ status: 'active', statusReason: null });
  });

  test('is not marked when Spotify is merely down', async () => {
    const id = await connected('segue-north');
    server.setAhead(HOUR_MS);
    server.spotify.failNext({ service: 'accounts', status: 503, times: 1 });
    await expect(currentToken(id)).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(await findAccount(server.deps.db, id)).toMatchObject({ status: 'active' });
    expect(await currentToken(id)).toMatch(/./);
  });
});
