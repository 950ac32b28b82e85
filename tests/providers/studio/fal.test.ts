import { createFal } from '#server/providers/fal/create-fal.ts';
import type { RenderProgress, RenderRequest, RenderTicket } from '#server/providers/render-ports.ts';
import { startFalSandbox } from '#server/sandbox/fal/server.ts';
import { requireModel } from '#shared/domain/studio/models/index.ts';
import { readValues } from '#shared/domain/studio/read-values.ts';
import { wireFor } from '#shared/domain/studio/wire-for.ts';
import { LORA_PATHS } from '#tests/support/studio/model-values.ts';
import { flatPicture } from '#tests/support/studio/pictures.ts';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';
import sharp from 'sharp';
import { expect, test } from 'vitest';

const signal = new AbortController().signal;
const KEY = 'a-key-that-nobody-may-see';

async function start(options: { url?: string; apiKey?: string; timeoutMs?: number } = {}) {
  let nowMs = Date.parse('2026-11-30T12:00:00Z');
  const sandbox = await startFalSandbox({ now: () => nowMs });
  const budget = createUnlimitedBudget();
  const resilience = { firstDelayMs: 1, ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }) };
  const vendor = createFal({ url: options.url ?? sandbox.url, apiKey: options.apiKey ?? KEY, budget, now: () => new Date(nowMs), resilience });
  const pass = (ms: number) => void (nowMs += ms);
  return { sandbox, budget, vendor, pass, [Symbol.asyncDispose]: () => sandbox.close() };
}
type App = Awaited<ReturnType<typeof start>>;

function picture(values: object = {}, id = 'fal-z-image-turbo'): RenderRequest {
  const model = requireModel(id);
  const wire = wireFor(model, readValues(model, { prompt: 'a lake at dusk', ...values }, { task: 'text_to_image' }), {
    task: 'text_to_image',
    loraPaths: LORA_PATHS,
  });
  return { renderId: 'render-1', endpoint: wire.endpoint, body: wire.body, files: [] };
}

async function submit({ vendor }: App, request = picture()): Promise<RenderTicket> {
  const ticket = await vendor.start(request, signal);
  if (!('requestId' in ticket)) throw new Error('No ticket.');
  return ticket;
}

/** Polls until the last state; the sandbox moves on with each look. */
async function finish({ vendor }: App, ticket: RenderTicket): Promise<readonly RenderProgress[]> {
  const seen: RenderProgress[] = [];
  for (let polls = 0; polls < 5; polls += 1) {
    const progress = await vendor.poll(ticket, signal);
    seen.push(progress);
    if (progress.kind === 'done' || progress.kind === 'refused') break;
  }
  return seen;
}

/** What the adapter throws. */
const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as Error & { code: string; context: Record<string, unknown> },
  );

test('a request gets a ticket of fal’s own addresses, waits, runs, and ends with its pictures', async () => {
  await using app = await start();
  const ticket = await submit(app, picture({ count: 2, size: 'landscape_16_9', format: 'jpeg', seed: 42 }));
  expect(ticket.statusUrl).toBe(`${app.sandbox.url}/fal-ai/z-image/requests/${ticket.requestId}/status`);
  const seen = await finish(app, ticket);
  expect(seen.map(({ kind }) => kind)).toEqual(['queued', 'running', 'done']);
  const last = seen.at(-1);
  const files = last?.kind === 'done' ? last.files : [];
  expect(files.map(({ mediaType, seed }) => ({ mediaType, seed }))).toEqual([1, 2].map(() => ({ mediaType: 'image/jpeg', seed: '42' })));
  expect(await sharp(files[0]!.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1024, height: 576 });
  expect(Buffer.from(files[0]!.bytes).equals(Buffer.from(files[1]!.bytes))).toBe(false);
  expect(app.sandbox.paid()).toMatchObject([{ requestId: ticket.requestId, usdMicros: 10_000, prompt: 'a lake at dusk' }]);
});

test('a LoRA is sent with its link and weight', async () => {
  await using app = await start();
  const [loraId = ''] = [...LORA_PATHS.keys()];
  const ticket = await submit(app, picture({ loras: [{ loraId, scale: 0.7 }] }, 'fal-flux-lora'));
  expect((await finish(app, ticket)).at(-1)).toMatchObject({ kind: 'done' });
});

test.each([
  ['content_policy', { reason: 'content', field: 'prompt', charged: 'maybe' }],
  ['nothing_made', { reason: 'nothing_made', charged: 'maybe' }],
  ['input_unavailable', { reason: 'input_unavailable', charged: 'maybe' }],
  ['invalid', { reason: 'invalid', field: 'steps', charged: 'maybe' }],
  ['model_error', { reason: 'failed', charged: 'no' }],
  ['runner_lost', { reason: 'failed', charged: 'no' }],
  ['flagged', { reason: 'content', charged: 'yes' }],
  ['expired', { reason: 'expired', charged: 'maybe' }],
  ['file_gone', { reason: 'expired', charged: 'yes' }],
])('a failed result is final and says whether it may cost: %s', async (plays, refused) => {
  await using app = await start();
  app.sandbox.failNext({ plays });
  const ticket = await submit(app);
  expect((await finish(app, ticket)).at(-1)).toMatchObject({ kind: 'refused', ...refused });
});

test('pictures that fal cannot read fail the result, not the submit, and name the input', async () => {
  await using app = await start();
  const [model, file] = [requireModel('fal-flux-fill'), (bytes: Buffer, field: string) => ({ field, bytes, mediaType: 'image/png' })];
  const fill = (files: RenderRequest['files']): RenderRequest => ({
    renderId: 'render-1',
    endpoint: model.endpoint,
    body: { prompt: 'a barn' },
    files,
  });
  const [large, small, odd] = [await flatPicture(96, 64, '#336699'), await flatPicture(32, 32, '#ffffff'), Buffer.from('no picture')];
  for (const [files, refused] of [
    [[file(odd, 'image_url'), file(small, 'mask_url')], { reason: 'input_unavailable', field: 'image', charged: 'maybe' }],
    [[file(large, 'image_url'), file(odd, 'mask_url')], { reason: 'input_unavailable', charged: 'maybe' }],
    [[file(large, 'image_url'), file(small, 'mask_url')], { reason: 'invalid', field: 'mask', charged: 'maybe' }],
  ] as const)
    expect((await finish(app, await submit(app, fill(files)))).at(-1)).toMatchObject({ kind: 'refused', ...refused });
  expect(await app.vendor.start(fill([file(large, 'image_url')]), signal)).toMatchObject({ kind: 'refused', field: 'mask', charged: 'no' });
  expect(app.sandbox.paid()).toEqual([]);
});

test('of four pictures a flagged black one is left out', async () => {
  await using app = await start();
  app.sandbox.failNext({ plays: 'one_flagged' });
  const last = (await finish(app, await submit(app, picture({ count: 4 })))).at(-1);
  expect(last?.kind === 'done' && last.files.length).toBe(3);
});

test('a result that nobody came for is gone after minutes, and says so', async () => {
  await using app = await start();
  const ticket = await submit(app);
  await app.vendor.poll(ticket, signal);
  await app.vendor.poll(ticket, signal);
  app.sandbox.failNext({ path: ticket.requestId, skip: 1, status: 503, times: 6, body: 'bad gateway' });
  expect(await failure(app.vendor.poll(ticket, signal))).toMatchObject({ code: 'provider_unavailable' });
  app.pass(7 * 60_000);
  expect(await app.vendor.poll(ticket, signal)).toMatchObject({ kind: 'refused', reason: 'expired', charged: 'maybe' });
});

test.each([
  ['429', { status: 429, body: { detail: 'slow down' } }, 'rate_limited', false],
  ['500', { status: 500, body: { detail: 'broken' }, actFirst: true }, 'provider_unavailable', true],
  ['502', { status: 502, body: 'bad gateway', actFirst: true }, 'provider_unavailable', true],
  ['503', { status: 503, body: { detail: 'busy' }, actFirst: true }, 'provider_unavailable', true],
  ['504', { status: 504, body: '', actFirst: true }, 'provider_unavailable', true],
  ['a cut connection', { cut: true, actFirst: true }, 'provider_unavailable', true],
  ['half an answer', { cut: 'body' }, 'provider_unavailable', true],
  ['an answer without a ticket', { status: 200, body: { status: 'IN_QUEUE' }, actFirst: true }, 'provider_rejected', true],
  ['a page', { status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' }, actFirst: true }, 'provider_rejected', true],
] as const)('a submit is sent once, although fal’s client would repeat it: %s', async (_name, fault, code, isAmbiguous) => {
  await using app = await start();
  app.sandbox.failNext(fault);
  const error = await failure(app.vendor.start(picture(), signal));
  expect(error).toMatchObject({ code });
  expect(error?.context['ambiguous'] ?? false).toBe(isAmbiguous);
  expect(app.sandbox.requests()).toHaveLength(1);
});

test('a submit to nobody is repeated six times and known not to be sent', async () => {
  const gone = await startFalSandbox();
  await gone.close();
  await using app = await start({ url: gone.url });
  expect(await failure(app.vendor.start(picture(), signal))).toMatchObject({ code: 'provider_unavailable', context: { ambiguous: false } });
  expect(app.budget.taken).toBe(6);
});

const ticketAt = (origin: string) => ({
  request_id: 'r',
  status_url: `${origin}/a/b/requests/1/status`,
  response_url: `${origin}/a/b/requests/1`,
  cancel_url: `${origin}/a/b/requests/1/cancel`,
});

test('a ticket with an address outside of fal never gets the key', async () => {
  await using app = await start();
  await using thief = await startFalSandbox();
  app.sandbox.failNext({ status: 200, body: ticketAt(thief.url) });
  expect(await failure(app.vendor.start(picture(), signal))).toMatchObject({ code: 'provider_rejected', context: { ambiguous: true } });
  const { request_id: requestId, status_url: statusUrl, response_url: responseUrl, cancel_url: cancelUrl } = ticketAt(thief.url);
  expect(await app.vendor.poll({ requestId, statusUrl, responseUrl, cancelUrl }, signal)).toMatchObject({ kind: 'refused', reason: 'expired' });
  expect(await app.vendor.cancel({ requestId, statusUrl, responseUrl, cancelUrl }, signal)).toBe('too_late');
  expect(thief.requests()).toEqual([]);
});

test('files are downloaded from fal’s own hosts only', async () => {
  await using app = await start();
  const ticket = await submit(app);
  await app.vendor.poll(ticket, signal);
  await app.vendor.poll(ticket, signal);
  for (const url of ['http://169.254.169.254/latest', 'file:///etc/passwd', 'https://fal.media.evil.example/a.png', 'https://user@fal.media/a.png']) {
    app.sandbox.failNext({ path: ticket.requestId, skip: 1, status: 200, body: { images: [{ url }] } });
    expect(await failure(app.vendor.poll(ticket, signal)), url).toMatchObject({ code: 'provider_rejected', context: { ambiguous: true } });
  }
  app.sandbox.failNext({ path: ticket.requestId, skip: 1, status: 200, body: { images: [{ url: 'data:image/png;base64,AAAA' }] } });
  expect(await app.vendor.poll(ticket, signal)).toMatchObject({ kind: 'done', files: [{ mediaType: 'image/png', seed: null }] });
});

test('canceling drops a waiting request without a charge, and comes too late for one that runs', async () => {
  await using app = await start();
  const waiting = await submit(app);
  expect(await app.vendor.cancel(waiting, signal)).toBe('canceled');
  expect(app.sandbox.paid()).toEqual([]);
  const running = await submit(app);
  await app.vendor.poll(running, signal);
  expect(await app.vendor.cancel(running, signal)).toBe('too_late');
  await finish(app, running);
  expect(await app.vendor.cancel(running, signal)).toBe('too_late');
  expect(app.sandbox.paid()).toHaveLength(1);
});

test('an input that fal refuses at once is named in our words; without balance nothing is charged; a wrong key names the setting', async () => {
  await using app = await start();
  const request = picture();
  for (const [fields, field] of [
    [{ num_inference_steps: 99 }, 'steps'],
    [{ image_size: 'huge' }, 'size'],
    [{ num_images: 0 }, 'count'],
  ] as const)
    expect(await app.vendor.start({ ...request, body: { ...request.body, ...fields } }, signal)).toMatchObject({
      kind: 'refused',
      reason: 'invalid',
      charged: 'no',
      field,
    });
  app.sandbox.failNext({ plays: 'credits' });
  expect(await app.vendor.start(request, signal)).toMatchObject({ kind: 'refused', reason: 'credits', charged: 'no' });
  await using wrong = await start({ apiKey: 'wrong-key' });
  const error = await failure(wrong.vendor.start(request, signal));
  expect(error).toMatchObject({ code: 'provider_rejected', remedy: expect.stringContaining('FAL_KEY') as string });
  expect(JSON.stringify([error, error?.stack])).not.toContain('wrong-key');
});

test('with fixed times a request ends when they have passed, however often somebody looks', async () => {
  await using app = await start();
  app.sandbox.setTiming({ queueMs: 1_000, runMs: 2_000 });
  const ticket = await submit(app);
  const kinds: string[] = [];
  for (const ms of [0, 500, 600, 1_000, 1_000]) {
    app.pass(ms);
    kinds.push((await app.vendor.poll(ticket, signal)).kind);
  }
  expect(kinds).toEqual(['queued', 'queued', 'running', 'running', 'done']);
});
