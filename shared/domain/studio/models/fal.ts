import type { LoraBase, Model, ModelInput } from '../model.ts';

const preset = (value: string, label: string, [width, height]: readonly [number, number]) => ({ value, label, width, height });
const size: ModelInput = {
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
const common = {
  prompt: { kind: 'text', label: 'Prompt', group: 'main', wire: 'prompt', min: 1, max: 10_000, lines: 4 },
  size,
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

const steps = ([min, max]: readonly [number, number], normal: number): ModelInput => ({
  kind: 'int',
  label: 'Steps',
  group: 'more',
  wire: 'num_inference_steps',
  min,
  max,
  step: 1,
  default: normal,
});
const guidance = ([min, max]: readonly [number, number], normal: number): ModelInput => ({
  kind: 'float',
  label: 'Closeness to the prompt',
  group: 'more',
  wire: 'guidance_scale',
  min,
  max,
  step: 0.1,
  default: normal,
});
const loras = (max: number, base: LoraBase): ModelInput => ({
  kind: 'loras',
  label: 'LoRA',
  group: 'main',
  wire: 'loras',
  max,
  scale: { min: 0, max: 4, default: 1 },
  bases: [base],
});

type Own = Pick<Model, 'id' | 'endpoint' | 'label' | 'goodFor' | 'inputs'>;

const queued = (own: Own, usdMicros: number): Model => ({
  ...own,
  vendor: 'fal',
  tasks: ['text_to_image'],
  inputs: { ...common, ...own.inputs },
  fixed: { enable_safety_checker: true },
  outputs: { kind: 'image', perRun: [1, 4], extensions: ['jpeg', 'png'] },
  price: { unit: 'megapixel', usdMicros, chargedWhen: { refused: 'maybe', invalid: 'maybe' }, checked: '2026-11-01' },
  cancel: 'queued',
  progress: 'queue',
  resultKeptSeconds: 360,
  refusal: 'flag',
  license: 'Terms of fal and of the model',
  state: { since: '2026-11-01' },
});

/** Models served by fal. */
export const FAL_MODELS: readonly Model[] = [
  queued(
    {
      id: 'fal-z-image-turbo',
      endpoint: 'fal-ai/z-image/turbo',
      label: 'Z-Image Turbo',
      goodFor: 'Many drafts for little money',
      inputs: { steps: steps([1, 8], 8) },
    },
    5000,
  ),
  queued(
    {
      id: 'fal-z-image-turbo-lora',
      endpoint: 'fal-ai/z-image/turbo/lora',
      label: 'Z-Image Turbo with LoRA',
      goodFor: 'Drafts in a trained style',
      inputs: { loras: loras(3, 'z-image'), steps: steps([1, 8], 8) },
    },
    8500,
  ),
  queued(
    {
      id: 'fal-flux-dev',
      endpoint: 'fal-ai/flux/dev',
      label: 'FLUX.1 dev',
      goodFor: 'Pictures with depth and light',
      inputs: { steps: steps([1, 50], 28), guidance: guidance([1, 20], 3.5) },
    },
    25_000,
  ),
  queued(
    {
      id: 'fal-flux-lora',
      endpoint: 'fal-ai/flux-lora',
      label: 'FLUX.1 dev with LoRA',
      goodFor: 'A trained style with depth and light',
      inputs: { loras: loras(10, 'flux-1'), steps: steps([1, 50], 28), guidance: guidance([0, 35], 3.5) },
    },
    35_000,
  ),
  queued(
    {
      id: 'fal-flux-2-lora',
      endpoint: 'fal-ai/flux-2/lora',
      label: 'FLUX.2 dev with LoRA',
      goodFor: 'A trained style that follows the prompt closely',
      inputs: { loras: loras(3, 'flux-2-dev'), steps: steps([4, 50], 28), guidance: guidance([0, 20], 2.5) },
    },
    21_000,
  ),
];
