import type { Model, ModelInput } from '../model.ts';
import { STABILITY_INPUTS, stabilityFormat, stableModel } from './stability-inputs.ts';

const { prompt, negativePrompt, image, mask, seed } = STABILITY_INPUTS;
/** Pixels by which the part that is repainted is made larger. */
const grow = (normal: number): ModelInput => ({
  kind: 'int',
  label: 'Widen by',
  help: 'Pixels around the part that are repainted, too.',
  group: 'more',
  wire: 'grow_mask',
  min: 0,
  max: 20,
  step: 1,
  default: normal,
});
const format = stabilityFormat(['png', 'jpeg', 'webp']);

/** Models of Stability AI that change a picture. */
export const STABILITY_EDIT_MODELS: readonly Model[] = [
  stableModel(
    {
      id: 'stability-inpaint',
      endpoint: 'edit/inpaint',
      label: 'Stable Image Inpaint',
      goodFor: 'A part of a picture painted again',
      tasks: ['inpaint'],
      inputs: { prompt, negativePrompt, image, mask, grow: grow(5), seed, format },
    },
    5,
  ),
  stableModel(
    {
      id: 'stability-search-and-replace',
      endpoint: 'edit/search-and-replace',
      label: 'Search and replace',
      goodFor: 'One thing in a picture exchanged for another, without a mask',
      tasks: ['image_to_image'],
      inputs: {
        image,
        search: { kind: 'text', label: 'What to replace', group: 'main', wire: 'search_prompt', min: 1, max: 10_000 },
        prompt: { ...prompt, label: 'With what' },
        negativePrompt,
        grow: grow(3),
        seed,
        format,
      },
    },
    5,
  ),
  stableModel(
    {
      id: 'stability-remove-background',
      endpoint: 'edit/remove-background',
      label: 'Remove background',
      goodFor: 'The subject alone, on nothing',
      tasks: ['image_to_image'],
      inputs: { image: { ...image, maxPixels: 4_194_304 }, format: stabilityFormat(['png', 'webp']) },
    },
    5,
  ),
  stableModel(
    {
      id: 'stability-upscale-fast',
      endpoint: 'upscale/fast',
      label: 'Fast upscale',
      goodFor: 'Four times as many pixels on each side, in a second',
      tasks: ['image_to_image'],
      inputs: {
        image: { ...image, label: 'Picture to enlarge', help: 'Pictures above one megapixel are made smaller first.', maxPixels: 1_048_576 },
        format,
      },
    },
    2,
  ),
];
