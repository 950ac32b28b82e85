import { createFal } from '#server/providers/fal/create-fal.ts';
import { createGeminiImages } from '#server/providers/gemini/gemini-images.ts';
import { createGeminiText } from '#server/providers/gemini/gemini-text.ts';
import { createLocalArt } from '#server/providers/local-art/local-art.ts';
import type { RenderRequest, RenderVendor } from '#server/providers/render-ports.ts';
import { createStability } from '#server/providers/stability/create-stability.ts';
import { startFalSandbox } from '#server/sandbox/fal/server.ts';
import { startGeminiSandbox } from '#server/sandbox/gemini/server.ts';
import type { PaidCall } from '#server/sandbox/paid-calls.ts';
import type { SandboxVendor, VendorFault } from '#server/sandbox/sandbox-vendor.ts';
import { startStabilitySandbox } from '#server/sandbox/stability/server.ts';
import { WORDS_SCHEMA } from '#shared/domain/covers/words/words-request.ts';
import { requireModel } from '#shared/domain/studio/models/index.ts';
import { wireFor } from '#shared/domain/studio/wire-for.ts';
import { AppError } from '#shared/errors.ts';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';
import { minimalValues } from '#tests/support/studio/model-values.ts';
import { describe, expect, test } from 'vitest';

const signal = new AbortController().signal;
const KEY = 'a-key-that-nobody-may-see';
const PROMPT = 'a wish that nobody may read';

type PaidSandbox = SandboxVendor & { readonly paid: () => readonly PaidCall[] };

/** A request to a model with the least that it needs. */
function requestTo(modelId: string): RenderRequest {
  const model = requireModel(modelId);
  const values = { ...minimalValues(model, 'text_to_image'), ...(model.inputs.prompt ? { prompt: PROMPT } : {}) };
  const { endpoint, body } = wireFor(model, values, { task: 'text_to_image' });
  return { renderId: 'render-1', endpoint, body, files: [] };
}

function configOf(sandbox: SandboxVendor, timeoutMs?: number) {
  const resilience = { firstDelayMs: 1, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  return { url: sandbox.url, apiKey: KEY, budget: createUnlimitedBudget(), now: () => new Date(), resilience };
}
type Config = ReturnType<typeof configOf>;

interface Adapter {
  readonly start: () => Promise<PaidSandbox>;
  /** Prepares one request that has all its effect at the vendor, and sends it. */
  readonly call: (config: Config) => Promise<() => Promise<unknown>>;
  /** It may be sent again when its fate is not known. */
  readonly isRepeatable: boolean;
}

const sending = (vendor: RenderVendor, modelId: string) => Promise.resolve(() => vendor.start(requestTo(modelId), signal));
const ADAPTERS: Readonly<Record<string, Adapter>> = {
  'a picture of Gemini': {
    start: startGeminiSandbox,
    isRepeatable: false,
    call: (config) => sending(createGeminiImages(config), 'gemini-nano-banana-2.1'),
  },
  'words of Gemini': {
    start: startGeminiSandbox,
    isRepeatable: false,
    call: async (config) => {
      const text = createGeminiText({ ...config, model: 'gemini-3.8-flash' });
      return () => text.answer({ system: 'Name it.', prompt: PROMPT, schema: WORDS_SCHEMA, outputTokensMax: 64 }, signal);
    },
  },
  'a picture of Stability': {
    start: startStabilitySandbox,
    isRepeatable: false,
    call: (config) => sending(createStability(config), 'stability-core'),
  },
  'a submit to fal': { start: startFalSandbox, isRepeatable: false, call: (config) => sending(createFal(config), 'fal-z-image-turbo') },
  'a poll of fal': {
    start: startFalSandbox,
    isRepeatable: true,
    call: async (config) => {
      const vendor = createFal(config);
      const ticket = await vendor.start(requestTo('fal-z-image-turbo'), signal);
      if (!('requestId' in ticket)) throw new Error('No ticket.');
      return () => vendor.poll(ticket, signal);
    },
  },
};

const AWAY = { code: 'provider_unavailable', isUnknown: true } as const;
const UNREADABLE = { code: 'provider_rejected', isUnknown: true } as const;
const LIMITED = { code: 'rate_limited', isUnknown: false } as const;
const PAGE = { body: '<html><h1>Bad gateway</h1></html>', headers: { 'content-type': 'text/html' } } as const;

/** What vendors and the proxies before them are seen to do, and what it means for a request that costs money. */
const FAULTS: readonly (readonly [name: string, fault: VendorFault, expected: { readonly code: string; readonly isUnknown: boolean }])[] = [
  ['429 with Retry-After', { status: 429, headers: { 'retry-after': '17' }, body: {} }, LIMITED],
  ['429 without a time', { status: 429, body: '' }, LIMITED],
  ['429 with a page', { status: 429, ...PAGE }, LIMITED],
  ['500 with a page', { status: 500, ...PAGE, actFirst: true }, AWAY],
  ['502 with a page', { status: 502, ...PAGE, actFirst: true }, AWAY],
  ['503 without a body', { status: 503, body: '', actFirst: true }, AWAY],
  ['504 without a body', { status: 504, body: '', actFirst: true }, AWAY],
  ['a connection cut before the answer', { cut: true, actFirst: true }, AWAY],
  ['half an answer', { cut: 'body' }, AWAY],
  ['a page with status 200', { status: 200, ...PAGE, actFirst: true }, UNREADABLE],
  ['nothing with status 200', { status: 200, body: '', actFirst: true }, UNREADABLE],
  ['JSON in another form', { status: 200, body: { ok: 'yes' }, actFirst: true }, UNREADABLE],
];

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`No AppError: ${String(error)}`);
  return error;
}

describe.each(Object.entries(ADAPTERS))('%s', (_name, { start, call, isRepeatable }) => {
  test.each(FAULTS)('meets %s: a typed error, paid at most once, and the next request works', async (_fault, fault, { code, isUnknown }) => {
    await using sandbox = await start();
    const send = await call(configOf(sandbox));
    const before = sandbox.requests().length;
    sandbox.failNext({ ...fault, times: 20 });
    const error = await failureOf(send());
    expect(error.code).toBe(code);
    const sent = sandbox.requests().length - before;
    if (!isRepeatable) {
      expect(error.context?.['ambiguous'] ?? false).toBe(isUnknown);
      expect(sent).toBe(1);
    }
    expect(sent).toBeLessThanOrEqual(6);
    expect(sandbox.paid().length).toBeLessThanOrEqual(1);
    expect(JSON.stringify([error, error.stack, String(error.cause), error.context])).not.toMatch(new RegExp(`${KEY}|${PROMPT}`));
    sandbox.clearFaults();
    await send();
  });

  test('meets silence: it ends at the time limit', async () => {
    await using sandbox = await start();
    const send = await call(configOf(sandbox, 300));
    sandbox.failNext({ delayMs: 60_000, times: 20 });
    const error = await failureOf(send());
    expect(error.code).toBe('provider_unavailable');
    if (!isRepeatable) expect(error.context?.['ambiguous']).toBe(true);
  });
});

/** Every vendor of pictures, and a failure that its adapter repeats because nothing was made. */
const ANNOUNCING: Readonly<
  Record<string, { start?: () => Promise<PaidSandbox>; create: (config: Config) => RenderVendor; modelId: string; failed?: VendorFault }>
> = {
  Gemini: { start: startGeminiSandbox, create: createGeminiImages, modelId: 'gemini-nano-banana-2.1', failed: { plays: 'overloaded' } },
  Stability: { start: startStabilitySandbox, create: createStability, modelId: 'stability-core', failed: { plays: 'internal' } },
  fal: { start: startFalSandbox, create: createFal, modelId: 'fal-z-image-turbo' },
  'local art': { create: createLocalArt, modelId: 'local-art' },
};

describe.each(Object.entries(ANNOUNCING))('before a request to %s leaves', (_name, { start = startFalSandbox, create, modelId, failed }) => {
  test('it is announced, with its place in the budget, and nothing has arrived', async () => {
    await using sandbox = await start();
    const config = configOf(sandbox);
    const seen: { taken: number; arrived: number }[] = [];
    const beforeSend = async () => void seen.push({ taken: config.budget.taken, arrived: sandbox.requests().length });
    if (failed) sandbox.failNext(failed);
    await create(config).start({ ...requestTo(modelId), beforeSend }, signal);
    const isLocal = modelId === 'local-art';
    // A request that failed for certain is announced again before it is repeated.
    expect(seen).toEqual(Array.from({ length: failed ? 2 : 1 }, (_, at) => ({ taken: isLocal ? 0 : at + 1, arrived: at })));
  });

  test('an announcement that fails keeps it from being sent, once and for all', async () => {
    await using sandbox = await start();
    let announced = 0;
    const beforeSend = () => {
      announced += 1;
      return Promise.reject(new Error('It was canceled.'));
    };
    await expect(create(configOf(sandbox)).start({ ...requestTo(modelId), beforeSend }, signal)).rejects.toThrow('It was canceled.');
    expect([announced, sandbox.requests().length]).toEqual([1, 0]);
  });
});
