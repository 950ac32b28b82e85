import { createFal } from '#server/providers/fal/create-fal.ts';
import { createGeminiImages } from '#server/providers/gemini/gemini-images.ts';
import { createStability } from '#server/providers/stability/create-stability.ts';
import { expect, test } from 'vitest';
import { DIRECT, expectMoneyRight, QUEUED, runNow, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';

/** Waits for an announced change of a render to a state. */
async function untilState(app: StudioApp, id: string, state: string): Promise<void> {
  let end: (() => void) | undefined;
  const promise = new Promise<void>((resolve) => (end = resolve));
  const check = async () => {
    if ((await app.row(id))?.state === state) end?.();
  };
  const listener = await app.deps.stream.listen('segue_renders', () => void check());
  await check();
  await promise;
  await listener.unlisten();
}

test('what was not sent is canceled at once and costs nothing, also while its job waits for its turn', async () => {
  await using app = await startStudioApp();
  const made = await app.admin.generation.studio.request({ ...QUEUED, copies: 6 });
  for (const { id } of made) {
    const verdict = await app.admin.generation.studio.cancel({ renderId: id });
    expect(verdict).toMatchObject({ outcome: 'canceled', costs: 'no', render: { state: 'canceled', cost: 'refunded', error: null, canRetry: true } });
    await expect(app.admin.generation.studio.cancel({ renderId: id })).rejects.toMatchObject({ cause: { code: 'conflict' } });
  }
  await app.runJobs();
  expect(app.vendor.bill).toEqual([]);
  expect(await app.admin.generation.usage.mine()).toMatchObject({ renders: { used: 0 }, usdMicros: { used: 0 } });
  await expectMoneyRight(app.deps);
});

test.each([
  ['Gemini', 'gemini', 'gemini-nano-banana-2.1'],
  ['Stability', 'stability', 'stability-core'],
  ['fal', 'fal', 'fal-z-image-turbo'],
] as const)('what waits for a place among the requests to %s is not sent yet: canceled, it costs nothing', async (_name, vendor, model) => {
  let onTake: (() => void) | undefined;
  const taking = new Promise<void>((resolve) => (onTake = resolve));
  let release: (() => void) | undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const budget = { take: () => (onTake?.(), held), block: () => Promise.resolve() };
  const create = { gemini: createGeminiImages, stability: createStability, fal: createFal }[vendor];
  await using app = await startStudioApp();
  const adapter = create({ url: app.sandbox[vendor].url, apiKey: 'a-key', budget, now: app.clock.now });
  Object.assign(app.deps, { renderVendors: { ...app.deps.renderVendors, [vendor]: adapter } });
  const [render] = await app.admin.generation.studio.request({ model, values: { prompt: 'a lake at night' } });
  const running = runNow(app.deps, render!.id);
  await taking;
  expect(await app.row(render!.id)).toMatchObject({ state: 'queued', intendedAt: null });
  const verdict = await app.admin.generation.studio.cancel({ renderId: render!.id });
  expect(verdict).toMatchObject({ outcome: 'canceled', costs: 'no', render: { state: 'canceled', cost: 'refunded' } });
  release?.();
  await running;
  expect(app.sandbox[vendor].requests()).toEqual([]);
  await expectMoneyRight(app.deps);
});

test('what waits in the vendor’s queue is dropped there, and is not charged', async () => {
  await using app = await startStudioApp({ vendor: { isHeld: true } });
  const [render] = await app.admin.generation.studio.request(QUEUED);
  const running = runNow(app.deps, render!.id);
  await untilState(app, render!.id, 'waiting');
  expect(await app.admin.generation.studio.view({ renderId: render!.id })).toMatchObject({ cancel: { costs: 'maybe' } });
  const verdict = await app.admin.generation.studio.cancel({ renderId: render!.id });
  expect(verdict).toMatchObject({ outcome: 'canceled', costs: 'no', render: { state: 'canceled', cost: 'refunded' } });
  await running;
  expect([app.vendor.bill.length, app.vendor.paid().length]).toEqual([1, 0]);
  await expectMoneyRight(app.deps);
});

test('what the vendor has started still costs: the answer says so, and the picture is kept', async () => {
  await using app = await startStudioApp({ vendor: { isHeld: true } });
  const [render] = await app.admin.generation.studio.request(DIRECT);
  const running = runNow(app.deps, render!.id);
  await untilState(app, render!.id, 'sending');
  const verdict = await app.admin.generation.studio.cancel({ renderId: render!.id });
  expect(verdict).toMatchObject({
    outcome: 'requested',
    costs: 'yes',
    says: expect.stringContaining('charges for it'),
    render: { state: 'sending' },
  });
  expect(verdict.render.cancelRequestedAt).not.toBeNull();
  app.vendor.release();
  await running;
  const view = await app.admin.generation.studio.view({ renderId: render!.id });
  expect(view).toMatchObject({ state: 'done', cost: 'charged', chargeUsdMicros: 30_000 });
  expect(view.assets).toHaveLength(1);
  await expectMoneyRight(app.deps);
});

test('a vendor that is too late to drop a request says so, and the picture is kept', async () => {
  await using app = await startStudioApp({ vendor: { isHeld: true } });
  const [render] = await app.admin.generation.studio.request(QUEUED);
  const running = runNow(app.deps, render!.id);
  await untilState(app, render!.id, 'waiting');
  const { fal } = app.deps.renderVendors;
  Object.assign(app.deps, { renderVendors: { ...app.deps.renderVendors, fal: { ...fal!, cancel: () => Promise.resolve('too_late') } } });
  expect(await app.admin.generation.studio.cancel({ renderId: render!.id })).toMatchObject({ outcome: 'requested', costs: 'yes' });
  app.vendor.release();
  await running;
  expect(await app.admin.generation.studio.view({ renderId: render!.id })).toMatchObject({ state: 'done', cost: 'charged' });
});

test('a failed render is retried as a new one that names the first; one in progress or done is not', async () => {
  await using app = await startStudioApp({ vendor: { script: (count) => (count === 0 ? 'refuse' : 'draw') } });
  const ada = await app.person('Ada');
  const about = { playlistUrl: 'https://open.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M', title: 'Harbor', genres: ['jazz'], mood: 'calm' };
  const [first] = await ada.generation.studio.request({ ...QUEUED, about });
  await expect(ada.generation.studio.retry({ renderId: first!.id })).rejects.toMatchObject({ cause: { code: 'conflict' } });
  await app.runJobs();
  const again = await ada.generation.studio.retry({ renderId: first!.id });
  expect(again).toMatchObject({ retryOf: first!.id, state: 'queued', values: (await ada.generation.studio.view({ renderId: first!.id })).values });
  await app.runJobs();
  await expect(ada.generation.studio.retry({ renderId: again.id })).rejects.toMatchObject({ cause: { code: 'conflict' } });
  expect(await ada.generation.usage.mine()).toMatchObject({ renders: { used: 1 } });
  const history = (await app.admin.generation.usage.history({})).items;
  expect(history).toMatchObject(
    [true, false].map((success) => ({
      success,
      name: 'Ada',
      playlistUrl: about.playlistUrl,
      generatedTitle: 'Harbor',
      genres: ['jazz'],
      mood: 'calm',
    })),
  );
});
