import { models as modelRows } from '#drizzle/schema/index.ts';
import { refreshModelPrices } from '#server/use-cases/studio/models/refresh-model-prices.ts';
import { dayOf } from '#shared/domain/days.ts';
import { requireModel } from '#shared/domain/studio/models/index.ts';
import { DIRECT, expectMoneyRight, QUEUED, runNow, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const signal = new AbortController().signal;
const refresh = (app: StudioApp) => refreshModelPrices(app.deps, signal);
const settingsOf = async (app: StudioApp, id: string) => (await app.admin.generation.models.settings()).find((each) => each.id === id)!;
const set = (app: StudioApp, model: string, what: object) => app.admin.generation.models.set({ model, ...what });

describe('the operator', () => {
  let app: StudioApp;
  beforeAll(async () => {
    app = await startStudioApp();
  }, 60_000);
  afterAll(() => app[Symbol.asyncDispose]());

  test('turns a model off: the picker says so, and a request names those that are left for the task', async () => {
    const ada = await app.person('Ada');
    const reason = async () =>
      (await ada.generation.models.list({ task: 'inpaint' })).find(({ model }) => model.id === 'stability-inpaint')!.unavailableBecause;
    expect(await reason()).toBeNull();
    expect(await set(app, 'stability-inpaint', { isOn: false })).toMatchObject({ ended: 0, settings: { isOn: false } });
    expect(await reason()).toBe('The operator has turned Stable Image Inpaint off.');
    const refused = ada.generation.studio.request({ model: 'stability-inpaint', task: 'inpaint', values: {} });
    await expect(refused).rejects.toMatchObject({
      cause: {
        code: 'invalid_input',
        field: 'model',
        message: 'The operator has turned Stable Image Inpaint off.',
        remedy: 'Choose one of: FLUX.1 pro Fill, FLUX.1 Fill with LoRA, Z-Image Turbo inpaint with LoRA.',
      },
    });
    await set(app, 'stability-inpaint', { isOn: true });
    expect(await reason()).toBeNull();
  });

  test('keeps a model for administrators, who always may', async () => {
    const [ada, root] = [await app.person('Ada'), await app.person('Root', true)];
    await set(app, DIRECT.model, { roles: ['admin'] });
    await expect(ada.generation.studio.request(DIRECT)).rejects.toMatchObject({
      cause: { code: 'invalid_input', field: 'model', message: 'The operator keeps Stable Image Core for administrators.' },
    });
    await expect(ada.generation.studio.estimate(DIRECT)).rejects.toMatchObject({ cause: { field: 'model' } });
    expect(await root.generation.studio.estimate(DIRECT)).toMatchObject({ fits: true });
    await expect(set(app, DIRECT.model, { roles: ['listener'] })).rejects.toThrow(/always includes administrators/);
    await set(app, DIRECT.model, { roles: ['listener', 'admin'] });
    expect(await ada.generation.studio.estimate(DIRECT)).toMatchObject({ fits: true });
  });

  test('sets a price, which the estimate, the picker and the ledger use, and takes it back', async () => {
    const ada = await app.person('Ada');
    await set(app, DIRECT.model, { priceUsdMicros: 12_500 });
    const { price, listPrice } = await settingsOf(app, DIRECT.model);
    expect([price, listPrice]).toEqual([
      { usdMicros: 12_500, source: 'operator', day: dayOf(app.clock.now()) },
      { usdMicros: 30_000, source: 'registry', day: requireModel(DIRECT.model).price.checked },
    ]);
    const [shown] = (await ada.generation.models.list({})).filter(({ model }) => model.id === DIRECT.model);
    expect(shown).toMatchObject({ fromUsdMicros: 12_500, priceDay: dayOf(app.clock.now()) });
    expect(await ada.generation.studio.estimate({ ...DIRECT, copies: 2 })).toMatchObject({ usdMicros: 25_000 });
    const [render] = await ada.generation.studio.request(DIRECT);
    await set(app, DIRECT.model, { priceUsdMicros: null });
    await app.runJobs();
    expect(await ada.generation.studio.view({ renderId: render!.id })).toMatchObject({ state: 'done', chargeUsdMicros: 12_500 });
    expect((await settingsOf(app, DIRECT.model)).price).toMatchObject({ usdMicros: 30_000, source: 'registry' });
    await expectMoneyRight(app.deps);
  });

  test('makes one model the first choice of a task, and only of its own tasks', async () => {
    await set(app, 'fal-flux-fill', { defaultFor: ['inpaint'] });
    await set(app, 'stability-inpaint', { defaultFor: ['inpaint'] });
    const chosen = (await app.admin.generation.models.list({})).filter(({ defaultFor }) => defaultFor.length > 0);
    expect(chosen.map(({ model, defaultFor }) => [model.id, defaultFor])).toEqual([['stability-inpaint', ['inpaint']]]);
    await expect(set(app, 'fal-flux-fill', { defaultFor: ['image_to_video'] })).rejects.toMatchObject({ cause: { field: 'defaultFor' } });
    await set(app, 'stability-inpaint', { defaultFor: [] });
    expect((await settingsOf(app, 'stability-inpaint')).defaultFor).toEqual([]);
  });

  test('is told by name of a model that does not exist, and nobody else may see or set', async () => {
    await expect(set(app, 'stability-cor', { isOn: false })).rejects.toMatchObject({ cause: { field: 'model', remedy: /stability-core/ } });
    const ada = await app.person('Ada');
    await expect(ada.generation.models.settings()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ada.generation.models.set({ model: 'stability-core', isOn: false })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('sees how long the last ten runs took', async () => {
    const ada = await app.person('Ada');
    for (let run = 0; run < 11; run += 1) await ada.generation.studio.request(QUEUED);
    await app.runJobs();
    const { runs, recentSeconds } = await settingsOf(app, QUEUED.model);
    expect(runs).toHaveLength(10);
    expect(recentSeconds).toBeGreaterThanOrEqual(Math.min(...runs));
    const [shown] = (await ada.generation.models.list({})).filter(({ model }) => model.id === QUEUED.model);
    expect(shown).toMatchObject({ runs, recentSeconds });
  });
});

test('a model that is turned off while its renders wait ends them with the reason and at no cost; what its vendor has is finished', async () => {
  await using app = await startStudioApp({ vendor: { isHeld: true } });
  const ada = await app.person('Ada');
  const requested = await ada.generation.studio.request({ ...QUEUED, copies: 6 });
  // The newest comes first; the oldest holds a place.
  const sent = requested.at(-1);
  const running = runNow(app.deps, sent!.id);
  await expect.poll(async () => (await app.row(sent!.id))?.state).toBe('waiting');
  expect(await set(app, QUEUED.model, { isOn: false })).toMatchObject({ ended: 5 });
  for (const { id } of requested.slice(0, -1))
    expect(await ada.generation.studio.view({ renderId: id })).toMatchObject({
      state: 'failed',
      cost: 'refunded',
      error: 'The operator turned Z-Image Turbo off before this was sent. Nothing is charged. Choose another model.',
    });
  app.vendor.release();
  await running;
  expect(await ada.generation.studio.view({ renderId: sent!.id })).toMatchObject({ state: 'done', cost: 'charged' });
  expect(app.vendor.bill).toHaveLength(1);
  await expectMoneyRight(app.deps);
});

test('a render that was admitted when its model was turned off by another process is not sent', async () => {
  await using app = await startStudioApp();
  const [render] = await app.admin.generation.studio.request(QUEUED);
  const at = app.clock.now();
  await app.deps.db.insert(modelRows).values({ id: QUEUED.model, isOn: false, changedAt: at, changedBy: 'another process' });
  await app.runJobs();
  expect(await app.admin.generation.studio.view({ renderId: render!.id })).toMatchObject({ state: 'failed', cost: 'refunded' });
  expect(app.vendor.bill).toEqual([]);
  await expectMoneyRight(app.deps);
});

describe('prices of fal are read every hour', () => {
  test('with their day; a failed reading keeps the price before it and its day, and says why', async () => {
    await using app = await startStudioApp({ at: '2026-11-30T10:50:00Z' });
    const list = (prices: object[]) => app.sandbox.fal.failNext({ path: '/v1/models/pricing', status: 200, body: { prices } });
    const zImage = { endpoint_id: 'fal-ai/z-image/turbo', unit_price: 0.006, unit: 'megapixels', currency: 'USD' };
    list([zImage]);
    expect((await refresh(app)).outcome).toMatch(/^fal: 1 prices read, \d+ could not be used\.$/);
    const read = { usdMicros: 6_000, source: 'vendor', day: '2026-11-30' };
    expect(await settingsOf(app, QUEUED.model)).toMatchObject({ price: read, priceProblem: null });
    expect(await settingsOf(app, 'fal-flux-dev')).toMatchObject({ price: { source: 'registry' }, priceProblem: 'fal lists no price for it.' });
    expect(await app.admin.generation.studio.estimate(QUEUED)).toMatchObject({ usdMicros: 6_000 });
    app.clock.set('2026-12-02T10:50:00Z');
    for (const fault of [
      { status: 401, body: { detail: 'no' } },
      { status: 404, body: {} },
      { status: 200, body: { prices: 'many' } },
    ]) {
      app.sandbox.fal.failNext({ path: '/v1/models/pricing', ...fault });
      expect((await refresh(app)).outcome, JSON.stringify(fault)).toMatch(/The prices stay as they were\.$/);
      expect(await settingsOf(app, QUEUED.model)).toMatchObject({ price: read, priceProblem: expect.any(String) });
      app.sandbox.fal.clearFaults();
    }
    for (const odd of [{ currency: 'EUR' }, { unit: 'seconds' }, { unit_price: 0 }, { unit_price: -1 }]) {
      list([{ ...zImage, ...odd }]);
      await refresh(app);
      expect(await settingsOf(app, QUEUED.model), JSON.stringify(odd)).toMatchObject({ price: read, priceProblem: expect.any(String) });
    }
    await refresh(app);
    expect(await settingsOf(app, QUEUED.model)).toMatchObject({
      price: { usdMicros: 5_000, source: 'vendor', day: '2026-12-02' },
      priceProblem: null,
    });
  });

  test('and the operator’s price stays above them', async () => {
    await using app = await startStudioApp();
    await set(app, QUEUED.model, { priceUsdMicros: 9_000 });
    await refresh(app);
    expect(await settingsOf(app, QUEUED.model)).toMatchObject({ price: { usdMicros: 9_000, source: 'operator' }, listPrice: { source: 'vendor' } });
  });
});
