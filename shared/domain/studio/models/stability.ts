import type { Model, ModelInput, SizeOption } from '../model.ts';
import { STABILITY_INPUTS, stabilityFormat, stableModel } from './stability-inputs.ts';

const RATIOS: readonly SizeOption[] = ['21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '2:3', '9:16', '9:21'].map((value) => {
  const [width = 1, height = 1] = value.split(':').map(Number);
  const scale = 1024 / Math.sqrt(width * height);
  return { value, label: value, width: Math.round(width * scale), height: Math.round(height * scale) };
});
const STYLES =
  'enhance anime photographic digital-art comic-book fantasy-art line-art analog-film neon-punk isometric low-poly origami modeling-compound cinematic 3d-model pixel-art tile-texture';

const { prompt, negativePrompt, image, seed } = STABILITY_INPUTS;
const size: ModelInput = { kind: 'size', as: 'ratio', label: 'Shape', group: 'main', wire: 'aspect_ratio', options: RATIOS, default: '1:1' };
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
    format: stabilityFormat(['png', 'jpeg']),
  };
  const fixedByTask = { text_to_image: { mode: 'text-to-image' }, image_to_image: { mode: 'image-to-image' } };
  const tasks = ['text_to_image', 'image_to_image'] as const;
  return stableModel(
    { id: `stability-${name}`, endpoint: 'generate/sd3', label, goodFor, tasks, inputs, fixed: { model: name }, fixedByTask },
    credits,
  );
}

/** Models of Stability AI that make pictures. None takes a LoRA. */
export const STABILITY_MODELS: readonly Model[] = [
  stableModel(
    {
      id: 'stability-core',
      endpoint: 'generate/core',
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
        format: stabilityFormat(['png', 'jpeg', 'webp']),
      },
    },
    3,
  ),
  stableModel(
    {
      id: 'stability-ultra',
      endpoint: 'generate/ultra',
      label: 'Stable Image Ultra',
      goodFor: 'Fine detail, also from a picture',
      tasks: ['text_to_image', 'image_to_image'],
      inputs: { prompt, negativePrompt, image, strength, size, seed, format: stabilityFormat(['png', 'jpeg', 'webp']) },
    },
    8,
  ),
  sd35({ name: 'sd3.5-large', label: 'Stable Diffusion 3.5 Large', goodFor: 'Varied styles', credits: 6.5 }),
  sd35({ name: 'sd3.5-large-turbo', label: 'Stable Diffusion 3.5 Large Turbo', goodFor: 'Varied styles, faster', credits: 4 }),
  sd35({ name: 'sd3.5-medium', label: 'Stable Diffusion 3.5 Medium', goodFor: 'Drafts', credits: 3.5 }),
];
