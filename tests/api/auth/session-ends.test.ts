import { oauthAttempts, sessions, users } from '#drizzle/schema/index.ts';
import { createApp } from '#server/app.ts';
import { openHttpListener } from '#server/http/http-listener.ts';
import { beginSession } from '#server/use-cases/auth/begin-session.ts';
import { digest } from '#server/use-cases/auth/secrets.ts';
import { userId } from '#shared/ids.ts';
import type { Role } from '#shared/vocabulary.ts';
import { createTasks } from '#jobs/tasks/index.ts';
import { eq } from 'drizzle-orm';
import { runOnce } from 'graphile-worker';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ADMIN_KEY, callTrpc, cookiesOf, dataOf, requestTo, startHttpApp } from '#tests/support/http-app.ts';
import type { HttpApp } from '#tests/support/http-app.ts';

const DAY_MS = 24 * 3_600_000;
const OLD_KEY = 'the-old-key-of-this-test';
const NEW_KEY = 'the-new-key-of-this-test';

/** The same database behind a server that was restarted with these admin keys. */
async function restartWith(app: HttpApp, keys: readonly string[]) {
  const listener = await openHttpListener({ host: '127.0.0.1', port: 0 });
  listener.serve(createApp({ ...app.deps, settings: { ...app.deps.settings, adminKeyDigests: keys.map(digest) } }, {}));
  return { request: requestTo(listener.url), [Symbol.asyncDispose]: () => listener.close() };
}

const signInWith = async (app: Pick<HttpApp, 'request'>, key: string) =>
  cookiesOf(await callTrpc(app, 'auth.adminSignIn', { method: 'POST', input: { key } }));

async function roleOf(app: Pick<HttpApp, 'request'>, cookie: string): Promise<unknown> {
  const status = dataOf(await callTrpc(app, 'auth.status', { headers: { cookie } }));
  return typeof status === 'object' && status !== null && 'role' in status ? status.role : undefined;
}

/** The session's cookie as the browser would send it; its name has the port. */
const sessionCookie = (app: HttpApp, secret: string) => `segue_sid_${new URL(app.url).port}=${secret}`;

/** A signed-in person's cookie. */
async function signedInUser(app: HttpApp, role: Role): Promise<{ id: typeof users.$inferSelect.id; cookie: string }> {
  const id = userId.parse(randomUUID());
  const at = app.deps.now();
  await app.deps.db.insert(users).values({ id, displayName: 'Ida', role, createdAt: at, lastSignedInAt: at });
  const { secret } = await beginSession(app.deps, app.deps.db, { userId: id, role, replaces: undefined });
  return { id, cookie: sessionCookie(app, secret) };
}

describe('an admin key that is replaced', () => {
  test('ends the sessions opened with it, and while both are configured it ends none', async () => {
    await using app = await startHttpApp({ settings: { adminKeyDigests: [digest(OLD_KEY)] } });
    const before = await signInWith(app, OLD_KEY);
    {
      await using both = await restartWith(app, [NEW_KEY, OLD_KEY]);
      expect(await roleOf(both, before)).toBe('admin');
      expect(await roleOf(both, await signInWith(both, NEW_KEY))).toBe('admin');
      expect(await roleOf(both, await signInWith(both, OLD_KEY))).toBe('admin');
    }
    await using changed = await restartWith(app, [NEW_KEY]);
    expect(await roleOf(changed, before)).toBeNull();
    expect(await roleOf(changed, await signInWith(changed, NEW_KEY))).toBe('admin');
    expect((await callTrpc(changed, 'auth.adminSignIn', { method: 'POST', input: { key: OLD_KEY } })).status).toBe(401);
    expect((await callTrpc(changed, 'auth.adminSignIn', { method: 'POST', input: { key: `${NEW_KEY},${OLD_KEY}` } })).status).toBe(401);
  });

  test('does not touch a listener’s session', async () => {
    await using app = await startHttpApp({ settings: { adminKeyDigests: [digest(OLD_KEY)] } });
    const { cookie } = await signedInUser(app, 'listener');
    await using changed = await restartWith(app, [NEW_KEY]);
    expect(await roleOf(changed, cookie)).toBe('listener');
  });
});

describe('sign out everywhere', () => {
  test('ends every session of the same person and no other', async () => {
    await using app = await startHttpApp();
    const ida = await signedInUser(app, 'listener');
    const { secret } = await beginSession(app.deps, app.deps.db, { userId: ida.id, role: 'listener', replaces: undefined });
    const others = [(await signedInUser(app, 'listener')).cookie, await signInWith(app, ADMIN_KEY)];
    await callTrpc(app, 'auth.logoutEverywhere', { method: 'POST', headers: { cookie: ida.cookie } });
    for (const cookie of [ida.cookie, sessionCookie(app, secret)]) expect(await roleOf(app, cookie)).toBeNull();
    for (const cookie of others) expect(await roleOf(app, cookie)).not.toBeNull();
  });

  test('by the operator ends every admin-key session, and an anonymous visitor cannot', async () => {
    await using app = await startHttpApp();
    const [first, second, listener] = [
      await signInWith(app, ADMIN_KEY),
      await signInWith(app, ADMIN_KEY),
      (await signedInUser(app, 'listener')).cookie,
    ];
    expect((await callTrpc(app, 'auth.logoutEverywhere', { method: 'POST' })).status).toBe(401);
    await callTrpc(app, 'auth.logoutEverywhere', { method: 'POST', headers: { cookie: first } });
    expect([await roleOf(app, first), await roleOf(app, second), await roleOf(app, listener)]).toEqual([null, null, 'listener']);
  });
});

/** Opens the live stream of job runs; `ended` resolves when the server closes it. */
async function openStream(app: HttpApp, cookie: string) {
  const response = await fetch(`${app.url}/trpc/operations.jobs.follow`, { headers: { cookie, accept: 'text/event-stream' } });
  const reader = response.body?.getReader();
  if (!reader) throw new Error('The stream has no body.');
  const decoder = new TextDecoder();
  let text = '';
  const ended = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += decoder.decode(value, { stream: true });
    }
  })();
  return { status: response.status, ended };
}

describe('a live stream', () => {
  test.each<[string, (app: HttpApp, session: { id: typeof users.$inferSelect.id; cookie: string }) => Promise<unknown>]>([
    ['sign-out', (app, { cookie }) => callTrpc(app, 'auth.logout', { method: 'POST', headers: { cookie } })],
    ['sign-out everywhere', (app, { cookie }) => callTrpc(app, 'auth.logoutEverywhere', { method: 'POST', headers: { cookie } })],
    ['a changed role', (app, { id }) => app.deps.db.update(users).set({ role: 'listener' }).where(eq(users.id, id))],
    ['the removal of the person', (app, { id }) => app.deps.db.delete(users).where(eq(users.id, id))],
    [
      'an earlier expiry',
      (app, { id }) =>
        app.deps.db
          .update(sessions)
          .set({ expiresAt: new Date(0) })
          .where(eq(sessions.userId, id)),
    ],
  ])('ends with %s', async (_name, end) => {
    await using app = await startHttpApp();
    const session = await signedInUser(app, 'admin');
    const stream = await openStream(app, session.cookie);
    expect(stream.status).toBe(200);
    await end(app, session);
    expect(await stream.ended).not.toContain('"task"');
  });

  test('tells nothing after its session has expired by the clock', async () => {
    await using app = await startHttpApp();
    const session = await signedInUser(app, 'admin');
    const stream = await openStream(app, session.cookie);
    app.setAhead(31 * DAY_MS);
    await callTrpc(app, 'operations.jobs.run', { method: 'POST', input: { task: 'enrich-tracks' }, headers: { 'x-admin-api-key': ADMIN_KEY } });
    expect(await stream.ended).not.toContain('"task"');
  });
});

test('expired sessions and abandoned authorizations are deleted by a job, though nobody signs in', async () => {
  await using app = await startHttpApp();
  await signInWith(app, ADMIN_KEY);
  await app.request('/auth/spotify', { headers: {} });
  expect([await app.deps.db.$count(sessions), await app.deps.db.$count(oauthAttempts)]).toEqual([1, 1]);
  app.setAhead(60 * DAY_MS);
  await app.deps.pool.query(`select graphile_worker.add_job('watch-network')`);
  await runOnce({ pgPool: app.deps.pool, taskList: createTasks(app.deps), noHandleSignals: true });
  expect([await app.deps.db.$count(sessions), await app.deps.db.$count(oauthAttempts)]).toEqual([0, 0]);
});
