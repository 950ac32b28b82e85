import type { StoredMask } from '#shared/contracts/studio/masks.ts';
import type { UploadedPicture } from '#shared/contracts/studio/uploaded-picture.ts';
import { inputsFor } from '#shared/domain/studio/model.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import { MODELS } from '#shared/domain/studio/models/index.ts';
import { assetId } from '#shared/ids.ts';
import type { AssetId } from '#shared/ids.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { ADMIN_KEY } from '#tests/support/http-app.ts';
import { expectMoneyRight, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import { flatPicture, halfMask, quarteredPicture } from '#tests/support/studio/pictures.ts';
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const KEY = { 'x-admin-api-key': ADMIN_KEY };
const STROKE = { kind: 'stroke', erases: false, size: 12, points: [[50, 10, 0.5]] } as const;

let app: StudioApp;
let picture: AssetId;
let mask: AssetId;

beforeAll(async () => {
  app = await startStudioApp({ http: true, isSandboxed: true });
  picture = await upload(await quarteredPicture());
  mask = await storedMask(picture, await halfMask());
}, 60_000);
afterAll(() => app[Symbol.asyncDispose]());

async function upload(file: Buffer): Promise<AssetId> {
  const response = await fetch(`${app.baseUrl}/files`, { method: 'POST', body: new Uint8Array(file), headers: KEY });
  return ((await response.json()) as UploadedPicture).asset;
}

function sendMask(of: string, file: Buffer | undefined, operations: unknown = [STROKE]): Promise<Response> {
  const form = new FormData();
  if (file) form.append('mask', new Blob([new Uint8Array(file)], { type: 'image/png' }), 'mask.png');
  form.append('operations', typeof operations === 'string' ? operations : JSON.stringify(operations));
  return fetch(`${app.baseUrl}/files/masks?of=${of}`, { method: 'POST', body: form, headers: KEY });
}
async function storedMask(of: AssetId, file: Buffer): Promise<AssetId> {
  const response = await sendMask(of, file);
  expect(response.status).toBe(201);
  return ((await response.json()) as StoredMask).asset;
}
const read = (url: string, headers: Record<string, string> = {}) => fetch(`${app.baseUrl}${url}`, { headers: { ...KEY, ...headers } });
const bytesOf = async (url: string) => Buffer.from(await (await read(url)).arrayBuffer());
const pixelsOf = async (file: Buffer) => sharp(file).removeAlpha().raw().toBuffer();

const request = (model: string, task: StudioTask, values: Record<string, unknown>) => app.admin.generation.studio.request({ model, task, values });
async function render(model: string, task: StudioTask, values: Record<string, unknown>) {
  const [requested] = await request(model, task, values);
  await app.runJobs();
  return app.admin.generation.studio.view({ renderId: requested!.id });
}
const video = async () => (await render('fal-ltx-2.3-fast', 'image_to_video', { prompt: 'it moves', image: [picture] })).assets[0]!.id;
const inpaint = (image: string, itsMask: string) => request('stability-inpaint', 'inpaint', { prompt: 'x', image: [image], mask: itsMask });
const fieldOf = async (response: Promise<Response>) => ((await (await response).json()) as { error: { field: string } }).error.field;
/** What is filled in by everybody: words and files. */
const filled = (model: Model, task: StudioTask) =>
  Object.fromEntries(
    inputsFor(model, task).flatMap(([id, input]): [string, unknown][] => {
      if (input.kind === 'text' && input.min > 0) return [[id, 'a lake at dusk']];
      if (input.kind === 'image') return [[id, [picture]]];
      return input.kind === 'mask' ? [[id, mask]] : [];
    }),
  );

const CHANGING = MODELS.flatMap((model) =>
  model.tasks.filter((task) => task !== 'text_to_image').map((task) => ({ model, task, id: `${model.id}, ${task}` })),
);

describe('a picture is changed', () => {
  test.each(CHANGING)('by $id, from the entry of the registry alone, at the price of the vendor', async ({ model, task }) => {
    const paidBefore = app.sandbox[model.vendor as 'fal'].paid().length;
    const done = await render(model.id, task, filled(model, task));
    expect(done).toMatchObject({
      state: 'done',
      task,
      error: null,
      assets: [{ mediaType: expect.stringMatching(task === 'image_to_video' ? /^video\// : /^image\//) }],
    });
    const paid = app.sandbox[model.vendor as 'fal'].paid().slice(paidBefore);
    expect(paid.map(({ usdMicros }) => usdMicros)).toEqual([done.chargeUsdMicros]);
    const asset = await app.admin.generation.assets.view({ id: done.assets[0]!.id });
    expect(asset.madeFrom.map(({ id }) => id)).toContain(picture);
  });

  test('where the mask is white and nowhere else, also when the picture has to be made smaller first', async () => {
    for (const model of ['stability-inpaint', 'fal-flux-fill', 'fal-flux-lora-fill']) {
      const done = await render(model, 'inpaint', { prompt: 'a red barn', image: [picture], mask, format: 'png' });
      const [before, after] = [await pixelsOf(await quarteredPicture()), await pixelsOf(await bytesOf(done.assets[0]!.url))];
      const changed = (from: number, to: number) =>
        Array.from({ length: 64 }, (_, y) => y).some(
          (y) => before.subarray(3 * (96 * y + from), 3 * (96 * y + to)).compare(after.subarray(3 * (96 * y + from), 3 * (96 * y + to))) !== 0,
        );
      expect([changed(0, 48), changed(48, 96)], model).toEqual([false, true]);
    }
    const large = await upload(await flatPicture(2000, 1500, '#336699'));
    const itsMask = await storedMask(large, await halfMask(2000, 1500));
    const done = await render('fal-flux-fill', 'inpaint', { prompt: 'a red barn', image: [large], mask: itsMask });
    expect(done).toMatchObject({ state: 'done', estimateUsdMicros: 100_000 });
    expect(done.assets[0]!.width! * done.assets[0]!.height!).toBeLessThanOrEqual(2_097_152);
  });

  test('with several others by Gemini, and refused above what it takes', async () => {
    const others = await Promise.all(['#114477', '#aa3311', '#228833'].map(async (color) => upload(await flatPicture(40, 40, color))));
    const done = await render('gemini-nano-banana-2.1', 'image_to_image', { prompt: 'all in one', image: [picture, ...others] });
    // Four pictures, and three tokens of words; the estimate counts one more.
    const charge = 33_600 + 4 * 1_680 + 5;
    expect(done).toMatchObject({ state: 'done', estimateUsdMicros: charge + 1, chargeUsdMicros: charge, assets: [{ width: 96, height: 64 }] });
    expect(app.sandbox.gemini.paid().at(-1)?.usdMicros).toBe(charge);
    expect(await app.cost(done.id)).toMatchObject({ state: 'charged', reservedUsdMicros: charge + 1, chargedUsdMicros: charge });
    await expectMoneyRight(app.deps);
    const [corner] = await pixelsOf(await bytesOf(done.assets[0]!.url));
    expect(corner).toBe(0x11);
    const many = Array.from({ length: 15 }, () => picture);
    await expect(request('gemini-nano-banana-2.1', 'image_to_image', { prompt: 'too many', image: many })).rejects.toMatchObject({
      cause: { code: 'invalid_input', field: 'image' },
    });
  });
});

describe('a mask', () => {
  test('keeps its steps, is not in the library, and is nobody else’s', async () => {
    expect(await app.admin.generation.assets.mask({ mask })).toMatchObject({ of: picture, width: 96, height: 64, share: 0.5, operations: [STROKE] });
    const shown = await app.admin.generation.assets.list({ limit: 100 });
    expect(shown.items.map(({ id }) => id)).toContain(picture);
    expect(shown.items.map(({ id }) => id)).not.toContain(mask);
    const ada = await app.person('Ada');
    await expect(ada.generation.assets.mask({ mask })).rejects.toMatchObject({ cause: { code: 'not_found' } });
    await expect(app.admin.generation.assets.mask({ mask: picture })).rejects.toMatchObject({ cause: { code: 'not_found' } });
    expect((await fetch(`${app.baseUrl}/files/masks?of=${picture}`, { method: 'POST', body: new FormData() })).status).toBe(401);
  });

  test.each([
    ['of another size', () => halfMask(64, 64), /64 × 64 pixels, its picture 96 × 64/],
    ['that marks nothing', () => flatPicture(96, 64, '#000000'), /marks nothing/],
    ['that marks everything', () => flatPicture(96, 64, '#ffffff'), /marks the whole picture/],
    ['that is no picture', () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), /SVG/],
    ['that is empty', () => Promise.resolve(Buffer.alloc(0)), /empty/],
  ])('%s is refused with the reason', async (_name, file, says) => {
    const response = await sendMask(picture, await file());
    expect([response.status, JSON.stringify(await response.json())]).toEqual([400, expect.stringMatching(says)]);
  });

  test('with steps that nobody can read, without a file, and for nothing is refused by field', async () => {
    const file = await halfMask();
    expect(await fieldOf(sendMask(picture, file, '[{"kind":"stroke"}]'))).toBe('operations');
    expect(await fieldOf(sendMask(picture, file, 'not JSON'))).toBe('operations');
    expect(await fieldOf(sendMask(picture, undefined))).toBe('mask');
    expect(await fieldOf(sendMask('7', file))).toBe('of');
    expect((await sendMask(randomUUID(), file)).status).toBe(404);
  });
});

describe('a request is refused before anything is reserved', () => {
  test('for a picture of somebody else, a deleted one, and one that is a video', async () => {
    const ada = await app.person('Ada');
    const hers = { model: 'stability-ultra', task: 'image_to_image', values: { prompt: 'x', image: [picture] } } as const;
    await expect(ada.generation.studio.request(hers)).rejects.toMatchObject({ cause: { code: 'not_found', field: 'image' } });
    const gone = await upload(await flatPicture(30, 30, '#123456'));
    await app.admin.generation.assets.remove({ ids: [gone] });
    await expect(request('stability-ultra', 'image_to_image', { prompt: 'x', image: [gone] })).rejects.toMatchObject({
      cause: { code: 'not_found' },
    });
    const moving = await video();
    await expect(request('fal-veo-3.1-lite', 'image_to_video', { prompt: 'x', image: [moving] })).rejects.toMatchObject({
      cause: { code: 'invalid_input', field: 'image', message: 'Start picture must be a picture, and this is a video.' },
    });
    expect((await sendMask(moving, await halfMask())).status).toBe(400);
    expect((await ada.generation.usage.mine()).renders.used).toBe(0);
  });

  test('for a picture in place of a mask, a mask of another picture’s size, and a mask without a picture', async () => {
    await expect(inpaint(picture, picture)).rejects.toMatchObject({ cause: { code: 'invalid_input', field: 'mask' } });
    const other = await upload(await flatPicture(50, 50, '#654321'));
    await expect(inpaint(other, mask)).rejects.toMatchObject({
      cause: { code: 'invalid_input', field: 'mask', message: /96 × 64 pixels, its picture 50 × 50/ },
    });
    await expect(inpaint(picture, assetId.parse(randomUUID()))).rejects.toMatchObject({ cause: { code: 'not_found', field: 'mask' } });
    await expect(request('stability-inpaint', 'inpaint', { prompt: 'x', mask })).rejects.toMatchObject({
      cause: { code: 'invalid_input', field: 'image' },
    });
    await expect(request('stability-remove-background', 'image_to_image', {})).rejects.toMatchObject({
      cause: { code: 'invalid_input', field: 'image' },
    });
    await expectMoneyRight(app.deps);
  });
});
