import { createGeminiImages } from '#server/providers/gemini/gemini-images.ts';
import { createGeminiText } from '#server/providers/gemini/gemini-text.ts';
import type { RenderRequest } from '#server/providers/render-ports.ts';
import { startGeminiSandbox } from '#server/sandbox/gemini/server.ts';
import { requireModel } from '#shared/domain/studio/models/index.ts';
import { readValues } from '#shared/domain/studio/read-values.ts';
import { wireFor } from '#shared/domain/studio/wire-for.ts';
import { WORDS_SCHEMA } from '#shared/domain/covers/words/words-request.ts';
import { flatPicture } from '#tests/support/studio/pictures.ts';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';
import sharp from 'sharp';
import { expect, test } from 'vitest';

const signal = new AbortController().signal;
const KEY = 'a-key-that-nobody-may-see';

async function start(options: { url?: string; apiKey?: string; timeoutMs?: number } = {}) {
  const sandbox = await startGeminiSandbox();
  const budget = createUnlimitedBudget();
  const resilience = { firstDelayMs: 1, ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }) };
  const config = { url: options.url ?? sandbox.url, apiKey: options.apiKey ?? KEY, budget, now: () => new Date(), resilience };
  return {
    sandbox,
    budget,
    images: createGeminiImages(config),
    text: createGeminiText({ ...config, model: 'gemini-3.8-flash' }),
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

function picture(values: object = {}): RenderRequest {
  const model = requireModel('gemini-nano-banana-2.1');
  const { files: _files, ...wire } = wireFor(model, readValues(model, { prompt: 'a lake at dusk', ...values }, { task: 'text_to_image' }), {
    task: 'text_to_image',
  });
  return { renderId: 'render-1', ...wire, files: [] };
}
const words = { system: 'Name it.', prompt: 'Data: {"valence":0.2}', schema: WORDS_SCHEMA, outputTokensMax: 1_024 };

/** What the adapter throws. */
const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as { code: string; context: Record<string, unknown> },
  );

test('a picture is the part that is no thought, in the shape that was asked for, and another one each time', async () => {
  await using vendor = await start();
  const made = [await vendor.images.start(picture({ size: '16:9' }), signal), await vendor.images.start(picture({ size: '16:9' }), signal)];
  const files = made.flatMap((one) => ('kind' in one && one.kind === 'done' ? one.files : []));
  expect(files.map(({ mediaType, seed }) => ({ mediaType, seed }))).toEqual([1, 2].map(() => ({ mediaType: 'image/png', seed: null })));
  expect(await sharp(files[0]!.bytes).metadata()).toMatchObject({ width: 1365, height: 768 });
  expect(Buffer.compare(Buffer.from(files[0]!.bytes), Buffer.from(files[1]!.bytes))).not.toBe(0);
  expect(vendor.sandbox.paid().map(({ usdMicros, endpoint }) => ({ usdMicros, endpoint }))).toEqual(
    // Four tokens of words.
    [1, 2].map(() => ({ usdMicros: 33_606, endpoint: 'gemini-nano-banana-2.1' })),
  );
  expect(made.map((one) => 'kind' in one && one.kind === 'done' && one.sentTokens)).toEqual([4, 4]);
});

const sentFiles = (count: number, bytes: Buffer) =>
  Array.from({ length: count }, () => ({ field: 'contents.0.parts', bytes, mediaType: 'image/png' }));

test('pictures to work from go with the words; too many, and one that cannot be read, are refused without a charge', async () => {
  await using vendor = await start();
  const [small, odd] = [await flatPicture(40, 30, '#336699'), Buffer.from('no picture')];
  const made = await vendor.images.start({ ...picture(), files: sentFiles(3, small) }, signal);
  const [file] = 'kind' in made && made.kind === 'done' ? made.files : [];
  expect(made).toMatchObject({ sentTokens: 4 + 3 * 1_120 });
  expect(await sharp(file!.bytes).metadata()).toMatchObject({ width: 40, height: 30 });
  for (const sent of [sentFiles(15, small), sentFiles(1, odd), [...sentFiles(2, small), ...sentFiles(1, odd)]])
    expect(await vendor.images.start({ ...picture(), files: sent }, signal)).toMatchObject({ kind: 'refused', reason: 'invalid', charged: 'no' });
  expect(vendor.sandbox.paid()).toHaveLength(1);
});

test.each([
  ['content_filtered', { reason: 'content', field: 'prompt', charged: 'no' }],
  ['blocked_prompt', { reason: 'content', field: 'prompt', charged: 'no' }],
  ['no_image', { reason: 'nothing_made', charged: 'maybe' }],
  ['max_tokens', { reason: 'nothing_made', charged: 'maybe' }],
])('an answer with status 200 and no picture is a refusal that says whether it may cost: %s', async (plays, refused) => {
  await using vendor = await start();
  vendor.sandbox.failNext({ plays });
  expect(await vendor.images.start(picture(), signal)).toMatchObject({ kind: 'refused', ...refused });
  expect(vendor.sandbox.requests()).toHaveLength(1);
});

test('inputs that Gemini finds invalid are refused without a charge; a wrong key is an error that names the setting', async () => {
  await using vendor = await start();
  expect(await vendor.images.start({ ...picture(), body: { ...picture().body, seed: 1 } }, signal)).toMatchObject({
    kind: 'refused',
    reason: 'invalid',
    charged: 'no',
  });
  await using wrong = await start({ apiKey: 'wrong-key' });
  const error = await failure(wrong.images.start(picture(), signal));
  expect(error).toMatchObject({ code: 'provider_rejected', remedy: expect.stringContaining('GEMINI_API_KEY') as string });
  expect(await failure(vendor.images.start({ ...picture(), endpoint: 'gemini-2.0-flash' }, signal))).toMatchObject({
    code: 'provider_rejected',
    message: 'Gemini has no model of this name.',
  });
});

test.each(['overloaded', 'internal', 'deadline'])('a failure that Gemini itself answers is repeated, because it made nothing: %s', async (plays) => {
  await using vendor = await start();
  vendor.sandbox.failNext({ plays, times: 5 });
  expect(await vendor.images.start(picture(), signal)).toMatchObject({ kind: 'done' });
  expect(vendor.sandbox.requests()).toHaveLength(6);
  expect(vendor.sandbox.paid()).toHaveLength(1);
  vendor.sandbox.failNext({ plays, times: 20 });
  expect(await failure(vendor.images.start(picture(), signal))).toMatchObject({ code: 'provider_unavailable', context: { ambiguous: false } });
  expect(vendor.sandbox.requests()).toHaveLength(12);
});

test.each([
  ['a cut connection', { cut: true, actFirst: true }, 1],
  ['half an answer', { cut: 'body' }, 1],
  ['a proxy’s error page', { status: 502, body: '<html>Bad gateway</html>', actFirst: true }, 1],
  ['a proxy’s 503', { status: 503, body: 'upstream connect error', actFirst: true }, 1],
  ['an answer that is no JSON', { status: 200, body: 'OK', actFirst: true }, 1],
  ['an answer in another form', { status: 200, body: { candidates: 'none' }, actFirst: true }, 1],
] as const)('a request that may have been paid is never sent again: %s', async (_name, fault, paid) => {
  await using vendor = await start();
  vendor.sandbox.failNext(fault);
  const error = await failure(vendor.images.start(picture(), signal));
  expect(error?.context['ambiguous']).toBe(true);
  expect(vendor.sandbox.requests()).toHaveLength(1);
  expect(vendor.sandbox.paid()).toHaveLength(paid);
});

test('a picture that comes too late is unknown, and one that is canceled while it is drawn is, too', async () => {
  await using vendor = await start({ timeoutMs: 50 });
  vendor.sandbox.failNext({ delayMs: 5_000, times: 2 });
  expect(await failure(vendor.images.start(picture(), signal))).toMatchObject({ code: 'provider_unavailable', context: { ambiguous: true } });
  const canceled = new AbortController();
  const waiting = failure(vendor.images.start(picture(), canceled.signal));
  canceled.abort();
  expect(await waiting).toMatchObject({ context: { kind: 'Stopped' } });
});

test('while nothing listens at the address a request is known not to be sent', async () => {
  const gone = await startGeminiSandbox();
  await gone.close();
  await using vendor = await start({ url: gone.url });
  expect(await failure(vendor.images.start(picture(), signal))).toMatchObject({ code: 'provider_unavailable', context: { ambiguous: false } });
});

test('a rate limit pauses all requests for the time that Gemini names, a day’s quota too', async () => {
  await using vendor = await start();
  vendor.sandbox.failNext({ plays: 'rate_limited' });
  expect(await failure(vendor.images.start(picture(), signal))).toMatchObject({ code: 'rate_limited', retryAfterMs: 37_000 });
  vendor.sandbox.failNext({ plays: 'daily_quota' });
  expect(await failure(vendor.text.answer(words, signal))).toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 34_210_500,
    message: expect.stringContaining('quota') as string,
  });
  expect(vendor.budget.blocks.map(({ forMs }) => forMs)).toEqual([37_000, 34_210_500]);
});

test('words come back as the JSON of the schema, without the thoughts, in one piece', async () => {
  await using vendor = await start();
  const { json, tokens } = await vendor.text.answer(words, signal);
  expect(json).toMatchObject({
    titles: expect.any(Array) as string[],
    picturePrompt: expect.any(String) as string,
    paletteId: expect.any(String) as string,
  });
  expect(tokens.output).toBeGreaterThan(40);
  expect(vendor.text.name).toBe('gemini-3.8-flash');
});

test.each([
  ['max_tokens', 'cut off'],
  ['text_filtered', 'refused'],
  ['blocked_prompt', 'refused'],
  ['bad_json', 'not JSON'],
])('a text that cannot be used is rejected with its reason, never returned as empty: %s', async (plays, reason) => {
  await using vendor = await start();
  vendor.sandbox.failNext({ plays });
  expect(await failure(vendor.text.answer(words, signal))).toMatchObject({
    code: 'provider_rejected',
    message: expect.stringContaining(reason) as string,
  });
});

test('no error contains the key or the prompt', async () => {
  await using vendor = await start();
  const faults = [
    { plays: 'internal', times: 6 },
    { plays: 'rate_limited' },
    { cut: true },
    { status: 400, body: 'no' },
    { status: 418, body: 'no' },
  ] as const;
  for (const fault of faults) {
    vendor.sandbox.failNext(fault);
    const error: unknown = await failure(vendor.images.start(picture({ prompt: 'a secret wish' }), signal));
    const shown = error instanceof Error ? JSON.stringify([error, error.stack, String(error.cause)]) : '';
    expect(shown).not.toContain(KEY);
    expect(shown).not.toContain('secret wish');
    vendor.sandbox.clearFaults();
  }
});
