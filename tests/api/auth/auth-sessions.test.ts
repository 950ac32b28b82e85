import { createHash } from 'node:crypto';
import { sessions } from '#drizzle/schema/index.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_KEY, cookiesOf, dataOf, errorOf, startHttpApp, callTrpc } from '#tests/support/http-app.ts';
import type { HttpResponse, HttpApp } from '#tests/support/http-app.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let server: HttpApp;
beforeAll(async () => {
  server = await startHttpApp();
});
beforeEach(() => {
  server.setAhead(0);
});
afterAll(() => server[Symbol.asyncDispose]());

const signIn = (headers: Record<string, string> = {}): Promise<HttpResponse> =>
  callTrpc(server, 'auth.adminSignIn', { method: 'POST', input: { key: ADMIN_KEY }, headers });
/** The cookie's name has the port, since browsers send a host's cookies to all of its ports. */
const sid = () => `segue_sid_${new URL(server.url).port}`;
const isSignedIn = async (cookie: string): Promise<boolean> => {
  const status = dataOf(await callTrpc(server, 'auth.status', { headers: { cookie } }));
  return typeof status === 'object' && status !== null && 'signedIn' in status && status.signedIn === true;
};

describe('the session cookie', () => {
  test('cannot be read by scripts, sent by other sites or set by a sibling domain, and its secret is not in the database', async () => {
    const answer = await signIn();
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^${sid()}=[\\w-]{43}; Max-Age=[0-9]+; Path=/; Expires=[^;]+; HttpOnly; SameSite=Lax$`)),
    ]);
    const secret = cookiesOf(answer).split('=')[1] ?? 'none';
    const stored = JSON.stringify(await server.deps.db.select().from(sessions));
    expect(stored).not.toContain(secret);
    expect(answer.text).not.toContain(secret);
  });

  test('is a __Host- cookie over https, and only when the public address is https', async () => {
    await using secure = await startHttpApp({ settings: { publicUrl: 'https://segue.example' } });
    const answer = await callTrpc(secure, 'auth.adminSignIn', { method: 'POST', input: { key: ADMIN_KEY } });
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-sid=[\w-]{43}; Max-Age=[0-9]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/),
    ]);
  });

  test('lasts twelve hours for an operator whose computer has a wrong clock', async () => {
    server.setAhead(-3 * HOUR_MS);
    const header = String((await signIn()).headers['set-cookie']);
    // A browser counts these seconds from when it receives the cookie, and ignores the date beside them.
    expect(Math.abs(Number(/Max-Age=(\d+)/.exec(header)?.[1]) - 12 * 3_600)).toBeLessThan(60);
    expect(Math.abs(Date.parse(/Expires=([^;]+)/.exec(header)?.[1] ?? '') - Date.now() - 12 * HOUR_MS)).toBeLessThan(HOUR_MS);
  });

  test('is of one port: a second Segue on the same host neither ends nor uses the session of the first', async () => {
    await using other = await startHttpApp();
    const [here, there] = [
      cookiesOf(await signIn()),
      cookiesOf(await callTrpc(other, 'auth.adminSignIn', { method: 'POST', input: { key: ADMIN_KEY } })),
    ];
    const [name, otherName] = [here, there].map((cookie) => cookie.split('=')[0]);
    expect(name).not.toBe(otherName);
    // A browser sends both to both.
    expect(await isSignedIn(`${here}; ${there}`)).toBe(true);
    await using secure = await startHttpApp({ settings: { publicUrl: 'https://segue.example:8443' } });
    const answer = await callTrpc(secure, 'auth.adminSignIn', { method: 'POST', input: { key: ADMIN_KEY } });
    expect(cookiesOf(answer)).toMatch(/^__Host-sid_8443=/);
    expect(cookiesOf(await secure.request('/auth/spotify'))).toMatch(/^(__Host-oauth_8443=|$)/);
  });

  test('is ignored when it is unknown, empty, sent twice or under another name', async () => {
    const good = cookiesOf(await signIn());
    const secret = good.split('=')[1] ?? '';
    expect(await isSignedIn(good)).toBe(true);
    for (const cookie of [
      `${sid()}=`,
      `${sid()}=${'A'.repeat(43)}`,
      `segue_sid=${secret}`,
      `${sid()}0=${secret}`,
      `${good}; ${good}`,
      `${sid()}=x; ${good}`,
      `__Host-sid=${secret}`,
      `${sid().toUpperCase()}=${secret}`,
      `${good}x`,
    ]) {
      expect([cookie, await isSignedIn(cookie)]).toEqual([cookie, false]);
    }
  });
});

describe('a session', () => {
  test('gets a new secret at every sign-in, and the old secret stops working', async () => {
    const first = cookiesOf(await signIn());
    const second = cookiesOf(await signIn({ cookie: first }));
    expect(second).not.toBe(first);
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([false, true]);
  });

  test('cannot be fixated: a secret that the browser brings along is never adopted', async () => {
    const planted = `${sid()}=${'p'.repeat(43)}`;
    expect(cookiesOf(await signIn({ cookie: planted }))).not.toBe(planted);
    expect(await isSignedIn(planted)).toBe(false);
  });

  test('ends on the server at sign-out, and a second sign-out changes nothing', async () => {
    const cookie = cookiesOf(await signIn());
    const out = await callTrpc(server, 'auth.logout', { method: 'POST', headers: { cookie } });
    expect(out.headers['set-cookie']).toEqual([expect.stringMatching(new RegExp(`^${sid()}=; Path=/; Expires=Thu, 01 Jan 1970`))]);
    expect(await isSignedIn(cookie)).toBe(false);
    expect((await callTrpc(server, 'auth.logout', { method: 'POST', headers: { cookie } })).status).toBe(200);
  });

  test('of an operator ends after twelve hours however active it is', async () => {
    const cookie = cookiesOf(await signIn());
    for (let hours = 1; hours < 12; hours++) {
      server.setAhead(hours * HOUR_MS);
      expect([hours, await isSignedIn(cookie)]).toEqual([hours, true]);
    }
    server.setAhead(12 * HOUR_MS);
    expect(await isSignedIn(cookie)).toBe(false);
  });

  test('that has expired is deleted by the next sign-in', async () => {
    await signIn();
    server.setAhead(60 * DAY_MS);
    await signIn();
    expect(await server.deps.db.select().from(sessions)).toHaveLength(1);
  });
});

describe('the admin key', () => {
  test('makes a request an operator’s and sets no cookie', async () => {
    const answer = await callTrpc(server, 'auth.status', { headers: { 'x-admin-api-key': ADMIN_KEY } });
    expect(dataOf(answer)).toMatchObject({ signedIn: true, role: 'admin' });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test.for(['', 'wrong', `${ADMIN_KEY} x`, ADMIN_KEY.toUpperCase(), ADMIN_KEY.slice(0, -1), `${ADMIN_KEY}, ${ADMIN_KEY}`])(
    'when it is %j is refused even where anonymous requests are allowed',
    async (key) => {
      await using isolated = await startHttpApp();
      const answer = await callTrpc(isolated, 'auth.status', { headers: { 'x-admin-api-key': key } });
      expect([answer.status, errorOf(answer)]).toEqual([
        401,
        expect.objectContaining({ code: 'unauthenticated', field: 'key', remedy: expect.any(String) }),
      ]);
    },
  );

  test('sent twice in one request is refused', async () => {
    await using isolated = await startHttpApp();
    expect((await isolated.request('/trpc/auth.status', { headers: { 'x-admin-api-key': [ADMIN_KEY, ADMIN_KEY] } })).status).toBe(401);
  });

  test('is refused, with what to do, when the app has no admin key', async () => {
    await using keyless = await startHttpApp({ settings: { adminKeyDigests: [] } });
    const answer = await callTrpc(keyless, 'auth.adminSignIn', { method: 'POST', input: { key: 'anything' } });
    expect([answer.status, errorOf(answer).remedy]).toEqual([401, expect.stringContaining('ADMIN_API_KEY')]);
  });

  test('can be wrong ten times a minute from one address, also in parallel; the right key is accepted all the same', async () => {
    await using isolated = await startHttpApp();
    const attempts = Array.from({ length: 30 }, (_, i) =>
      i % 2 === 0
        ? callTrpc(isolated, 'auth.status', { headers: { 'x-admin-api-key': `wrong-${i}` } })
        : callTrpc(isolated, 'auth.adminSignIn', { method: 'POST', input: { key: `wrong-${i}` } }),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect([statuses.filter((status) => status === 401).length, statuses.filter((status) => status === 429).length]).toEqual([10, 20]);
    const right = await callTrpc(isolated, 'auth.adminSignIn', { method: 'POST', input: { key: ADMIN_KEY } });
    expect(right.status).toBe(200);
    const wrong = await callTrpc(isolated, 'auth.adminSignIn', { method: 'POST', input: { key: 'wrong-again' } });
    expect([wrong.status, errorOf(wrong).code, Number(wrong.headers['retry-after'])]).toEqual([
      429,
      'rate_limited',
      expect.toSatisfy((seconds: number) => seconds > 0 && seconds <= 60),
    ]);
    isolated.setAhead(MINUTE_MS + 1_000);
    expect((await callTrpc(isolated, 'auth.adminSignIn', { method: 'POST', input: { key: 'wrong-again' } })).status).toBe(401);
  });

  test('cannot be guessed faster by inventing forwarded addresses', async () => {
    await using isolated = await startHttpApp();
    const statuses: number[] = [];
    for (let i = 0; i < 15; i++) {
      const headers = { 'x-admin-api-key': 'wrong', 'x-forwarded-for': `10.0.0.${i}`, 'x-real-ip': `10.0.1.${i}`, forwarded: `for=10.0.2.${i}` };
      statuses.push((await callTrpc(isolated, 'auth.status', { headers })).status);
    }
    expect(statuses.slice(10)).toEqual([429, 429, 429, 429, 429]);
  });

  test('is counted by the forwarded address behind a trusted proxy, and only by what the proxy itself added', async () => {
    await using isolated = await startHttpApp({ trustProxy: true });
    const tryWrongKey = async (forwarded: string): Promise<number> =>
      (await callTrpc(isolated, 'auth.status', { headers: { 'x-admin-api-key': 'wrong', 'x-forwarded-for': forwarded } })).status;
    for (let i = 0; i < 10; i++) expect(await tryWrongKey(`10.0.0.${i}, 203.0.113.7`)).toBe(401);
    expect(await tryWrongKey('10.0.0.99, 203.0.113.7')).toBe(429);
    expect(await tryWrongKey('203.0.113.7, 203.0.113.8')).toBe(401);
  });

  test('is recorded in the audit log when it is wrong and when it signs in, and its value is never stored', async () => {
    await using isolated = await startHttpApp();
    await callTrpc(isolated, 'auth.adminSignIn', { method: 'POST', input: { key: 'a-wrong-key-to-look-for' } });
    await callTrpc(isolated, 'auth.adminSignIn', { method: 'POST', input: { key: ADMIN_KEY } });
    const { rows } = await isolated.deps.pool.query<{ action: string }>('select * from audit_log order by at');
    expect(rows.map(({ action }) => action)).toEqual(['admin_key_refused', 'admin_signed_in']);
    expect(JSON.stringify(rows)).not.toMatch(/a-wrong-key-to-look-for|only-the-tests-know/);
  });
});

test('an anonymous visitor has no profile, and neither has an admin key', async () => {
  for (const headers of [{}, { 'x-admin-api-key': ADMIN_KEY }]) {
    const answer = await callTrpc(server, 'auth.profile', { headers });
    expect([answer.status, errorOf(answer).code]).toEqual([401, 'unauthenticated']);
  }
});

test('an anonymous session request gets a plain answer, not an error', async () => {
  expect(dataOf(await callTrpc(server, 'auth.status'))).toEqual({
    signedIn: false,
    role: null,
    isPerson: false,
    displayName: null,
    avatarUrl: null,
    expiresAt: null,
    sandbox: true,
  });
});

describe('an admin key may have any characters', () => {
  test.each([
    'pässwörter-sind-länger',
    'ключ-администратора',
    '管理者の鍵はとても長いです、十六文字以上',
    'emoji-😀-and-ascii-text',
    '–dashes–and–quotes–“”',
  ])('%s', async (key) => {
    const adminKeyDigests = [createHash('sha256').update(key).digest('hex')];
    await using app = await startHttpApp({ settings: { adminKeyDigests } });
    const ask = (header: string) => callTrpc(app, 'operations.alertHistory', { headers: { 'x-admin-api-key': header } });
    // Node writes a header as Latin-1: these are the bytes of UTF-8, as curl and fetch-like clients send them.
    expect((await ask(Buffer.from(key).toString('latin1'))).status).toBe(200);
    expect((await ask(Buffer.from(`${key}x`).toString('latin1'))).status).toBe(401);
    expect((await callTrpc(app, 'auth.adminSignIn', { method: 'POST', input: { key } })).status).toBe(200);
    // Older clients send Latin-1, where it has the characters.
    if (Buffer.from(key, 'latin1').toString('latin1') === key) expect((await ask(key)).status).toBe(200);
  });
});
