import type { Model, ModelInput, SizeOption } from '../model.ts';

const RATIOS: readonly SizeOption[] = ['21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '2:3', '9:16', '9:21'].map((value) => {
  const [width = 1, height = 1] = value.split(':').map(Number);
  const scale = 1024 / Math.sqrt(width * height);
  return { value, label: value, width: Math.round(width * scale), height: Math.round(height * scale) };
});
const STYLES =
  'enhance anime photographic digital-art comic-book fantasy-art line-art analog-film neon-punk isometric low-poly origami modeling-compound cinematic 3d-model pixel-art tile-texture';

const prompt: ModelInput = { kind: 'text', label: 'Prompt', group: 'main', wire: 'prompt', min: 1, max: 10_000, lines: 4 };
const negativePrompt: ModelInput = { kind: 'text', label: 'Avoid', group: 'more', wire: 'negative_prompt', min: 0, max: 10_000, lines: 2 };
const size: ModelInput = { kind: 'size', as: 'ratio', label: 'Shape', group: 'main', wire: 'aspect_ratio', options: RATIOS, default: '1:1' };
const seed: ModelInput = { kind: 'seed', label: 'Seed', group: 'more', wire: 'seed', max: 4_294_967_294, random: 0 };
const image: ModelInput = {
  kind: 'image',
  label: 'Picture to start from',
  group: 'main',
  wire: 'image',
  max: 1,
  maxBytes: 10_485_760,
  maxPixels: 9_437_184,
  send: 'multipart',
};
const strength: ModelInput = {
  kind: 'float',
  label: 'Change',
  help: '0 keeps the picture, 1 ignores it.',
  group: 'main',
  wire: 'strength',
  min: 0,
  max: 1,
  step: 0.05,
  default: 0.6,
  needs: ['image'],
};
const guidance = (normal: number): ModelInput => ({
  kind: 'float',
  label: 'Closeness to the prompt',
  group: 'more',
  wire: 'cfg_scale',
  min: 1,
  max: 10,
  step: 0.5,
  default: normal,
});
const format = (values: readonly string[]): ModelInput => ({
  kind: 'enum',
  label: 'File',
  group: 'more',
  wire: 'output_format',
  options: values.map((value) => ({ value, label: value })),
  default: 'png',
});

type Own = Pick<Model, 'id' | 'endpoint' | 'label' | 'goodFor' | 'tasks' | 'inputs'> & Pick<Partial<Model>, 'fixed' | 'fixedByTask'>;

/** A credit is $0.01. */
const stable = (own: Own, credits: number): Model => ({
  ...own,
  vendor: 'stability',
  outputs: { kind: 'image', perRun: [1, 1], extensions: ['png', 'jpeg', 'webp'] },
  price: { unit: 'image', usdMicros: credits * 10_000, chargedWhen: { refused: 'maybe', invalid: 'no' }, checked: '2026-11-01' },
  cancel: 'never',
  progress: 'none',
  resultKeptSeconds: 0,
  refusal: 'status',
  license: 'Terms of the Stability AI API',
  state: { since: '2025-07-24' },
});

interface Sd35 {
  readonly name: 'sd3.5-large' | 'sd3.5-large-turbo' | 'sd3.5-medium';
  readonly label: string;
  readonly goodFor: string;
  readonly credits: number;
}

/** The turbo model takes no negative prompt; with a picture none of them takes a shape. */
function sd35({ name, label, goodFor, credits }: Sd35): Model {
  const isTurbo = name === 'sd3.5-large-turbo';
  const inputs = {
    prompt,
    ...(isTurbo ? {} : { negativePrompt }),
    image,
    strength,
    size: { ...size, excludes: ['image'] } satisfies ModelInput,
    seed,
    guidance: guidance(isTurbo ? 1 : 4),
    format: format(['png', 'jpeg']),
  };
  const fixedByTask = { text_to_image: { mode: 'text-to-image' }, image_to_image: { mode: 'image-to-image' } };
  const tasks = ['text_to_image', 'image_to_image'] as const;
  return stable({ id: `stability-${name}`, endpoint: 'sd3', label, goodFor, tasks, inputs, fixed: { model: name }, fixedByTask }, credits);
}

/** Models of Stability AI. None takes a LoRA. */
export const STABILITY_MODELS: readonly Model[] = [
  stable(
    {
      id: 'stability-core',
      endpoint: 'core',
      label: 'Stable Image Core',
      goodFor: 'Quick pictures in a named style',
      tasks: ['text_to_image'],
      inputs: {
        prompt,
        negativePrompt,
        size,
        style: {
          kind: 'enum',
          label: 'Style',
          group: 'main',
          wire: 'style_preset',
          options: [{ value: 'none', label: 'None', isOmitted: true }, ...STYLES.split(' ').map((value) => ({ value, label: value }))],
          default: 'none',
        },
        seed,
        format: format(['png', 'jpeg', 'webp']),
      },
    },
    3,
  ),
  stable(
    {
      id: 'stability-ultra',
      endpoint: 'ultra',
      label: 'Stable Image Ultra',
      goodFor: 'Fine detail, also from a picture',
      tasks: ['text_to_image', 'image_to_image'],
      inputs: { prompt, negativePrompt, image, strength, size, seed, format: format(['png', 'jpeg', 'webp']) },
    },
    8,
  ),
  sd35({ name: 'sd3.5-large', label: 'Stable Diffusion 3.5 Large', goodFor: 'Varied styles', credits: 6.5 }),
  sd35({ name: 'sd3.5-large-turbo', label: 'Stable Diffusion 3.5 Large Turbo', goodFor: 'Varied styles, faster', credits: 4 }),
  sd35({ name: 'sd3.5-medium', label: 'Stable Diffusion 3.5 Medium', goodFor: 'Drafts', credits: 3.5 }),
];
