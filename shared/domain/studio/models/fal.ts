import type { Model } from '../model.ts';
import { FAL_INPUTS, FAL_SIZE, falGuidance, falLoras, falSteps, queuedModel } from './fal-inputs.ts';

type Own = Pick<Model, 'id' | 'endpoint' | 'label' | 'goodFor' | 'inputs'>;

const drawn = (own: Own, usdMicros: number): Model =>
  queuedModel({ ...own, tasks: ['text_to_image'], inputs: { ...FAL_INPUTS, size: FAL_SIZE, ...own.inputs } }, usdMicros);

/** Models served by fal that make pictures from text. */
export const FAL_MODELS: readonly Model[] = [
  drawn(
    {
      id: 'fal-z-image-turbo',
      endpoint: 'fal-ai/z-image/turbo',
      label: 'Z-Image Turbo',
      goodFor: 'Many drafts for little money',
      inputs: { steps: falSteps([1, 8], 8) },
    },
    5000,
  ),
  drawn(
    {
      id: 'fal-z-image-turbo-lora',
      endpoint: 'fal-ai/z-image/turbo/lora',
      label: 'Z-Image Turbo with LoRA',
      goodFor: 'Drafts in a trained style',
      inputs: { loras: falLoras(3, 'z-image'), steps: falSteps([1, 8], 8) },
    },
    8500,
  ),
  drawn(
    {
      id: 'fal-flux-dev',
      endpoint: 'fal-ai/flux/dev',
      label: 'FLUX.1 dev',
      goodFor: 'Pictures with depth and light',
      inputs: { steps: falSteps([1, 50], 28), guidance: falGuidance([1, 20], 3.5) },
    },
    25_000,
  ),
  drawn(
    {
      id: 'fal-flux-lora',
      endpoint: 'fal-ai/flux-lora',
      label: 'FLUX.1 dev with LoRA',
      goodFor: 'A trained style with depth and light',
      inputs: { loras: falLoras(10, 'flux-1'), steps: falSteps([1, 50], 28), guidance: falGuidance([0, 35], 3.5) },
    },
    35_000,
  ),
  drawn(
    {
      id: 'fal-flux-2-lora',
      endpoint: 'fal-ai/flux-2/lora',
      label: 'FLUX.2 dev with LoRA',
      goodFor: 'A trained style that follows the prompt closely',
      inputs: { loras: falLoras(3, 'flux-2-dev'), steps: falSteps([4, 50], 28), guidance: falGuidance([0, 20], 2.5) },
    },
    21_000,
  ),
];
