import { expect, test } from 'vitest';
import { z } from 'zod';
import type { FalEndpoint } from '#server/sandbox/fal/requests.ts';
import { refreshModelPrices } from '#server/use-cases/studio/models/refresh-model-prices.ts';
import { formFor } from '#shared/domain/studio/form-for.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import { MODELS } from '#shared/domain/studio/models/index.ts';
import { expectMoneyRight, startStudioApp } from '#tests/support/studio/studio-app.ts';

/** One entry of the registry, and nothing else. */
const RISO: Model = {
  id: 'fal-riso-print',
  vendor: 'fal',
  endpoint: 'fal-ai/riso-print',
  label: 'Riso print',
  goodFor: 'Two inks on paper',
  tasks: ['text_to_image'],
  inputs: {
    prompt: { kind: 'text', label: 'Prompt', group: 'main', wire: 'prompt', min: 1, max: 300 },
    steps: { kind: 'int', label: 'Passes', group: 'more', wire: 'passes', min: 1, max: 6, step: 1, default: 2 },
  },
  outputs: { kind: 'image', perRun: [1, 1], extensions: ['png'] },
  price: { unit: 'image', usdMicros: 12_000, chargedWhen: { refused: 'no', invalid: 'no' }, checked: '2026-11-30' },
  cancel: 'queued',
  progress: 'queue',
  resultKeptSeconds: 360,
  refusal: 'flag',
  license: 'CC0',
  state: { since: '2026-01-01' },
};

/** And one entry of the vendor's sandbox. */
const RISO_AT_FAL: FalEndpoint = {
  input: z.strictObject({ prompt: z.string().min(1), passes: z.int().min(1).max(6).optional() }),
  makes: 'pictures',
  unit: 'images',
  usdMicros: 13_000,
};

test('a new model is one entry of the registry and one of the sandbox: picker, form, validation, price, render and the operator’s row follow', async () => {
  await using app = await startStudioApp({
    isSandboxed: true,
    deps: { models: [...MODELS, RISO] },
    sandbox: { falEndpoints: { [RISO.endpoint]: RISO_AT_FAL } },
  });
  const ada = await app.person('Ada');
  const offered = await ada.generation.models.list({ task: 'text_to_image' });
  const view = offered.find(({ model }) => model.id === RISO.id);
  expect(view).toMatchObject({
    state: { kind: 'offered' },
    unavailableBecause: null,
    fromUsdMicros: 12_000,
    priceDay: '2026-11-30',
    recentSeconds: null,
  });
  const form = formFor(view!.model, 'text_to_image', {});
  expect([...form.main, ...form.more].map(({ id, isRequired, default: normal }) => [id, isRequired, normal])).toEqual([
    ['prompt', true, undefined],
    ['steps', false, 2],
  ]);
  const request = { model: RISO.id, values: { prompt: 'two boats', steps: 3 } };
  for (const [values, field] of [
    [{ prompt: 'x', steps: 7 }, 'steps'],
    [{ prompt: 'x', guidance: 1 }, 'guidance'],
    [{ steps: 1 }, 'prompt'],
  ] as const)
    await expect(ada.generation.studio.request({ ...request, values })).rejects.toMatchObject({ cause: { code: 'invalid_input', field } });
  expect(await ada.generation.studio.estimate(request)).toMatchObject({ usdMicros: 12_000, fits: true });
  await refreshModelPrices(app.deps, new AbortController().signal);
  expect(await ada.generation.studio.estimate(request)).toMatchObject({ usdMicros: 13_000, fits: true });
  const [render] = await ada.generation.studio.request(request);
  await app.runJobs();
  expect(app.sandbox.fal.requests()).toContain('/fal-ai/riso-print');
  expect(await ada.generation.studio.view({ renderId: render!.id })).toMatchObject({
    modelLabel: 'Riso print',
    state: 'done',
    chargeUsdMicros: 13_000,
    assets: [{ mediaType: 'image/jpeg' }],
  });
  expect((await app.admin.generation.models.settings()).at(-1)).toMatchObject({
    label: 'Riso print',
    vendorName: 'fal',
    isOn: true,
    price: { usdMicros: 13_000, source: 'vendor' },
    runs: [expect.any(Number)],
  });
  expect(app.sandbox.fal.paid()).toMatchObject([{ usdMicros: 13_000, prompt: 'two boats' }]);
  await expectMoneyRight(app.deps);
});

test('a model whose time is over is not drawn, and names its successor', async () => {
  const ended: Model = { ...RISO, id: 'fal-riso-old', state: { since: '2026-01-01', until: '2026-11-01', successor: RISO.id } };
  await using app = await startStudioApp({ at: '2026-11-30T10:00:00Z', deps: { models: [RISO, ended] } });
  const failure = app.admin.generation.studio.request({ model: ended.id, values: { prompt: 'two boats' } });
  await expect(failure).rejects.toMatchObject({
    cause: {
      code: 'invalid_input',
      field: 'model',
      message: 'Riso print is not offered any more; use fal-riso-print.',
      remedy: 'Choose one of: Riso print.',
    },
  });
  expect(await app.admin.generation.models.list({})).toMatchObject([{ unavailableBecause: null }, { unavailableBecause: expect.any(String) }]);
});
