import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DIRECT, expectMoneyRight, QUEUED, runNow, startStudioApp } from '#tests/support/studio/studio-app.ts';
import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';

test('a month that is full while three renders run refuses a fourth and says when it ends; the three finish', async () => {
  await using app = await startStudioApp({
    at: '2026-11-20T10:00:00Z',
    studio: { rendersPerMonth: 3, usdMicrosPerMonth: null },
    vendor: { isHeld: true },
  });
  const ada = await app.person('Ada');
  const made = await ada.generation.studio.request({ ...QUEUED, copies: 3 });
  const running = made.map(({ id }) => runNow(app.deps, id));
  await expect(ada.generation.studio.request(QUEUED)).rejects.toMatchObject({
    cause: {
      code: 'quota_exceeded',
      message: 'This does not fit into your month: 3 of 3 renders are used.',
      remedy: 'The next month begins on 2026-12-01 (UTC). The operator can raise your limit.',
      retryAfterMs: expect.any(Number),
    },
  });
  expect(await ada.generation.studio.estimate(QUEUED)).toMatchObject({ usdMicros: 5000, rendersLeft: -1, usdMicrosLeft: null, fits: false });
  app.vendor.release();
  await Promise.all(running);
  // The third waited for a place of the person.
  await app.runJobs();
  expect((await app.rows()).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(await ada.generation.usage.mine()).toEqual({
    month: '2026-11-01',
    renders: { used: 3, limit: 3 },
    usdMicros: { used: 15_000, limit: null },
    resetsAt: '2026-12-01T00:00:00.000Z',
  });
  app.clock.set('2026-12-01T00:00:00Z');
  expect(await ada.generation.studio.estimate({ ...QUEUED, copies: 3 })).toMatchObject({ rendersLeft: 0, fits: true });
  await ada.generation.studio.request(QUEUED);
  await expectMoneyRight(app.deps);
});

test('parallel requests of one person together stay within the month, in renders and in money', async () => {
  await using app = await startStudioApp({ studio: { rendersPerMonth: 50, usdMicrosPerMonth: 65_000 } });
  const ada = await app.person('Ada');
  const requests = await Promise.allSettled(Array.from({ length: 8 }, () => ada.generation.studio.request({ ...DIRECT, copies: 2 })));
  expect(requests.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await ada.generation.usage.mine()).toMatchObject({ renders: { used: 2 }, usdMicros: { used: 60_000, limit: 65_000 } });
  await ada.generation.studio.request(QUEUED);
  await expect(ada.generation.studio.request(QUEUED)).rejects.toMatchObject({
    cause: { message: 'This does not fit into your month: 3 of 50 renders and $0.0650 of $0.0650 are used.' },
  });
  await expectMoneyRight(app.deps);
});

test('an admin gives a person limits of their own, and takes them back; the operator has none', async () => {
  await using app = await startStudioApp({ studio: { rendersPerMonth: 1 } });
  const [ada, chief] = [await app.person('Ada'), await app.person('Grace', true)];
  await chief.generation.usage.setLimits({ userId: ada.id, rendersPerMonth: 2, usdMicrosPerMonth: null });
  await ada.generation.studio.request({ ...QUEUED, copies: 2 });
  await expect(ada.generation.studio.request(QUEUED)).rejects.toMatchObject({ cause: { code: 'quota_exceeded' } });
  await chief.generation.usage.setLimits({ userId: ada.id, rendersPerMonth: 0, usdMicrosPerMonth: 0 });
  expect((await ada.generation.usage.mine()).renders).toEqual({ used: 2, limit: 0 });
  await app.admin.generation.studio.request({ ...QUEUED, copies: 3 });
  const { people } = await chief.generation.usage.network({});
  expect(people.map(({ name, role, renders, ownLimits }) => ({ name, role, renders, ownLimits }))).toEqual([
    { name: 'Operator and network', role: null, renders: { used: 3, limit: null }, ownLimits: null },
    { name: 'Ada', role: 'listener', renders: { used: 2, limit: 0 }, ownLimits: { rendersPerMonth: 0, usdMicrosPerMonth: 0 } },
    { name: 'Grace', role: 'admin', renders: { used: 0, limit: 1 }, ownLimits: null },
  ]);
  await chief.generation.usage.setLimits({ userId: ada.id, rendersPerMonth: null, usdMicrosPerMonth: null });
  expect((await ada.generation.usage.mine()).renders).toEqual({ used: 2, limit: 1 });
  const unknown = '7a1b0bde-93ad-4d5a-8b0c-0f1c8fbb0c11';
  await expect(chief.generation.usage.setLimits({ userId: unknown, rendersPerMonth: 1, usdMicrosPerMonth: null })).rejects.toMatchObject({
    cause: { code: 'not_found' },
  });
});

test('the ledger of a month adds up by vendor and state, and outlives the person', async () => {
  await using app = await startStudioApp({ at: '2026-11-20T10:00:00Z', vendor: { script: (count) => (count === 1 ? 'refuse' : 'draw') } });
  const ada = await app.person('Ada');
  const made = [...(await ada.generation.studio.request({ ...QUEUED, copies: 2 })), ...(await ada.generation.studio.request(DIRECT))];
  await app.runJobs();
  expect(made).toHaveLength(3);
  const { users, renders } = await import('#drizzle/schema/index.ts');
  await app.deps.db.delete(users);
  expect(await app.deps.db.select().from(renders)).toEqual([]);
  const { ledger, people } = await app.admin.generation.usage.network({ month: '2026-11-01' });
  expect(ledger).toEqual([
    { vendor: 'stability', state: 'charged', renders: 1, usdMicros: 30_000 },
    { vendor: 'fal', state: 'charged', renders: 1, usdMicros: 5000 },
    { vendor: 'fal', state: 'refunded', renders: 1, usdMicros: 5000 },
  ]);
  expect(people).toMatchObject([{ userId: ada.id, name: null, renders: { used: 2 }, usdMicros: { used: 35_000 } }]);
  expect((await app.admin.generation.usage.network({ month: '2026-10-01' })).people).toEqual([]);
  for (const month of ['0000-01-01', '9999-12-01', '2026-11-02', '2026-13-01']) {
    await expect(app.admin.generation.usage.network({ month })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('month') as string,
    });
  }
  expect((await app.admin.generation.usage.history({})).items).toMatchObject([{ userId: null }, { userId: null }, { userId: null }]);
});

test('settings of renders and of the network are saved apart, and a listener sees and changes none of it', async () => {
  await using app = await startStudioApp({ studio: { rendersPerMonth: 7, addressDays: 3 } });
  await app.admin.playlistAdmin.scaling.saveSettings(DEFAULT_NETWORK_SETTINGS);
  expect((await app.admin.generation.usage.network({})).settings).toMatchObject({ rendersPerMonth: 7, addressDays: 3 });
  const { usage } = (await app.person('Ada')).generation;
  const settings = DEFAULT_NETWORK_SETTINGS.studio;
  const id = '7a1b0bde-93ad-4d5a-8b0c-0f1c8fbb0c11' as never;
  const calls = [
    () => usage.network({}),
    () => usage.history({}),
    () => usage.historySummary({}),
    () => usage.saveSettings(settings),
    () => usage.setLimits({ userId: id, rendersPerMonth: null, usdMicrosPerMonth: null }),
    () => usage.figures({}),
    () => usage.showRefusedPrompts({ vendor: 'fal', reason: 'content' }),
    () => usage.suspend({ userId: id }),
    () => usage.reinstate({ userId: id }),
    () => usage.decideCost({ renderId: id, decision: 'refunded' }),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ cause: { code: 'forbidden' } });
});

test('a full month refuses every way to request a render before anything is paid, says when it ends, and the next month has place again', async () => {
  await using app = await startStudioApp({ studio: { rendersPerMonth: 2 }, vendor: { script: () => 'refuse' } });
  const ada = await app.person('Ada');
  const { studio } = ada.generation;
  const [refused] = await studio.request(QUEUED);
  await app.runJobs();
  const groupId = randomUUID();
  await studio.batches.request({ task: 'text_to_image', values: QUEUED.values, parts: [{ model: QUEUED.model }], requestId: groupId });
  await studio.batches.cancel({ groupId });
  await studio.request({ ...QUEUED, copies: 2 });
  const used = (await ada.generation.usage.mine()).renders.used;
  const paid = app.vendor.paid().length;
  const parts = [{ model: QUEUED.model }];
  const ways = {
    request: () => studio.request(QUEUED),
    retry: () => studio.retry({ renderId: refused!.id }),
    batch: () => studio.batches.request({ task: 'text_to_image' as const, values: QUEUED.values, parts, requestId: randomUUID() }),
    rest: () => studio.batches.renderRest({ groupId }),
  };
  for (const [way, ask] of Object.entries(ways))
    await expect(ask(), way).rejects.toMatchObject({
      cause: { code: 'quota_exceeded', remedy: expect.stringContaining('The next month begins on') as string },
    });
  const [single, several] = [await studio.estimate(QUEUED), await studio.batches.estimate({ task: 'text_to_image', values: QUEUED.values, parts })];
  for (const estimate of [single, several])
    expect(estimate).toMatchObject({ fits: false, rendersLeft: -1, says: expect.stringContaining('2 of 2 renders') as string });
  expect((await ada.generation.usage.mine()).renders).toEqual({ used, limit: 2 });
  expect(app.vendor.paid()).toHaveLength(paid);
  app.clock.set(single.resetsAt);
  expect(await studio.estimate(QUEUED)).toMatchObject({ fits: true, rendersLeft: 1, says: null });
  await ways.rest();
  await expectMoneyRight(app.deps);
});
