import { auditLog, costLedger, renders, users } from '#drizzle/schema/index.ts';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { DIRECT, QUEUED, startStudioApp } from '#tests/support/studio/studio-app.ts';

test('a month is shown by day, model and person, with success, times, refusals and a forecast that states its rule', async () => {
  await using app = await startStudioApp({
    at: '2026-11-18T10:00:00Z',
    vendor: { script: (count) => (count === 1 ? 'refuse' : count === 2 ? 'refuse_paid' : 'draw') },
  });
  const [ada, ben] = [await app.person('Ada'), await app.person('Ben')];
  const figures = app.admin.generation.usage.figures;
  expect(await figures({})).toMatchObject({ renders: 0, usdMicros: 0, models: [], forecast: null, all: { successRate: null, p50Seconds: null } });
  await ada.generation.studio.request({ ...QUEUED, copies: 3 });
  await app.runJobs();
  expect((await figures({})).forecast).toBeNull();
  app.clock.set('2026-11-20T12:00:00Z');
  await ben.generation.studio.request({ ...DIRECT, values: { prompt: 'a boat' } });
  await app.runJobs();

  const month = await figures({});
  expect(month.days).toHaveLength(20);
  expect(month.days.filter(({ renders: count }) => count > 0)).toEqual([
    { day: '2026-11-18', renders: 3, usdMicros: 10_000 },
    { day: '2026-11-20', renders: 1, usdMicros: 30_000 },
  ]);
  expect(month).toMatchObject({ renders: 4, usdMicros: 40_000, all: { done: 2, refused: 2, failed: 0, unknown: 0, successRate: 0.5 } });
  expect(
    month.models.map(({ model, renders: count, usdMicros, successRate, perDay }) => [model, count, usdMicros, successRate, perDay[17], perDay[19]]),
  ).toEqual([
    ['fal-z-image-turbo', 3, 10_000, 1 / 3, 3, 0],
    ['stability-core', 1, 30_000, 1, 0, 1],
  ]);
  expect(month.models[0]!.p95Seconds).toBeGreaterThanOrEqual(month.models[0]!.p50Seconds!);
  expect(month.refusals).toEqual([{ vendor: 'fal', reason: 'content', renders: 2, charged: 1, usdMicros: 5000 }]);
  // 10.5 days are left; the two whole days on record cost half a cent each on average.
  expect(month.forecast).toMatchObject({ recordedDays: 2, monthPaceUsdMicros: 5000, lowUsdMicros: 92_500, usdMicros: 92_500, highUsdMicros: 92_500 });

  const own = await figures({ person: ben.id });
  expect(own).toMatchObject({ renders: 1, usdMicros: 30_000, models: [{ model: 'stability-core' }], refusals: [], forecast: null });
  expect(await figures({ person: 'operator' })).toMatchObject({ renders: 0, models: [] });
  const october = await figures({ month: '2026-10-01' });
  expect([october.renders, october.forecast, october.days.length]).toEqual([0, null, 31]);
  // The costs of a person outlive them; the models of their renders are not known any more.
  await app.deps.db.delete(users).where(eq(users.id, ada.id));
  expect(await figures({})).toMatchObject({ renders: 4, usdMicros: 40_000, models: [{ model: null, renders: 3 }, { model: 'stability-core' }] });
  app.clock.set('2026-12-02T00:00:00Z');
  expect(await figures({ month: '2026-11-01' })).toMatchObject({ usdMicros: 40_000, forecast: null });
});

test('no answer has a refused prompt until an admin asks for it, and asking is recorded with the name', async () => {
  await using app = await startStudioApp({ at: '2026-11-18T10:00:00Z', vendor: { script: () => 'refuse' } });
  const [ada, chief] = [await app.person('Ada'), await app.person('Grace', true)];
  await ada.generation.studio.request({ ...QUEUED, values: { prompt: 'a secret wish' } });
  await app.runJobs();
  const { usage } = chief.generation;
  for (const view of [await usage.figures({}), await usage.network({}), await usage.history({}), await usage.historySummary({})])
    expect(JSON.stringify(view)).not.toContain('secret wish');
  const asked = { vendor: 'fal', reason: 'content' } as const;
  await expect(ada.generation.usage.showRefusedPrompts(asked)).rejects.toMatchObject({ cause: { code: 'forbidden' } });
  await expect(ada.generation.usage.figures({})).rejects.toMatchObject({ cause: { code: 'forbidden' } });
  const shown = async () =>
    (await app.deps.db.select().from(auditLog).where(eq(auditLog.action, 'prompts.shown'))).map((entry) => [
      entry.actor,
      entry.subject,
      entry.detail,
    ]);
  expect(await shown()).toEqual([]);
  expect(await usage.showRefusedPrompts(asked)).toMatchObject({ prompts: [{ prompt: 'a secret wish', name: 'Ada', modelLabel: 'Z-Image Turbo' }] });
  expect(await shown()).toEqual([[`user:${chief.id}`, 'fal:content', '2026-11-01']]);
  expect((await usage.showRefusedPrompts({ ...asked, reason: 'credits' })).prompts).toEqual([]);
  expect((await usage.showRefusedPrompts({ ...asked, person: chief.id })).prompts).toEqual([]);
  expect((await usage.showRefusedPrompts({ ...asked, month: '2026-10-01' })).prompts).toEqual([]);
});

test('limits by role: admins have their own where the operator set them, and a person’s own limits come first', async () => {
  await using app = await startStudioApp({
    studio: { rendersPerMonth: 1, usdMicrosPerMonth: null, admins: { rendersPerMonth: 3, usdMicrosPerMonth: 20_000 } },
  });
  const [ada, chief] = [await app.person('Ada'), await app.person('Grace', true)];
  expect(await ada.generation.usage.mine()).toMatchObject({ renders: { limit: 1 }, usdMicros: { limit: null } });
  expect(await chief.generation.usage.mine()).toMatchObject({ renders: { limit: 3 }, usdMicros: { limit: 20_000 } });
  await chief.generation.studio.request({ ...QUEUED, copies: 3 });
  await expect(chief.generation.studio.request(QUEUED)).rejects.toMatchObject({ cause: { code: 'quota_exceeded' } });
  await app.admin.auth.setRole({ userId: ada.id, role: 'admin' });
  await ada.generation.studio.request({ ...QUEUED, copies: 2 });
  await chief.generation.usage.setLimits({ userId: ada.id, rendersPerMonth: 2, usdMicrosPerMonth: null });
  expect(await ada.generation.usage.mine()).toMatchObject({ renders: { used: 2, limit: 2 }, usdMicros: { limit: 20_000 } });
  await expect(ada.generation.studio.request(QUEUED)).rejects.toMatchObject({ cause: { code: 'quota_exceeded' } });
  const { people } = await app.admin.generation.usage.network({});
  expect(people.find(({ name }) => name === 'Grace')).toMatchObject({ renders: { used: 3, limit: 3 }, usdMicros: { used: 15_000, limit: 20_000 } });
});

test('limits that are lowered while three renders run: the three end and are paid, and the next is refused until the month ends', async () => {
  await using app = await startStudioApp({
    at: '2026-11-20T10:00:00Z',
    studio: { rendersPerMonth: 10, usdMicrosPerMonth: null },
    vendor: { isHeld: true },
  });
  const [ada, chief] = [await app.person('Ada'), await app.person('Grace', true)];
  await ada.generation.studio.request({ ...QUEUED, copies: 3 });
  const running = app.runJobs();
  await expect.poll(async () => (await app.rows()).filter(({ state }) => state === 'waiting').length, { timeout: 20_000 }).toBeGreaterThan(0);
  await chief.generation.usage.setLimits({ userId: ada.id, rendersPerMonth: 1, usdMicrosPerMonth: 5000 });
  expect(await ada.generation.usage.mine()).toMatchObject({ renders: { used: 3, limit: 1 }, usdMicros: { used: 15_000, limit: 5000 } });
  expect(await ada.generation.studio.estimate(QUEUED)).toMatchObject({
    fits: false,
    says: expect.stringContaining('3 of 1 renders and $0.0150 of $0.0050') as string,
  });
  await expect(ada.generation.studio.request(QUEUED)).rejects.toMatchObject({ cause: { code: 'quota_exceeded' } });
  app.vendor.release();
  await running;
  await app.runJobs();
  expect((await app.deps.db.select().from(renders)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect((await app.deps.db.select().from(costLedger)).map(({ state }) => state)).toEqual(['charged', 'charged', 'charged']);
  app.clock.set('2026-12-01T00:00:00Z');
  await ada.generation.studio.request(QUEUED);
  await expect(ada.generation.studio.request(QUEUED)).rejects.toMatchObject({ cause: { code: 'quota_exceeded' } });
});
