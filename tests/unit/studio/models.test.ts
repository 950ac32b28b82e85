import { arbitraryValues, FILE_ID, illegalValue, LORA_PATHS, minimalValues } from '#tests/support/studio/model-values.ts';
import { localArtInput } from '#shared/contracts/covers/local-art.ts';
import { ART_FAMILY_NAMES } from '#shared/domain/covers/art/family-names.ts';
import { ART_PALETTES } from '#shared/domain/covers/art/palettes.ts';
import { changeModel } from '#shared/domain/studio/change-model.ts';
import { costWithTokens, estimate } from '#shared/domain/studio/estimate.ts';
import { formFor } from '#shared/domain/studio/form-for.ts';
import { modelState } from '#shared/domain/studio/model-state.ts';
import { inputsFor, isRepeatSafe } from '#shared/domain/studio/model.ts';
import type { Model, ModelValues } from '#shared/domain/studio/model.ts';
import { MODELS, modelsFor, requireModel } from '#shared/domain/studio/models/index.ts';
import { readValues } from '#shared/domain/studio/read-values.ts';
import { wireFor } from '#shared/domain/studio/wire-for.ts';
import { zodFor } from '#shared/domain/studio/zod-for.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const ajv = new Ajv2020({ strict: false });

/** The vendor's recorded fields of a model; local pictures have a contract of ours. */
function recordedCheck(model: Model): (body: Record<string, unknown>) => unknown {
  if (model.vendor === 'local') return (body) => localArtInput.safeParse(body).error?.issues ?? null;
  const file = new URL(`../../fixtures/studio/${model.vendor}.json`, import.meta.url);
  const validate = ajv.compile((JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>)[model.endpoint]!);
  return (body) => (validate(body) ? null : validate.errors);
}

/** The whole request, with the stored files under their field. */
const sent = (model: Model, values: ModelValues, task: StudioTask) => {
  const { body, files } = wireFor(model, values, { task, loraPaths: LORA_PATHS });
  // Gemini gets the bytes among the parts of its message.
  return { ...body, ...Object.fromEntries(files.flatMap((file) => (file.send === 'inlineData' ? [] : [[file.field, file.assetId]]))) };
};

describe.each(MODELS.flatMap((model) => model.tasks.map((task) => ({ model, task, name: `${model.id}, ${task}` }))))('$name', ({ model, task }) => {
  const check = recordedCheck(model);

  test('takes the defaults', () => {
    expect(check(sent(model, readValues(model, minimalValues(model, task), { task }), task))).toBeNull();
  });

  test('maps legal values to the fields that the vendor recorded', () => {
    fc.assert(
      fc.property(arbitraryValues(model, task), (values) => {
        const read = readValues(model, values, { task });
        expect(check(sent(model, read, task))).toBeNull();
        expect(estimate(model, read)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });

  test.each(inputsFor(model, task))('refuses a wrong value of %s by its name', (id, input) => {
    const parsed = zodFor(model, task).safeParse({ ...minimalValues(model, task), [id]: illegalValue(input) });
    expect(parsed.error?.issues.map((issue) => issue.path[0])).toEqual([id]);
  });
});

test('local pictures list the families and palettes that exist', () => {
  const { family, palette } = requireModel('local-art').inputs;
  expect(family?.kind === 'enum' && family.options.map((option) => option.value)).toEqual(['auto', ...ART_FAMILY_NAMES]);
  expect(palette?.kind === 'enum' && palette.options.map((option) => option.value)).toEqual(['auto', ...ART_PALETTES.map(({ id }) => id)]);
});

test('a LoRA asked of Stability is refused with the models that take one', () => {
  for (const id of ['stability-core', 'stability-ultra', 'stability-sd3.5-large', 'stability-sd3.5-medium'])
    expect(() => readValues(requireModel(id), { prompt: 'a lake', loras: [{ loraId: FILE_ID }] }, { task: 'text_to_image' })).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        field: 'loras',
        remedy: expect.stringMatching(/Z-Image Turbo with LoRA, FLUX.1 dev with LoRA, FLUX.2/) as string,
      }),
    );
});

test('an unknown model is refused with the ids most like it', () => {
  expect(() => requireModel('fal-flux-lorra')).toThrow(
    expect.objectContaining({ code: 'invalid_input', field: 'model', remedy: expect.stringContaining('fal-flux-lora') as string }),
  );
});

test('a change of model keeps every value and lists what the new one cannot use', () => {
  const values = { prompt: 'a lake', negativePrompt: 'people', style: 'origami', size: '21:9', seed: 4_000_000_000 };
  const models = { from: requireModel('stability-core'), to: requireModel('fal-flux-dev') };
  const changed = changeModel(values, models, 'text_to_image');
  expect(changed.values).toEqual(values);
  expect(changed.usable).toEqual({ prompt: 'a lake' });
  expect(changed.unused.map((each) => each.input)).toEqual(['negativePrompt', 'size', 'style', 'seed']);
  expect(changeModel(changed.values, { from: models.to, to: models.from }, 'text_to_image').unused).toEqual([]);
});

test('an estimate follows the price list: resolution, megapixels, number of pictures, credits', () => {
  expect(estimate(requireModel('gemini-nano-banana-2.1'), {})).toBe(33_600);
  expect(estimate(requireModel('gemini-nano-banana-2.1'), { resolution: '4K' })).toBe(75_600);
  expect(estimate(requireModel('stability-sd3.5-medium'), {})).toBe(35_000);
  const gemini = requireModel('gemini-nano-banana-2.1');
  // 1,120 tokens for each picture that is sent, and a token for three bytes of the prompt, at $1.50 for a million.
  expect(estimate(gemini, { prompt: 'x'.repeat(300), image: ['a', 'b'] })).toBe(33_600 + 150 + 2 * 1_680);
  expect(estimate(gemini, { prompt: '湖畔', resolution: '2K' })).toBe(50_400 + 3);
  expect(costWithTokens(gemini, { prompt: 'x'.repeat(300) }, { estimateUsdMicros: 33_750, tokens: 75 })).toBe(33_713);
  expect(costWithTokens(requireModel('stability-core'), { prompt: 'x' }, { estimateUsdMicros: 30_000, tokens: 900 })).toBe(30_000);
  expect(estimate(requireModel('fal-flux-lora'), { count: 4 })).toBe(140_000);
  expect(MODELS.filter(isRepeatSafe).map((model) => model.id)).toEqual(['local-art']);
});

test('a picture that decides the size of the result decides the price, up to what is sent of it', () => {
  const fill = requireModel('fal-flux-fill');
  const priceOf = (width: number, height: number) => estimate(fill, {}, { width, height });
  expect([estimate(fill, {}), priceOf(640, 640), priceOf(1024, 1025), priceOf(9000, 9000)]).toEqual([50_000, 50_000, 100_000, 100_000]);
  expect(estimate(requireModel('fal-ltx-2.3-fast'), { seconds: 8, resolution: '1440p' })).toBe(640_000);
  expect(estimate(requireModel('fal-veo-3.1-lite'), {})).toBe(400_000);
});

test('a model that ends is announced 30 days before, and replaced by its successor afterwards', () => {
  const ending: Model = { ...requireModel('fal-flux-dev'), state: { since: '2026-01-01', until: '2026-12-31', successor: 'fal-flux-2-lora' } };
  const kinds = ['2025-12-31', '2026-11-30', '2026-12-01', '2026-12-31'].map((day) => modelState(ending, day).kind);
  expect(kinds).toEqual(['not_yet', 'offered', 'ending', 'ended']);
  expect(modelState(ending, '2027-01-01')).toEqual({ kind: 'ended', successor: 'fal-flux-2-lora' });
});

test('a model added as one entry validates, has a form, a request and a place in the picker', () => {
  const added: Model = {
    ...requireModel('fal-flux-dev'),
    id: 'added',
    endpoint: 'someone/inpaint',
    tasks: ['inpaint'],
    inputs: {
      prompt: { kind: 'text', label: 'Prompt', group: 'main', wire: 'input.text', min: 1, max: 50 },
      image: { kind: 'image', label: 'Picture', group: 'main', wire: 'image_url', max: 1, maxBytes: 1e6, maxPixels: 1e6, send: 'url' },
      mask: { kind: 'mask', label: 'Mask', group: 'main', wire: 'mask_image_url', of: 'image', repaint: 'white', sameSize: true },
      steps: { kind: 'int', label: 'Steps', group: 'more', wire: 'input.steps', min: 1, max: 9, step: 1, default: 4 },
      guidance: { kind: 'float', label: 'Guidance', group: 'more', wire: 'guidance', min: 0, max: 9, step: 1, default: 3, needs: ['seed'] },
      seed: { kind: 'seed', label: 'Seed', group: 'more', wire: 'seed', max: 9, random: 'omit' },
    },
    fixed: { 'parts.0.kind': 'picture' },
  };
  const values = readValues(added, { prompt: 'a lake', image: [FILE_ID], mask: FILE_ID }, { task: 'inpaint' });
  expect(wireFor(added, values, { task: 'inpaint' })).toEqual({
    endpoint: 'someone/inpaint',
    body: { parts: [{ kind: 'picture' }], input: { text: 'a lake', steps: 4 } },
    files: [
      { field: 'image_url', assetId: FILE_ID, send: 'url' },
      { field: 'mask_image_url', assetId: FILE_ID, send: 'url' },
    ],
  });
  const more = (filled: ModelValues) => formFor(added, 'inpaint', filled).more.map((field) => [field.id, field.isEnabled]);
  expect(more({})).toEqual([
    ['seed', true],
    ['steps', true],
    ['guidance', false],
  ]);
  expect(more({ seed: 0 })).toEqual([
    ['seed', true],
    ['steps', true],
    ['guidance', true],
  ]);
  expect(() => readValues(added, { ...values, guidance: 5 }, { task: 'inpaint' })).toThrow(expect.objectContaining({ field: 'guidance' }));
  expect(modelsFor('inpaint', [...MODELS, added]).at(-1)?.id).toBe('added');
});
