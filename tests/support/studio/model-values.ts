import { inputsFor } from '#shared/domain/studio/model.ts';
import type { Model, ModelInput, ModelValues } from '#shared/domain/studio/model.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import fc from 'fast-check';

export const FILE_ID = '018f0000-0000-7000-8000-000000000001';
export const LORA_PATHS = new Map([[FILE_ID, 'https://huggingface.co/someone/style/resolve/main/style.safetensors']]);
const MUSIC = {
  valence: 0.4,
  energy: null,
  danceability: null,
  acousticness: null,
  instrumentalness: null,
  tempo: 120,
  decade: 1980,
  genres: [],
  tracks: [],
};

/** Legal values of an input. */
function legalValue(input: ModelInput): fc.Arbitrary<unknown> {
  switch (input.kind) {
    case 'text':
      return fc.stringMatching(/^[a-z][a-z ]{0,40}$/);
    case 'int':
      return fc.integer({ min: input.min, max: input.max });
    case 'float':
      return fc.double({ min: input.min, max: input.max, noNaN: true });
    case 'seed':
      return fc.integer({ min: 0, max: input.max });
    case 'bool':
      return fc.boolean();
    case 'enum':
    case 'size':
      return fc.constantFrom(...input.options.map((option) => option.value));
    case 'seconds':
      return fc.constantFrom(...input.options);
    case 'image':
      return fc.constant([FILE_ID]);
    case 'mask':
      return fc.constant(FILE_ID);
    case 'loras':
      return fc.array(fc.record({ loraId: fc.constant(FILE_ID), scale: fc.double({ min: input.scale.min, max: input.scale.max, noNaN: true }) }), {
        maxLength: input.max,
      });
    case 'music':
      return fc.constant(MUSIC);
    case 'mood':
    default:
      return fc.constant({ valence: 0.9, energy: 0.1 });
  }
}

/** A value that no input of this kind takes. */
export function illegalValue(input: ModelInput): unknown {
  if (input.kind === 'text') return 'x'.repeat(input.max + 1);
  if (input.kind === 'int' || input.kind === 'float' || input.kind === 'seed') return input.max + 1;
  if (input.kind === 'image') return Array.from({ length: input.max + 1 }, () => FILE_ID);
  if (input.kind === 'loras') return [{ loraId: FILE_ID, scale: input.scale.max + 1 }];
  return 'neither';
}

const required = (model: Model, task: StudioTask) =>
  inputsFor(model, task).filter(([, input]) => ['image', 'mask', 'music'].includes(input.kind) || (input.kind === 'text' && input.min > 0));
export const minimalValues = (model: Model, task: StudioTask): ModelValues =>
  Object.fromEntries(required(model, task).map(([id, input]) => [id, fc.sample(legalValue(input), { numRuns: 1, seed: 1 })[0]]));
export const arbitraryValues = (model: Model, task: StudioTask): fc.Arbitrary<ModelValues> => {
  const inputs = inputsFor(model, task);
  return fc.record(Object.fromEntries(inputs.map(([id, input]) => [id, legalValue(input)])), {
    requiredKeys: required(model, task).map(([id]) => id),
  });
};
