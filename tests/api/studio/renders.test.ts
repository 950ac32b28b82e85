import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { TEST_ADMIN_KEY } from '#tests/support/app.ts';
import { DIRECT, expectMoneyRight, QUEUED, runNow, startStudioApp } from '#tests/support/studio/studio-app.ts';

const from = (image: string) => ({ model: 'stability-ultra', task: 'image_to_image', values: { prompt: 'x', image: [image] } }) as const;

describe('a render', () => {
  test.each([
    ['with a queue', QUEUED, 5000],
    ['that answers in one request', DIRECT, 30_000],
  ] as const)('of a vendor %s is drawn, stored with previews, and charged', async (_name, request, usdMicros) => {
    await using app = await startStudioApp({ http: true });
    const [queued] = await app.admin.generation.studio.request(request);
    expect(queued).toMatchObject({ state: 'queued', cost: 'reserved', estimateUsdMicros: usdMicros, cancel: { costs: 'no' }, canRetry: false });
    await app.runJobs();
    const done = await app.admin.generation.studio.view({ renderId: queued!.id });
    expect(done).toMatchObject({ state: 'done', cost: 'charged', chargeUsdMicros: usdMicros, doing: null, cancel: null, error: null });
    const [asset] = done.assets;
    expect(asset).toMatchObject({ mediaType: 'image/png', width: 48, height: 48, seed: '1', thumbhash: expect.any(String) });
    expect(app.vendor.paid().map((line) => line.renderId)).toEqual([queued!.id]);
    await expectMoneyRight(app.deps);

    const read = async (url: string) => {
      const answer = await fetch(`${app.baseUrl}${url}`, { headers: { 'x-admin-api-key': TEST_ADMIN_KEY } });
      return {
        status: answer.status,
        type: answer.headers.get('content-type'),
        headers: answer.headers,
        bytes: Buffer.from(await answer.arrayBuffer()),
      };
    };
    const file = await read(asset!.url);
    expect([file.status, file.bytes.includes('the vendor'), file.bytes.length]).toEqual([200, false, asset!.bytes]);
    for (const url of Object.values(asset!.previews)) expect(await read(url)).toMatchObject({ status: 200, type: 'image/webp' });
    const download = await read(asset!.downloadUrl);
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename="segue-[0-9a-f]{8}\.png"$/);
    const recipe = (await sharp(download.bytes).metadata()).xmp?.toString() ?? '';
    for (const part of [request.model, 'a lake at night', queued!.id, 'endpoint']) expect(recipe).toContain(part);
    expect(await sharp(download.bytes).raw().toBuffer()).toEqual(await sharp(file.bytes).raw().toBuffer());
    for (const url of [`${asset!.url}/65`, `${asset!.url}/recipe`, '/files/nothing/64']) expect((await read(url)).status).toBe(404);
  });

  test('whose previews are lost shows them again, made from the picture', async () => {
    await using app = await startStudioApp({ http: true });
    const [render] = await app.admin.generation.studio.request(QUEUED);
    await app.runJobs();
    const { assets } = await app.admin.generation.studio.view({ renderId: render!.id });
    const read = () => fetch(`${app.baseUrl}${assets[0]!.previews[300]}`, { headers: { 'x-admin-api-key': TEST_ADMIN_KEY } });
    const before = Buffer.from(await (await read()).arrayBuffer());
    for await (const { sha256 } of app.deps.assets.list()) {
      const bytes = await readFile(path.join(app.home, 'assets', sha256.slice(0, 2), sha256));
      if (!bytes.subarray(0, 4).equals(Buffer.from('\u0089PNG', 'latin1'))) await app.deps.assets.remove(sha256);
    }
    expect(Buffer.from(await (await read()).arrayBuffer())).toEqual(before);
  });

  test('is one of several of a request, each with a seed of its own', async () => {
    await using app = await startStudioApp();
    const made = await app.admin.generation.studio.request({ ...QUEUED, copies: 4 });
    await app.runJobs();
    const { items } = await app.admin.generation.studio.list({ groupId: made[0]!.groupId });
    expect(items.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
    expect(new Set(items.map(({ values }) => values['seed'])).size).toBe(4);
    expect(new Set(items.map(({ assets }) => assets[0]?.url)).size).toBe(4);
    const given = await app.admin.generation.studio.request({ ...QUEUED, values: { prompt: 'x', seed: 7 }, copies: 2 });
    expect(given.map(({ values }) => values['seed'])).toEqual([7, 7]);
  });

  test('of our own model needs no vendor and costs nothing', async () => {
    await using app = await startStudioApp();
    const listener = await app.person('Ada');
    const music = { valence: 0.3, energy: 0.6, danceability: null, acousticness: null, instrumentalness: null, tempo: 118, decade: 1970 };
    const values = { music: { ...music, genres: [], tracks: [] }, size: 64, title: 'Harbor' };
    const [render] = await listener.generation.studio.request({ model: 'local-art', values });
    await app.runJobs();
    expect(await listener.generation.studio.view({ renderId: render!.id })).toMatchObject({ state: 'done', cost: 'charged', chargeUsdMicros: 0 });
    expect(await listener.generation.usage.mine()).toMatchObject({ renders: { used: 1 }, usdMicros: { used: 0 } });
  });
});

describe('a request', () => {
  test('sent twice with one id makes and pays its renders once; the id is of no use to another person', async () => {
    await using app = await startStudioApp();
    const [ada, ben] = [await app.person('Ada'), await app.person('Ben')];
    const request = { ...QUEUED, copies: 2, requestId: '7a1b0bde-93ad-4d5a-8b0c-0f1c8fbb0c11' };
    const answers = await Promise.all([1, 2, 3].map(() => ada.generation.studio.request(request)));
    expect(new Set(answers.map((renders) => renders.map(({ id }) => id).join()))).toHaveProperty('size', 1);
    await expect(ben.generation.studio.request(request)).rejects.toMatchObject({ cause: { code: 'conflict', field: 'requestId' } });
    await app.runJobs();
    expect(app.vendor.paid()).toHaveLength(2);
    expect(await ada.generation.usage.mine()).toMatchObject({ renders: { used: 2 }, usdMicros: { used: 10_000 } });
    await expectMoneyRight(app.deps);
  });

  test.each([
    ['an unknown model', { model: 'fal-z-image-turbi', values: {} }, 'model'],
    ['a task that the model does not do', { ...QUEUED, task: 'inpaint' }, 'task'],
    ['no prompt', { ...QUEUED, values: {} }, 'prompt'],
    ['a prompt of 10,001 characters', { ...QUEUED, values: { prompt: 'x'.repeat(10_001) } }, 'prompt'],
    ['a seed that is too large', { ...QUEUED, values: { prompt: 'x', seed: 2 ** 32 } }, 'seed'],
    ['an input that the model does not have', { ...QUEUED, values: { prompt: 'x', strength: 1 } }, 'strength'],
    ['half of an emoji', { ...QUEUED, values: { prompt: '\ud83d' } }, 'prompt'],
    ['a LoRA for a model that takes none', { ...DIRECT, values: { prompt: 'x', loras: [] } }, 'loras'],
    ['a model without a key', { model: 'gemini-nano-banana-2.1', values: { prompt: 'x' } }, 'model'],
  ] as const)('with %s is refused by its field, and reserves nothing', async (_name, request, field) => {
    await using app = await startStudioApp({ env: { GEMINI_API_KEY: '' } });
    const failure = app.admin.generation.studio.request(request);
    await expect(failure).rejects.toMatchObject({ cause: { code: 'invalid_input', field } });
    await expect(app.admin.generation.studio.estimate(request)).rejects.toMatchObject({ cause: { code: 'invalid_input', field } });
    expect([await app.rows(), (await app.admin.generation.usage.network({})).ledger]).toEqual([[], []]);
  });

  test('with a picture of another person, or with one that does not exist, is refused alike', async () => {
    await using app = await startStudioApp();
    const [ada, ben] = [await app.person('Ada'), await app.person('Ben')];
    const [render] = await ada.generation.studio.request(QUEUED);
    await app.runJobs();
    const { assets } = await ada.generation.studio.view({ renderId: render!.id });
    const failures = await Promise.all(
      [assets[0]!.id, '7a1b0bde-93ad-4d5a-8b0c-0f1c8fbb0c11'].map((id) =>
        ben.generation.studio.request(from(id)).then(
          () => undefined,
          (error: { cause: unknown }) => error.cause,
        ),
      ),
    );
    expect(failures[0]).toMatchObject({ code: 'not_found', field: 'image' });
    expect(failures[1]).toEqual(failures[0]);
    const [own] = await ada.generation.studio.request(from(assets[0]!.id));
    await app.runJobs();
    expect(await ada.generation.studio.view({ renderId: own!.id })).toMatchObject({ state: 'done' });
  });
});

test('a render is found by nobody but the person who requested it', async () => {
  await using app = await startStudioApp();
  const [ada, ben] = [await app.person('Ada'), await app.person('Ben', true)];
  const [render] = await ada.generation.studio.request(QUEUED);
  const input = { renderId: render!.id };
  const anonymous = app.as({ kind: 'anonymous' });
  for (const other of [ben, app.admin])
    for (const call of [other.generation.studio.view, other.generation.studio.cancel, other.generation.studio.retry])
      await expect(call(input)).rejects.toMatchObject({ cause: { code: 'not_found', message: 'There is no such render.' } });
  for (const call of [anonymous.generation.studio.view, anonymous.generation.studio.cancel, anonymous.generation.studio.retry])
    await expect(call(input)).rejects.toMatchObject({ cause: { code: 'unauthenticated' } });
  expect((await ben.generation.studio.list({})).items).toEqual([]);
  expect((await ada.generation.studio.list({})).items.map(({ id }) => id)).toEqual([render!.id]);
  await runNow(app.deps, render!.id);
});

test('pages of renders are whole: each render once, newest first', async () => {
  await using app = await startStudioApp();
  const ada = await app.person('Ada');
  for (let i = 0; i < 3; i += 1) await ada.generation.studio.request({ ...QUEUED, copies: 4 });
  const seen: string[] = [];
  let cursor: NonNullable<Parameters<typeof ada.generation.studio.list>[0]>['cursor'];
  do {
    const page = await ada.generation.studio.list({ limit: 5, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual((await app.rows()).map(({ id }) => id).toReversed());
});
