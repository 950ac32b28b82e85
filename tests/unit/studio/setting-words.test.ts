import { expect, test } from 'vitest';
import { MODELS, requireModel } from '#shared/domain/studio/models/index.ts';
import { describeSettings, describeValue } from '#shared/domain/studio/setting-words.ts';

test.each([
  ['fal-z-image-turbo', 'size', 'landscape_4_3', 'Landscape 4:3'],
  ['fal-z-image-turbo', 'steps', 4, '4'],
  ['fal-ltx-2.3-fast', 'seconds', 6, '6 seconds'],
  ['fal-ltx-2.3-fast', 'sound', true, 'Yes'],
  ['fal-z-image-turbo', 'size', 'a size of before', 'a size of before'],
] as const)('%s: the %s %s is called “%s”', (model, input, value, words) => {
  expect(describeValue(requireModel(model).inputs[input], value)).toBe(words);
});

test('every option of every model is called by its name, and no name is what goes on the wire', () => {
  const choices = MODELS.flatMap(({ inputs }) => Object.values(inputs)).filter((input) => input.kind === 'enum' || input.kind === 'size');
  const named = choices.flatMap((input) => input.options.map(({ value, label }) => ({ shown: describeValue(input, value), label })));
  expect(named.filter(({ shown, label }) => shown !== label || shown.includes('_'))).toEqual([]);
  expect(named.length).toBeGreaterThan(50);
});

test('the settings of a render are named and ordered as its form is, also those of a model that is gone', () => {
  const values = { steps: 4, size: 'portrait_4_3', prompt: 'a bus', image: ['x'], loras: [] };
  expect(describeSettings(requireModel('fal-z-image-turbo'), values)).toEqual([
    { input: 'prompt', label: 'Prompt', value: 'a bus' },
    { input: 'size', label: 'Shape', value: 'Portrait 3:4' },
    { input: 'steps', label: 'Steps', value: '4' },
  ]);
  expect(describeSettings(undefined, { negativePrompt: 'cars' })).toEqual([{ input: 'negativePrompt', label: 'Negative prompt', value: 'cars' }]);
});
