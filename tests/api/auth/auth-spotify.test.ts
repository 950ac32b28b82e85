import { accounts, oauthAttempts, sessions, userIdentities, users } from '#drizzle/schema/index.ts';
import { SIGN_IN_PROBLEMS } from '#shared/contracts/auth/sign-in-problems.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_KEY, cookiesOf, dataOf, decideOnSpotify, startHttpApp, callTrpc } from '#tests/support/http-app.ts';
import type { HttpResponse, HttpApp } from '#tests/support/http-app.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let server: HttpApp;
beforeAll(async () => {
  server = await startHttpApp({ settings: { allowedHosts: ['internal'] } });
});
beforeEach(async () => {
  server.setAhead(0);
  server.spotify.clearFaults();
  server.spotify.setSwitches({ ownerHasPremium: true });
  for (const table of [sessions, userIdentities, users, oauthAttempts, accounts]) await server.deps.db.delete(table);
});
afterAll(() => server[Symbol.asyncDispose]());

interface Beginning {
  readonly authorizeUrl: string;
  readonly cookie: string;
}

async function begin(path = '/auth/spotify', headers: Record<string, string> = {}): Promise<Beginning> {
  const answer = await server.request(path, { headers });
  return { authorizeUrl: answer.headers.location ?? '', cookie: cookiesOf(answer) };
}

const follow = (back: URL, cookie: string): Promise<HttpResponse> => server.request(`${back.pathname}${back.search}`, { headers: { cookie } });

async function signIn(person: string, returnTo = '/'): Promise<HttpResponse> {
  const { authorizeUrl, cookie } = await begin(`/auth/spotify?returnTo=${encodeURIComponent(returnTo)}`);
  return follow(await decideOnSpotify(authorizeUrl, person), cookie);
}

describe('signing in with Spotify', () => {
  test('requests no scope from Spotify, with PKCE and a state, for the address it returns to', async () => {
    const { authorizeUrl } = await begin();
    const params = Object.fromEntries(new URL(authorizeUrl).searchParams);
    expect(params).toMatchObject({ response_type: 'code', redirect_uri: `${server.url}/auth/spotify/callback`, code_challenge_method: 'S256' });
    expect(params['code_challenge']).toMatch(/^[\w-]{43}$/);
    expect(params['state']).toMatch(/^[\w-]{22,}$/);
    expect(params['scope'] ?? '').toBe('');
  });

  test('makes a new person a listener, returns them to their page and stores no token', async () => {
    const answer = await signIn('mara', '/playlists/7?day=2026-11-21');
    expect([answer.status, answer.headers.location]).toEqual([302, '/playlists/7?day=2026-11-21']);
    const cookie = cookiesOf(answer);
    expect(dataOf(await callTrpc(server, 'auth.status', { headers: { cookie } }))).toMatchObject({
      signedIn: true,
      role: 'listener',
      displayName: 'Mara Ellison',
    });
    expect(dataOf(await callTrpc(server, 'auth.profile', { headers: { cookie } }))).toMatchObject({
      displayName: 'Mara Ellison',
      knownAt: [{ provider: 'spotify' }],
    });
    expect(await server.deps.db.select().from(accounts)).toEqual([]);
    expect(await server.deps.db.select().from(oauthAttempts)).toEqual([]);
  });

  test('recognizes a returning person, and keeps two people separate', async () => {
    await signIn('mara');
    await signIn('jonas');
    await signIn('mara');
    expect(await server.deps.db.select().from(users)).toHaveLength(2);
  });

  test('of one new person in eight tabs at once creates one user', async () => {
    const { cookie } = await begin();
    const tabs = await Promise.all(Array.from({ length: 8 }, () => begin('/auth/spotify', { cookie })));
    const backs = await Promise.all(tabs.map(({ authorizeUrl }) => decideOnSpotify(authorizeUrl, 'mara')));
    const answers = await Promise.all(backs.map((back) => follow(back, cookie)));
    expect(answers.map(({ headers }) => headers.location)).toEqual(tabs.map(() => '/'));
    expect(await server.deps.db.select().from(users)).toHaveLength(1);
  });

  test('of a suspended person is refused and says so, and works again once they are reinstated', async () => {
    await signIn('mara');
    await server.deps.db.update(users).set({ suspendedAt: server.deps.now(), suspendedBy: 'admin_key' });
    await server.deps.db.delete(sessions);
    const answer = await signIn('mara');
    expect(answer.headers.location).toBe('/sign-in?problem=suspended');
    expect(await server.deps.db.select().from(sessions)).toEqual([]);
    await server.deps.db.update(users).set({ suspendedAt: null, suspendedBy: null });
    expect((await signIn('mara')).headers.location).toBe('/');
  });

  test('ends the previous session of the browser', async () => {
    const old = cookiesOf(await signIn('mara'));
    const { authorizeUrl, cookie } = await begin();
    await follow(await decideOnSpotify(authorizeUrl, 'mara'), `${old}; ${cookie}`);
    expect(dataOf(await callTrpc(server, 'auth.status', { headers: { cookie: old } }))).toMatchObject({ signedIn: false });
  });

  test('lasts fourteen days idle and thirty days active', async () => {
    const cookie = cookiesOf(await signIn('mara'));
    const isSignedIn = async (day: number): Promise<unknown> => {
      server.setAhead(day * DAY_MS);
      return dataOf(await callTrpc(server, 'auth.status', { headers: { cookie } }));
    };
    for (const day of [13, 26, 29.9]) expect(await isSignedIn(day)).toMatchObject({ signedIn: true });
    expect(await isSignedIn(30)).toMatchObject({ signedIn: false });
    server.setAhead(0);
    const other = cookiesOf(await signIn('mara'));
    server.setAhead(14 * DAY_MS);
    expect(dataOf(await callTrpc(server, 'auth.status', { headers: { cookie: other } }))).toMatchObject({ signedIn: false });
  });

  test('gives an operator twelve hours, and a removed role takes effect at once', async () => {
    await signIn('mara');
    await server.deps.db.update(users).set({ role: 'admin' });
    const cookie = cookiesOf(await signIn('mara'));
    const status = async (): Promise<unknown> => dataOf(await callTrpc(server, 'auth.status', { headers: { cookie } }));
    expect(await status()).toMatchObject({ role: 'admin', displayName: 'Mara Ellison' });
    expect((await callTrpc(server, 'playlistAdmin.accounts.list', { headers: { cookie } })).status).toBe(200);
    await server.deps.db.update(users).set({ role: 'listener' });
    expect(await status()).toMatchObject({ role: 'listener' });
    expect((await callTrpc(server, 'playlistAdmin.accounts.list', { headers: { cookie } })).status).toBe(403);
    server.setAhead(12 * 60 * MINUTE_MS);
    expect(await status()).toMatchObject({ signedIn: false });
  });

  test('started under another host name of the app redirects to the public one first, once', async () => {
    const moved = await server.request('/auth/spotify?returnTo=%2Fadmin', { headers: { host: 'localhost:3000' } });
    expect(moved.headers.location).toBe(`${server.url}/auth/spotify?returnTo=%2Fadmin&moved=1`);
    const behindProxy = await server.request('/auth/spotify?moved=1', { headers: { host: 'internal:3000' } });
    expect(behindProxy.headers.location).toContain('/authorize?');
  });

  test('does not start on an address that Spotify refuses', async () => {
    const settings = { publicUrl: 'http://segue.example', spotifyRedirectUri: 'http://segue.example/auth/spotify/callback' };
    await using lan = await startHttpApp({ settings });
    const answer = await lan.request('/auth/spotify', { headers: { host: 'segue.example' } });
    expect(answer.headers.location).toBe('/sign-in?problem=address_not_allowed');
  });
});

/** Each turns a valid callback into an invalid one; the messages people read are in SIGN_IN_PROBLEMS. */
const REFUSALS: readonly {
  name: string;
  problem: keyof typeof SIGN_IN_PROBLEMS;
  damage: (back: URL, cookie: string) => Promise<HttpResponse> | HttpResponse;
}[] = [
  { name: 'no state', problem: 'state_missing', damage: (back, cookie) => follow(without(back, 'state'), cookie) },
  { name: 'an empty state', problem: 'state_missing', damage: (back, cookie) => follow(withParam(back, 'state', ''), cookie) },
  { name: 'two states', problem: 'state_missing', damage: (back, cookie) => follow(withSecond(back, 'state'), cookie) },
  { name: 'an invented state', problem: 'state_unknown', damage: (back, cookie) => follow(withParam(back, 'state', 'invented'), cookie) },
  { name: 'no cookie', problem: 'state_foreign', damage: (back) => follow(back, '') },
  { name: "another browser's cookie", problem: 'state_foreign', damage: async (back) => follow(back, (await begin()).cookie) },
  { name: 'the cookie twice', problem: 'state_foreign', damage: (back, cookie) => follow(back, `${cookie}; ${cookie}`) },
  {
    name: 'more than ten minutes',
    problem: 'state_expired',
    damage: (back, cookie) => (server.setAhead(10 * MINUTE_MS + 1), follow(back, cookie)),
  },
  {
    name: 'a replay',
    problem: 'state_unknown',
    damage: async (back, cookie) => {
      expect((await follow(back, cookie)).headers.location).toBe('/');
      return follow(back, cookie);
    },
  },
  {
    name: 'the person declined',
    problem: 'access_denied',
    damage: (back, cookie) => follow(withParam(without(back, 'code'), 'error', 'access_denied'), cookie),
  },
  { name: 'neither code nor error', problem: 'state_missing', damage: (back, cookie) => follow(without(back, 'code'), cookie) },
  { name: 'a forged code', problem: 'code_refused', damage: (back, cookie) => follow(withParam(back, 'code', 'forged'), cookie) },
  {
    name: 'a code of another sign-in',
    problem: 'code_refused',
    damage: async (back) => {
      const other = await begin();
      const otherBack = await decideOnSpotify(other.authorizeUrl, 'jonas');
      return follow(withParam(otherBack, 'code', back.searchParams.get('code') ?? ''), other.cookie);
    },
  },
  {
    name: 'a callback for the other purpose',
    problem: 'wrong_purpose',
    damage: (back, cookie) => server.request(`/auth/spotify/connected${back.search}`, { headers: { cookie, 'x-admin-api-key': ADMIN_KEY } }),
  },
  {
    name: 'Spotify down',
    problem: 'spotify_unavailable',
    damage: (back, cookie) => {
      server.spotify.failNext({ service: 'accounts', path: '/api/token', status: 503, times: 10 });
      return follow(back, cookie);
    },
  },
  {
    name: 'a client secret that Spotify rejects',
    problem: 'app_refused',
    damage: (back, cookie) => {
      const body = { error: 'invalid_client', error_description: 'Invalid client secret' };
      server.spotify.failNext({ service: 'accounts', path: '/api/token', status: 400, body });
      return follow(back, cookie);
    },
  },
  {
    name: 'an app whose owner has no Premium',
    problem: 'owner_premium',
    damage: (back, cookie) => {
      server.spotify.setSwitches({ ownerHasPremium: false });
      return follow(back, cookie);
    },
  },
  {
    name: 'a token that is rejected at once',
    problem: 'code_refused',
    damage: (back, cookie) => {
      const body = { error: { status: 401, message: 'Invalid access token' } };
      server.spotify.failNext({ service: 'api', path: '/me', status: 401, body, times: 3 });
      return follow(back, cookie);
    },
  },
  {
    name: 'an HTML page instead of a token',
    problem: 'spotify_unavailable',
    damage: (back, cookie) => {
      server.spotify.failNext({ service: 'accounts', path: '/api/token', status: 200, body: '<html></html>', contentType: 'text/html' });
      return follow(back, cookie);
    },
  },
  {
    name: 'a key that was removed from the ring in the meantime',
    problem: 'state_expired',
    damage: async (back, cookie) => {
      await server.deps.db.update(oauthAttempts).set({ sealedVerifier: 'v1.gone.AAAA.AAAA.AAAA' });
      return follow(back, cookie);
    },
  },
];

describe('an invalid callback from Spotify', () => {
  test.for(REFUSALS)('with $name signs nobody in and says why: $problem', async ({ damage, problem, name }) => {
    const { authorizeUrl, cookie } = await begin();
    const before = await server.deps.db.$count(sessions);
    const answer = await damage(await decideOnSpotify(authorizeUrl, 'mara'), cookie);
    expect([answer.status, answer.headers.location]).toEqual([302, `/sign-in?problem=${problem}`]);
    expect(answer.headers['set-cookie'] ?? []).toEqual([]);
    expect(await server.deps.db.$count(sessions)).toBe(before + (name === 'a replay' ? 1 : 0));
    expect(SIGN_IN_PROBLEMS[problem].remedy).toMatch(/\.$/);
  });

  test('because Spotify does not know the person signs nobody in', async () => {
    expect((await signIn('stranger')).headers.location).toBe('/sign-in?problem=not_registered');
  });

  test('in another browser leaves the right browser able to finish', async () => {
    const { authorizeUrl, cookie } = await begin();
    const back = await decideOnSpotify(authorizeUrl, 'mara');
    await follow(back, '');
    expect((await follow(back, cookie)).headers.location).toBe('/');
  });

  test('replayed a hundred times at once signs in once', async () => {
    const { authorizeUrl, cookie } = await begin();
    const back = await decideOnSpotify(authorizeUrl, 'mara');
    server.spotify.clearRequests();
    const answers = await Promise.all(Array.from({ length: 100 }, () => follow(back, cookie)));
    expect(answers.filter(({ headers }) => headers.location === '/')).toHaveLength(1);
    expect(await server.deps.db.$count(sessions)).toBe(1);
    expect(server.spotify.requests({ path: '/api/token' })).toHaveLength(1);
  });
});

function withParam(url: URL, name: string, value: string): URL {
  const copy = new URL(url);
  copy.searchParams.set(name, value);
  return copy;
}

function without(url: URL, name: string): URL {
  const copy = new URL(url);
  copy.searchParams.delete(name);
  return copy;
}

function withSecond(url: URL, name: string): URL {
  const copy = new URL(url);
  copy.searchParams.append(name, 'second');
  return copy;
}
