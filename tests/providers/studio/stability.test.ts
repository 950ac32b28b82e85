import { createStability } from '#server/providers/stability/create-stability.ts';
import type { RenderRequest } from '#server/providers/render-ports.ts';
import { startStabilitySandbox } from '#server/sandbox/stability/server.ts';
import { requireModel } from '#shared/domain/studio/models/index.ts';
import { readValues } from '#shared/domain/studio/read-values.ts';
import { wireFor } from '#shared/domain/studio/wire-for.ts';
import { flatPicture } from '#tests/support/studio/pictures.ts';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';
import sharp from 'sharp';
import { expect, test } from 'vitest';

const signal = new AbortController().signal;
const KEY = 'a-key-that-nobody-may-see';

async function start(options: { url?: string; apiKey?: string; timeoutMs?: number } = {}) {
  const sandbox = await startStabilitySandbox();
  const budget = createUnlimitedBudget();
  const resilience = { firstDelayMs: 1, ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }) };
  const vendor = createStability({ url: options.url ?? sandbox.url, apiKey: options.apiKey ?? KEY, budget, now: () => new Date(), resilience });
  return { sandbox, budget, vendor, [Symbol.asyncDispose]: () => sandbox.close() };
}

function picture(id = 'stability-core', values: object = {}): RenderRequest {
  const model = requireModel(id);
  const { files: _files, ...wire } = wireFor(model, readValues(model, { prompt: 'a lake at dusk', ...values }, { task: 'text_to_image' }), {
    task: 'text_to_image',
  });
  return { renderId: 'render-1', ...wire, files: [] };
}

/** What the adapter throws. */
const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as Error & { code: string; context: Record<string, unknown> },
  );

test('a picture comes with its seed, which repeats it; another seed gives another one', async () => {
  await using app = await start();
  const draw = async (seed?: number) => {
    const made = await app.vendor.start(picture('stability-core', { size: '3:2', format: 'webp', ...(seed === undefined ? {} : { seed }) }), signal);
    if (!('kind' in made) || made.kind !== 'done') throw new Error('No picture.');
    return made.files[0]!;
  };
  const first = await draw();
  expect(first).toMatchObject({ mediaType: 'image/webp', seed: expect.stringMatching(/^\d+$/) as string });
  expect(await sharp(first.bytes).metadata()).toMatchObject({ format: 'webp', width: 1254, height: 836 });
  expect(Buffer.from((await draw(Number(first.seed))).bytes).equals(Buffer.from(first.bytes))).toBe(true);
  expect(Buffer.from((await draw(7)).bytes).equals(Buffer.from(first.bytes))).toBe(false);
});

test('a picture to start from is sent as a file; the credits of each model are charged', async () => {
  await using app = await start();
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const model = requireModel('stability-sd3.5-medium');
  const values = readValues(model, { prompt: 'a lake', image: ['018f0000-0000-7000-8000-000000000001'], strength: 0.5 }, { task: 'image_to_image' });
  const { files, ...wire } = wireFor(model, values, { task: 'image_to_image' });
  const sent = files.map(({ field }) => ({ field, bytes: png, mediaType: 'image/png' }));
  expect(await app.vendor.start({ renderId: 'render-1', ...wire, files: sent }, signal)).toMatchObject({ kind: 'done' });
  for (const id of ['stability-core', 'stability-ultra', 'stability-sd3.5-large', 'stability-sd3.5-large-turbo'])
    expect(await app.vendor.start(picture(id), signal), id).toMatchObject({ kind: 'done' });
  expect(app.sandbox.paid().map(({ usdMicros }) => usdMicros)).toEqual([35_000, 30_000, 80_000, 65_000, 40_000]);
});

const sentFile = (bytes: Buffer, field: string) => ({ field, bytes, mediaType: 'image/png' });

test('files that cannot be used are refused with the input that is wrong, and cost nothing', async () => {
  await using app = await start();
  const inpaint = { renderId: 'render-1', endpoint: 'edit/inpaint', body: { prompt: 'a barn', output_format: 'png' } };
  const [large, small] = [await flatPicture(96, 64, '#336699'), await flatPicture(32, 32, '#ffffff')];
  for (const [request, field] of [
    [{ ...inpaint, files: [sentFile(large, 'image'), sentFile(small, 'mask')] }, 'mask'],
    [{ ...inpaint, files: [sentFile(Buffer.from('no picture'), 'image')] }, 'image'],
    [{ ...inpaint, files: [] }, 'image'],
    [{ renderId: 'render-1', endpoint: 'upscale/fast', body: {}, files: [sentFile(await flatPicture(1100, 1000, '#336699'), 'image')] }, 'image'],
    [{ renderId: 'render-1', endpoint: 'edit/search-and-replace', body: { prompt: 'a barn' }, files: [sentFile(large, 'image')] }, 'search'],
  ] as const)
    expect(await app.vendor.start(request, signal), field).toMatchObject({ kind: 'refused', reason: 'invalid', charged: 'no', field });
  expect(app.sandbox.paid()).toEqual([]);
});

test.each([
  ['content_filtered', { reason: 'content', field: 'prompt', charged: 'maybe' }],
  ['moderation', { reason: 'content', field: 'prompt', charged: 'no' }],
  ['credits', { reason: 'credits', charged: 'no' }],
])('a refusal says why and whether it may cost: %s', async (plays, refused) => {
  await using app = await start();
  app.sandbox.failNext({ plays });
  expect(await app.vendor.start(picture(), signal)).toMatchObject({ kind: 'refused', ...refused });
  expect(app.sandbox.requests()).toHaveLength(1);
});

test('an input that Stability refuses is named in our words, without the prompt', async () => {
  await using app = await start();
  const wrong: readonly [object, string | undefined][] = [
    [{ aspect_ratio: '7:5' }, 'size'],
    [{ style_preset: 'cubism' }, 'style'],
    [{ seed: -1 }, 'seed'],
    [{ loras: ['x'] }, undefined],
  ];
  for (const [fields, field] of wrong) {
    const request = picture();
    const refused = await app.vendor.start({ ...request, body: { ...request.body, ...fields } }, signal);
    expect(refused).toMatchObject({ kind: 'refused', reason: 'invalid', charged: 'no', field });
    expect(JSON.stringify(refused)).not.toContain('lake');
  }
  app.sandbox.failNext({ status: 413, body: { id: 'x', name: 'payload_too_large', errors: [] } });
  expect(await app.vendor.start(picture(), signal)).toMatchObject({ kind: 'refused', reason: 'invalid', field: 'image' });
});

test('a failure in Stability’s own format is repeated, because it made nothing', async () => {
  await using app = await start();
  app.sandbox.failNext({ plays: 'internal', times: 5 });
  expect(await app.vendor.start(picture(), signal)).toMatchObject({ kind: 'done' });
  expect([app.sandbox.requests().length, app.sandbox.paid().length]).toEqual([6, 1]);
});

test.each([
  ['a cut connection', { cut: true, actFirst: true }],
  ['half a picture', { cut: 'body' }],
  ['a proxy’s error page', { status: 502, body: '<html></html>', actFirst: true }],
  ['a proxy’s 504', { status: 504, body: '', actFirst: true }],
  ['status 200 with a page', { status: 200, body: '<html></html>', actFirst: true }],
] as const)('a request that may have been paid is never sent again: %s', async (_name, fault) => {
  await using app = await start();
  app.sandbox.failNext(fault);
  expect((await failure(app.vendor.start(picture(), signal)))?.context['ambiguous']).toBe(true);
  expect([app.sandbox.requests().length, app.sandbox.paid().length]).toEqual([1, 1]);
});

test('a slow picture is unknown after the time limit; without a server nothing was sent', async () => {
  await using app = await start({ timeoutMs: 200 });
  app.sandbox.failNext({ delayMs: 5_000 });
  expect(await failure(app.vendor.start(picture(), signal))).toMatchObject({ code: 'provider_unavailable', context: { ambiguous: true } });
  const gone = await startStabilitySandbox();
  await gone.close();
  await using nobody = await start({ url: gone.url });
  expect(await failure(nobody.vendor.start(picture(), signal))).toMatchObject({ code: 'provider_unavailable', context: { ambiguous: false } });
});

test('a rate limit pauses all requests for a minute, or as long as Stability says', async () => {
  await using app = await start();
  app.sandbox.failNext({ plays: 'rate_limited' });
  expect(await failure(app.vendor.start(picture(), signal))).toMatchObject({ code: 'rate_limited', retryAfterMs: 60_000 });
  app.sandbox.failNext({ status: 429, headers: { 'retry-after': '17' } });
  expect(await failure(app.vendor.start(picture(), signal))).toMatchObject({ code: 'rate_limited', retryAfterMs: 17_000 });
  expect(app.budget.blocks.map(({ forMs }) => forMs)).toEqual([60_000, 17_000]);
});

test('a wrong key is an error that names the setting; no error contains the key or the prompt', async () => {
  await using wrong = await start({ apiKey: 'wrong-key' });
  expect(await failure(wrong.vendor.start(picture(), signal))).toMatchObject({
    code: 'provider_rejected',
    remedy: expect.stringContaining('STABILITY_API_KEY') as string,
  });
  await using app = await start();
  for (const fault of [
    { plays: 'internal', times: 6 },
    { cut: true },
    { status: 418, body: `teapot a lake ${KEY}` },
    { status: 500, body: `a lake ${KEY}` },
  ] as const) {
    app.sandbox.failNext(fault);
    const error = await failure(app.vendor.start(picture(), signal));
    const shown = JSON.stringify([error, error?.stack, String(error?.cause)]);
    expect(shown).not.toContain(KEY);
    expect(shown).not.toContain('a lake');
    app.sandbox.clearFaults();
  }
});
