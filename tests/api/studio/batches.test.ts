import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { gridOf } from '#shared/domain/studio/batches/parameter-grid.ts';
import { expectMoneyRight, runNow, startStudioApp } from '#tests/support/studio/studio-app.ts';

const SHARED = { task: 'text_to_image', values: { prompt: 'a night bus', seed: 11 } } as const;
const parts = (...models: string[]) => models.map((model) => ({ model }));

describe('a batch', () => {
  test('asks several models at once: one estimate before, one request, the cost of each after', async () => {
    await using app = await startStudioApp();
    const ada = await app.person('Ada');
    const batch = {
      ...SHARED,
      values: { ...SHARED.values, negativePrompt: 'cars' },
      parts: [{ model: 'fal-z-image-turbo', without: ['negativePrompt'], copies: 2 }, { model: 'stability-core' }],
    };
    expect(await ada.generation.studio.batches.estimate(batch)).toMatchObject({
      usdMicros: 40_000,
      renders: 3,
      fits: true,
      parts: [{ usdMicros: 10_000 }, { usdMicros: 30_000 }],
    });
    const requestId = randomUUID();
    const made = await ada.generation.studio.batches.request({ ...batch, requestId });
    expect(made.map(({ groupId, state }) => [groupId, state])).toEqual(Array.from({ length: 3 }, () => [requestId, 'queued']));
    expect(await ada.generation.studio.batches.request({ ...batch, requestId })).toHaveLength(3);
    await app.runJobs();
    const { items } = await ada.generation.studio.list({ groupId: requestId });
    expect(items.map(({ model, state, chargeUsdMicros }) => [model, state, chargeUsdMicros])).toEqual([
      ['stability-core', 'done', 30_000],
      ['fal-z-image-turbo', 'done', 5000],
      ['fal-z-image-turbo', 'done', 5000],
    ]);
    expect(items.map(({ values }) => values['seed'])).toEqual([11, 11, 11]);
    expect(await ada.generation.usage.mine()).toMatchObject({ renders: { used: 3 }, usdMicros: { used: 40_000 } });
    expect(app.vendor.paid()).toHaveLength(3);
    await expectMoneyRight(app.deps);
  });

  test('is requested whole or not at all: one wrong part, one too many for the month, and nothing is stored', async () => {
    await using app = await startStudioApp({ studio: { rendersPerMonth: 2 } });
    const ada = await app.person('Ada');
    const ask = (input: object) =>
      ada.generation.studio.batches.request({ ...SHARED, parts: parts('fal-z-image-turbo'), requestId: randomUUID(), ...input });
    const refused = [
      [{ parts: parts('fal-z-image-turbo', 'no-such-model') }, { code: 'invalid_input', field: 'model' }],
      [{ parts: [{ model: 'fal-z-image-turbo', values: { steps: 900 } }] }, { code: 'invalid_input', field: 'steps' }],
      [{ parts: [{ model: 'fal-z-image-turbo', values: { image: [randomUUID()] } }] }, { code: 'invalid_input', field: 'image' }],
      [{ parts: parts('fal-z-image-turbo', 'fal-flux-dev', 'stability-core') }, { code: 'quota_exceeded' }],
      [{ parts: Array.from({ length: 7 }, () => ({ model: 'fal-z-image-turbo', copies: 8 })) }, { code: 'invalid_input', field: 'parts' }],
    ] as const;
    for (const [input, cause] of refused) await expect(ask(input), JSON.stringify(cause)).rejects.toMatchObject({ cause });
    expect(
      await ada.generation.studio.batches.estimate({ ...SHARED, parts: parts('fal-z-image-turbo', 'fal-flux-dev', 'stability-core') }),
    ).toMatchObject({
      fits: false,
      rendersLeft: -1,
    });
    expect(await app.rows()).toEqual([]);
    expect(app.vendor.bill).toEqual([]);
    await expectMoneyRight(app.deps);
  });

  test('over a grid is canceled in the middle: what is done stays, what was not sent costs nothing', async () => {
    await using app = await startStudioApp({ vendor: { isHeld: true } });
    const ada = await app.person('Ada');
    const grid = [4, 6, 8].flatMap((steps) => ['square_hd', 'portrait_4_3'].map((size) => ({ model: 'fal-z-image-turbo', values: { steps, size } })));
    const requestId = randomUUID();
    const [last] = await ada.generation.studio.batches.request({ ...SHARED, parts: grid, requestId });
    expect(gridOf((await ada.generation.studio.list({ groupId: requestId })).items)).toEqual({
      across: { input: 'steps', values: [4, 6, 8] },
      down: { input: 'size', values: ['portrait_4_3', 'square_hd'] },
    });
    const first = (await app.rows())[0]!;
    app.vendor.release();
    await app.runJobs();
    expect((await app.row(first.id))?.state).toBe('done');
    expect(await ada.generation.studio.batches.cancel({ groupId: requestId })).toEqual({ canceled: 0, stillCosting: 0 });
    const second = await ada.generation.studio.batches.request({ ...SHARED, parts: grid, requestId: randomUUID() });
    expect(await ada.generation.studio.batches.cancel({ groupId: second[0]!.groupId })).toEqual({ canceled: 6, stillCosting: 0 });
    expect(await ada.generation.studio.batches.cancel({ groupId: second[0]!.groupId })).toEqual({ canceled: 0, stillCosting: 0 });
    expect((await app.row(last!.id))?.state).toBe('done');
    expect(await ada.generation.usage.mine()).toMatchObject({ renders: { used: 6 } });
    await expectMoneyRight(app.deps);
  });

  test('that was canceled is continued: what was not rendered is requested once more in its place, with its seed, and what is done stays', async () => {
    await using app = await startStudioApp();
    const [ada, bo] = [await app.person('Ada'), await app.person('Bo')];
    const requestId = randomUUID();
    const grid = [4, 6, 8].map((steps) => ({ model: 'fal-z-image-turbo', values: { steps } }));
    await ada.generation.studio.batches.request({ task: 'text_to_image', values: { prompt: 'a night bus' }, parts: grid, requestId });
    const [first, ...others] = await app.rows();
    await runNow(app.deps, first!.id);
    await app.runJobs();
    expect((await app.row(first!.id))?.state).toBe('done');
    const second = randomUUID();
    await ada.generation.studio.batches.request({ task: 'text_to_image', values: { prompt: 'a tram' }, parts: grid, requestId: second });
    await ada.generation.studio.batches.cancel({ groupId: second });
    const canceled = (await app.rows()).filter(({ groupId }) => groupId === second);
    expect(canceled.map(({ state }) => state)).toEqual(['canceled', 'canceled', 'canceled']);
    // One is tried again by itself first, as its row offers it.
    await ada.generation.studio.retry({ renderId: canceled[1]!.id });
    const [rest, twice] = await Promise.all([0, 1].map(() => ada.generation.studio.batches.renderRest({ groupId: second })));
    expect([rest!.length, twice!.length]).toEqual([5, 5]);
    await app.runJobs();
    const made = (await app.rows()).filter(({ groupId, state }) => groupId === second && state === 'done');
    expect(made.map(({ retryOf, values }) => [retryOf, values])).toEqual([canceled[0]!, canceled[2]!].map(({ id, values }) => [id, values]));
    const paid = app.vendor.paid().length;
    expect(await ada.generation.studio.batches.renderRest({ groupId: second })).toHaveLength(5);
    expect(await ada.generation.studio.batches.renderRest({ groupId: requestId })).toHaveLength(1 + others.length);
    await app.runJobs();
    expect(app.vendor.paid()).toHaveLength(paid);
    for (const person of [bo, app.as({ kind: 'anonymous' })])
      await expect(person.generation.studio.batches.renderRest({ groupId: second })).rejects.toMatchObject({
        cause: { code: person === bo ? 'not_found' : 'unauthenticated' },
      });
    await expectMoneyRight(app.deps);
  });

  test('that does not fit into the month any more is not continued by halves', async () => {
    await using app = await startStudioApp({ studio: { rendersPerMonth: 3 } });
    const ada = await app.person('Ada');
    const requestId = randomUUID();
    await ada.generation.studio.batches.request({ ...SHARED, parts: parts('fal-z-image-turbo', 'fal-flux-dev'), requestId });
    await ada.generation.studio.batches.cancel({ groupId: requestId });
    await ada.generation.studio.batches.request({ ...SHARED, parts: [{ model: 'fal-z-image-turbo', copies: 2 }], requestId: randomUUID() });
    await expect(ada.generation.studio.batches.renderRest({ groupId: requestId })).rejects.toMatchObject({ cause: { code: 'quota_exceeded' } });
    expect((await app.rows()).filter(({ groupId }) => groupId === requestId)).toHaveLength(2);
    await expectMoneyRight(app.deps);
  });

  test('of somebody else is not canceled, and its request id cannot be taken', async () => {
    await using app = await startStudioApp();
    const [ada, bo] = [await app.person('Ada'), await app.person('Bo')];
    const requestId = randomUUID();
    await ada.generation.studio.batches.request({ ...SHARED, parts: parts('fal-z-image-turbo'), requestId });
    expect(await bo.generation.studio.batches.cancel({ groupId: requestId })).toEqual({ canceled: 0, stillCosting: 0 });
    await expect(bo.generation.studio.batches.request({ ...SHARED, parts: parts('fal-z-image-turbo'), requestId })).rejects.toMatchObject({
      cause: { code: 'conflict' },
    });
    expect((await app.rows()).map(({ state }) => state)).toEqual(['queued']);
  });
});

test('a person writes a note about a batch of their own, changes it and takes it away; nobody else reads or writes it', async () => {
  await using app = await startStudioApp();
  const [ada, bo] = [await app.person('Ada'), await app.person('Bo')];
  const groupId = randomUUID();
  await ada.generation.studio.batches.request({ ...SHARED, parts: parts('fal-z-image-turbo'), requestId: groupId });
  const { batches } = ada.generation.studio;
  expect(await batches.note({ groupId })).toEqual({ note: '' });
  await batches.writeNote({ groupId, note: '  0.8 keeps the passenger.  ' });
  expect(await batches.note({ groupId })).toEqual({ note: '0.8 keeps the passenger.' });
  expect(await bo.generation.studio.batches.note({ groupId })).toEqual({ note: '' });
  for (const [person, code] of [
    [bo, 'not_found'],
    [app.admin, 'not_found'],
    [app.as({ kind: 'anonymous' }), 'unauthenticated'],
  ] as const)
    await expect(person.generation.studio.batches.writeNote({ groupId, note: 'mine' }), code).rejects.toMatchObject({ cause: { code } });
  await expect(batches.writeNote({ groupId, note: 'x'.repeat(1_001) })).rejects.toThrow(/longer than 1,000/u);
  expect(await batches.note({ groupId })).toEqual({ note: '0.8 keeps the passenger.' });
  await batches.writeNote({ groupId, note: '' });
  expect(await batches.note({ groupId })).toEqual({ note: '' });
});

test('the history of prompts has each request once with its pictures and cost, is searched by a part, and is a person’s own', async () => {
  await using app = await startStudioApp();
  const [ada, bo] = [await app.person('Ada'), await app.person('Bo')];
  for (const prompt of ['a night bus', 'a night bus, 50% rain', 'lemons']) {
    await ada.generation.studio.batches.request({
      ...SHARED,
      values: { prompt },
      parts: [{ model: 'fal-z-image-turbo', copies: 2 }],
      requestId: randomUUID(),
    });
    app.clock.set(new Date(app.clock.now().getTime() + 60_000).toISOString());
  }
  await bo.generation.studio.batches.request({
    ...SHARED,
    values: { prompt: 'a night bus of Bo' },
    parts: parts('fal-z-image-turbo'),
    requestId: randomUUID(),
  });
  await app.runJobs();
  const all = await ada.generation.studio.batches.prompts({ limit: 2 });
  expect(all.items).toMatchObject([
    { prompt: 'lemons', models: ['Z-Image Turbo'], renders: 2, pictures: 2, chargeUsdMicros: 10_000, assets: [{ mediaType: 'image/png' }, {}] },
    { prompt: 'a night bus, 50% rain' },
  ]);
  const rest = await ada.generation.studio.batches.prompts({ limit: 2, cursor: all.nextCursor! });
  expect([rest.items.map(({ prompt }) => prompt), rest.nextCursor]).toEqual([['a night bus'], null]);
  const search = async (words: string) => (await ada.generation.studio.batches.prompts({ search: words })).items.map(({ prompt }) => prompt);
  expect([await search('BUS'), await search('50%'), await search('_'), await search('zeppelin')]).toEqual([
    ['a night bus, 50% rain', 'a night bus'],
    ['a night bus, 50% rain'],
    [],
    [],
  ]);
});
