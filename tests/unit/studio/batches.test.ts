import { describe, expect, test } from 'vitest';
import { axisProblem, gridOf, gridParts, readAxis } from '#shared/domain/studio/batches/parameter-grid.ts';
import { promptChange, promptVersions } from '#shared/domain/studio/batches/prompt-change.ts';
import { formForSeveral, hasForm, partsForSeveral } from '#shared/domain/studio/batches/several-models.ts';
import { MODELS, requireModel } from '#shared/domain/studio/models/index.ts';
import { readValues } from '#shared/domain/studio/read-values.ts';

const [draft, fine, core] = ['fal-z-image-turbo', 'fal-flux-dev', 'stability-core'].map((id) => requireModel(id));

describe('one prompt for several models', () => {
  test('has one form with every input of theirs, and gives each model what it takes', () => {
    const models = [draft!, fine!, core!];
    const values = { prompt: 'a bus', steps: 6, guidance: 4, negativePrompt: 'cars', seed: 7 };
    const { main, more } = formForSeveral(models, 'text_to_image', values);
    const ids = [...main, ...more].map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['prompt', 'negativePrompt', 'steps', 'guidance', 'seed']));
    expect(new Set(ids).size).toBe(ids.length);
    const { parts, leftOut } = partsForSeveral(models, 'text_to_image', { values, copies: 2 });
    expect(parts.map(({ without }) => without)).toEqual([['negativePrompt', 'guidance'], ['negativePrompt'], ['steps', 'guidance']]);
    expect(leftOut.map(({ model, label }) => `${model}: ${label}`)).toContain(`${core!.label}: Steps`);
    for (const { model, without } of parts) {
      const own = Object.fromEntries(Object.entries(values).filter(([id]) => !(without as readonly string[]).includes(id)));
      expect(() => readValues(requireModel(model), own, { task: 'text_to_image' })).not.toThrow();
    }
  });

  test('takes every model but the one that needs music', () => {
    const drawing = MODELS.filter(({ tasks }) => tasks.includes('text_to_image'));
    expect(drawing.filter((model) => !hasForm(model, 'text_to_image')).map(({ id }) => id)).toEqual(['local-art']);
  });
});

describe('a grid', () => {
  const base = { model: fine!.id, values: {}, without: [], copies: 4 };

  test('renders every pair of two inputs once, and is read back from its renders', () => {
    const across = { input: 'guidance', values: [2.5, 4, 6] } as const;
    const down = { input: 'steps', values: [10, 20] } as const;
    const parts = gridParts(base, { across, down, values: { prompt: 'x' } });
    expect(parts.map(({ values }) => [values.guidance, values.steps])).toEqual([
      [2.5, 10],
      [4, 10],
      [6, 10],
      [2.5, 20],
      [4, 20],
      [6, 20],
    ]);
    expect(parts.every(({ copies }) => copies === 1)).toBe(true);
    const renders = parts
      .toReversed()
      .map(({ model, values }) => ({ model, values: { prompt: 'x', seed: 5, ...(values as Record<string, number>) } }));
    const read = gridOf(renders);
    expect([read?.across, read?.down].toSorted((a, b) => (a!.input < b!.input ? -1 : 1))).toEqual([across, down]);
    expect(gridOf(renders.slice(0, 3))).toMatchObject({ across: { input: 'guidance' }, down: undefined });
  });

  test('varies the weight of a LoRA and keeps the others', () => {
    const loras = [
      { loraId: 'a', scale: 1 },
      { loraId: 'b', scale: 0.5 },
    ];
    const parts = gridParts(base, { across: { input: 'loras', values: [0.2, 0.8] }, down: undefined, values: { loras } });
    expect(parts.map(({ values }) => values.loras)).toEqual([
      [
        { loraId: 'a', scale: 0.2 },
        { loraId: 'b', scale: 0.5 },
      ],
      [
        { loraId: 'a', scale: 0.8 },
        { loraId: 'b', scale: 0.5 },
      ],
    ]);
  });

  test('is not read from different models, from one render, or from renders that differ in three inputs', () => {
    expect(gridOf([])).toBeUndefined();
    expect(
      gridOf([
        { model: 'a', values: { steps: 1 } },
        { model: 'b', values: { steps: 2 } },
      ]),
    ).toBeUndefined();
    expect(
      gridOf([
        { model: 'a', values: { seed: 1 } },
        { model: 'a', values: { seed: 2 } },
      ]),
    ).toBeUndefined();
    expect(
      gridOf([
        { model: 'a', values: { x: 1, y: 1, z: 1 } },
        { model: 'a', values: { x: 2, y: 2, z: 2 } },
      ]),
    ).toBeUndefined();
  });

  test.each([
    ['10, 20', [10, 20], undefined],
    ['', [], 'needs at least one value'],
    ['10, 10', [10, 10], 'has a value twice'],
    ['10, 900', [10, 900], 'must be at most 50'],
    ['1 2 3 4 5 6 7 8 9', [1, 2, 3, 4, 5, 6, 7, 8, 9], 'takes at most 8 values'],
  ])('reads “%s” as values of an axis', (typed, values, problem) => {
    expect(readAxis(fine!.inputs.steps!, typed)).toEqual({ values, problem });
  });

  test('refuses words and weights outside of the bounds as values', () => {
    expect(readAxis(fine!.inputs.steps!, 'many').problem).toBeDefined();
    const { loras } = requireModel('fal-flux-lora').inputs;
    expect([axisProblem(loras!, [0.5, 1]), axisProblem(loras!, [5])]).toEqual([undefined, 'must be from 0 to 4']);
  });
});

describe('versions of a prompt', () => {
  test.each([
    ['A night bus, neon', 'A night bus, sodium light', ['sodium light'], ['neon']],
    ['a bus', 'a red bus at night', ['red', 'at night'], []],
    ['A bus.', 'a bus', [], []],
    ['', 'a bus', ['a bus'], []],
  ])('from “%s” to “%s” show what was added and removed', (before, after, added, removed) => {
    expect(promptChange(before, after)).toEqual({ added, removed });
  });

  test('go back to where another prompt begins, each text once', () => {
    const entries = ['a night bus, light rain', 'a night bus, light rain', 'a night bus', 'lemons by the window', 'a night bus'].map((prompt) => ({
      prompt,
    }));
    expect(promptVersions(entries).map(({ prompt }) => prompt)).toEqual(['a night bus, light rain', 'a night bus']);
    expect(promptVersions([])).toEqual([]);
  });
});
