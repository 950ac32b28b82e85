import { auditLog, sessions } from '#drizzle/schema/index.ts';
import { beginSession } from '#server/use-cases/auth/begin-session.ts';
import { identifySession } from '#server/use-cases/auth/identify-session.ts';
import { requestRenders } from '#server/use-cases/studio/renders/request-renders.ts';
import { requestRendersInput } from '#shared/contracts/studio/render-inputs.ts';
import { userId } from '#shared/ids.ts';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { DIRECT, expectMoneyRight, QUEUED, runNow, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';

const conflict = (message: RegExp) => ({ cause: { code: 'conflict', message: expect.stringMatching(message) as string } });
const signIn = (app: StudioApp, id: Parameters<StudioApp['row']>[0]) =>
  beginSession(app.deps, app.deps.db, { userId: userId.parse(id), role: 'listener', replaces: undefined });

test('a suspended person is signed out everywhere, what waits ends without cost, and what a vendor has goes on', async () => {
  await using app = await startStudioApp({ vendor: { isHeld: true } });
  const [ada, ben, cleo, chief] = [await app.person('Ada'), await app.person('Ben'), await app.person('Cleo'), await app.person('Grace', true)];
  const { secret } = await signIn(app, ada.id);
  await signIn(app, ada.id);
  const sent = await ada.generation.studio.request(QUEUED);
  const running = runNow(app.deps, sent[0]!.id);
  const waiting = [
    ...(await ada.generation.studio.request({ ...QUEUED, copies: 6 })),
    ...(await ada.generation.studio.request({ ...DIRECT, copies: 3 })),
  ];
  await ben.generation.studio.request({ ...QUEUED, copies: 4 });
  const [inLine] = await cleo.generation.studio.request(QUEUED);
  expect((await app.row(inLine!.id))?.admittedAt).toBeNull();
  await expect.poll(async () => (await app.row(sent[0]!.id))?.state, { timeout: 20_000 }).toBe('waiting');
  expect((await chief.generation.usage.network({})).people.find(({ name }) => name === 'Ada')).toMatchObject({
    waiting: 9,
    running: 1,
    isYou: false,
  });

  expect(await chief.generation.usage.suspend({ userId: ada.id })).toEqual({ endedRenders: 9 });
  expect(await identifySession(app.deps, secret)).toEqual({ kind: 'anonymous' });
  expect(await app.deps.db.select().from(sessions).where(eq(sessions.userId, ada.id))).toEqual([]);
  for (const { id } of waiting) {
    expect(await app.row(id)).toMatchObject({ state: 'canceled', chargeUsdMicros: 0, error: expect.stringContaining('suspended') as string });
    expect(await app.cost(id)).toMatchObject({ state: 'refunded' });
  }
  // The places of what ended are given to others.
  expect((await app.row(inLine!.id))?.admittedAt).not.toBeNull();
  app.vendor.release();
  await running;
  await app.runJobs();
  expect(await app.row(sent[0]!.id)).toMatchObject({ state: 'done', chargeUsdMicros: 5000 });
  expect((await chief.generation.usage.network({})).people.find(({ name }) => name === 'Ada')).toMatchObject({
    renders: { used: 1 },
    usdMicros: { used: 5000 },
    suspendedAt: expect.any(String) as string,
    waiting: 0,
  });
  expect(await chief.generation.usage.suspend({ userId: ada.id })).toEqual({ endedRenders: 0 });
  await chief.generation.usage.reinstate({ userId: ada.id });
  const again = await signIn(app, ada.id);
  expect(await identifySession(app.deps, again.secret)).toMatchObject({ kind: 'user', userId: ada.id });
  const entries = await app.deps.db.select({ action: auditLog.action }).from(auditLog).where(eq(auditLog.subject, ada.id));
  expect(entries.map(({ action }) => action)).toEqual(['person.suspended', 'person.reinstated']);
  await expectMoneyRight(app.deps);
});

test('a request that was on its way and a render that its vendor sent back end too: nothing of a suspended person is sent', async () => {
  await using app = await startStudioApp({ vendor: { script: () => 'busy' } });
  const ada = await app.person('Ada');
  const [render] = await ada.generation.studio.request(QUEUED);
  await expect(runNow(app.deps, render!.id)).rejects.toMatchObject({ code: 'rate_limited' });
  const before = app.vendor.bill.length;
  const { users } = await import('#drizzle/schema/index.ts');
  // As when a vendor sends it back after the person was suspended.
  await app.deps.db.update(users).set({ suspendedAt: app.clock.now(), suspendedBy: 'admin_key' }).where(eq(users.id, ada.id));
  await runNow(app.deps, render!.id);
  expect(await app.row(render!.id)).toMatchObject({ state: 'canceled', chargeUsdMicros: 0 });
  expect(app.vendor.bill).toHaveLength(before);
  const actor = { kind: 'user', userId: ada.id, isAdmin: false } as const;
  await expect(requestRenders(app.deps, actor, requestRendersInput.parse(QUEUED))).rejects.toMatchObject({ code: 'forbidden' });
  // A session that began at the same moment is none.
  const { secret } = await signIn(app, ada.id);
  expect(await identifySession(app.deps, secret)).toEqual({ kind: 'anonymous' });
  await expectMoneyRight(app.deps);
});

test('nobody suspends themself or the last admin, also when two admins suspend each other at once', async () => {
  await using app = await startStudioApp();
  const [grace, alan, ada] = [await app.person('Grace', true), await app.person('Alan', true), await app.person('Ada')];
  await expect(grace.generation.usage.suspend({ userId: grace.id })).rejects.toMatchObject(conflict(/yourself/));
  await expect(ada.generation.usage.suspend({ userId: grace.id })).rejects.toMatchObject({ cause: { code: 'forbidden' } });
  await expect(ada.generation.usage.reinstate({ userId: grace.id })).rejects.toMatchObject({ cause: { code: 'forbidden' } });
  const outcomes = await Promise.allSettled([
    grace.generation.usage.suspend({ userId: alan.id }),
    alan.generation.usage.suspend({ userId: grace.id }),
  ]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const { people } = await app.admin.generation.usage.network({});
  const left = people.filter(({ role, suspendedAt }) => role === 'admin' && suspendedAt === null);
  expect(left).toHaveLength(1);
  await expect(app.admin.generation.usage.suspend({ userId: left[0]!.userId! })).rejects.toMatchObject(conflict(/last admin/));
  const nobody = userId.parse('7a1b0bde-93ad-4d5a-8b0c-0f1c8fbb0c11');
  for (const call of [app.admin.generation.usage.suspend, app.admin.generation.usage.reinstate])
    await expect(call({ userId: nobody })).rejects.toMatchObject({ cause: { code: 'not_found' } });
});
