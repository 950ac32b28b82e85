import type { LoraBase, Model, ModelInput } from '../model.ts';

const preset = (value: string, label: string, [width, height]: readonly [number, number]) => ({ value, label, width, height });
/** The shapes of pictures that are made from text. */
export const FAL_SIZE: ModelInput = {
  kind: 'size',
  as: 'preset',
  label: 'Shape',
  group: 'main',
  wire: 'image_size',
  options: [
    preset('square_hd', 'Square, 1024 px', [1024, 1024]),
    preset('square', 'Square, 512 px', [512, 512]),
    preset('portrait_4_3', 'Portrait 3:4', [768, 1024]),
    preset('portrait_16_9', 'Portrait 9:16', [576, 1024]),
    preset('landscape_4_3', 'Landscape 4:3', [1024, 768]),
    preset('landscape_16_9', 'Landscape 16:9', [1024, 576]),
  ],
  default: 'square_hd',
};
/** Inputs that several models of fal share. */
export const FAL_INPUTS = {
  prompt: { kind: 'text', label: 'Prompt', group: 'main', wire: 'prompt', min: 1, max: 10_000, lines: 4 },
  count: { kind: 'int', label: 'Pictures', group: 'main', wire: 'num_images', min: 1, max: 4, step: 1, default: 1 },
  seed: { kind: 'seed', label: 'Seed', group: 'more', wire: 'seed', max: 2_147_483_647, random: 'omit' },
  format: {
    kind: 'enum',
    label: 'File',
    group: 'more',
    wire: 'output_format',
    options: ['jpeg', 'png'].map((value) => ({ value, label: value })),
    default: 'png',
  },
} as const satisfies Model['inputs'];

/** How many steps a model takes. */
export const falSteps = ([min, max]: readonly [number, number], normal: number): ModelInput => ({
  kind: 'int',
  label: 'Steps',
  group: 'more',
  wire: 'num_inference_steps',
  min,
  max,
  step: 1,
  default: normal,
});
/** How closely a model follows its prompt. */
export const falGuidance = ([min, max]: readonly [number, number], normal: number): ModelInput => ({
  kind: 'float',
  label: 'Closeness to the prompt',
  group: 'more',
  wire: 'guidance_scale',
  min,
  max,
  step: 0.1,
  default: normal,
});
/** LoRAs of one base model, with their weights. */
export const falLoras = (max: number, base: LoraBase): ModelInput => ({
  kind: 'loras',
  label: 'LoRA',
  group: 'main',
  wire: 'loras',
  max,
  scale: { min: 0, max: 4, default: 1 },
  bases: [base],
});

/** A picture as fal takes it: a link with the bytes in it. Larger ones are made smaller. */
export const falPicture = (label: string, maxPixels: number): ModelInput => ({
  kind: 'image',
  label,
  group: 'main',
  wire: 'image_url',
  max: 1,
  maxBytes: 8_388_608,
  maxPixels,
  send: 'dataUri',
});

/** How much of the picture changes. */
export const falStrength = (normal: number): ModelInput => ({
  kind: 'float',
  label: 'Change',
  help: 'A low value keeps the picture, 1 ignores it.',
  group: 'main',
  wire: 'strength',
  min: 0.01,
  max: 1,
  step: 0.01,
  default: normal,
});

type Own = Pick<Model, 'id' | 'endpoint' | 'label' | 'goodFor' | 'tasks' | 'inputs'> & Pick<Partial<Model>, 'fixed' | 'outputs' | 'price'>;

/** A model behind fal's queue at its price per megapixel. */
export const queuedModel = (own: Own, usdMicros: number): Model => ({
  vendor: 'fal',
  fixed: { enable_safety_checker: true },
  outputs: { kind: 'image', perRun: [1, 4], extensions: ['jpeg', 'png'] },
  price: { unit: 'megapixel', usdMicros, chargedWhen: { refused: 'maybe', invalid: 'maybe' }, checked: '2026-11-01' },
  cancel: 'queued',
  progress: 'queue',
  resultKeptSeconds: 360,
  refusal: 'flag',
  license: 'Terms of fal and of the model',
  state: { since: '2026-11-01' },
  ...own,
});
