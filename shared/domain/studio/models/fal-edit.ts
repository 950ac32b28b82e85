import type { Model, ModelInput } from '../model.ts';
import { FAL_INPUTS, falGuidance, falLoras, falPicture, falSteps, falStrength, queuedModel } from './fal-inputs.ts';

/** Above two megapixels these models repeat shapes, and every megapixel costs. */
const PIXELS_MAX = 2_097_152;

const image = falPicture('Picture to start from', PIXELS_MAX);
const mask = (wire: string): ModelInput => ({
  kind: 'mask',
  label: 'Part to repaint',
  group: 'main',
  wire,
  of: 'image',
  repaint: 'white',
  sameSize: true,
});

/** Models served by fal that change a picture, or a part of it. */
export const FAL_EDIT_MODELS: readonly Model[] = [
  queuedModel(
    {
      id: 'fal-z-image-turbo-edit',
      endpoint: 'fal-ai/z-image/turbo/image-to-image',
      label: 'Z-Image Turbo from a picture',
      goodFor: 'Many variations for little money',
      tasks: ['image_to_image'],
      inputs: { ...FAL_INPUTS, image, strength: falStrength(0.6), steps: falSteps([1, 8], 8) },
    },
    5000,
  ),
  queuedModel(
    {
      id: 'fal-flux-dev-edit',
      endpoint: 'fal-ai/flux/dev/image-to-image',
      label: 'FLUX.1 dev from a picture',
      goodFor: 'A picture taken further, with depth and light',
      tasks: ['image_to_image'],
      inputs: { ...FAL_INPUTS, image, strength: falStrength(0.95), steps: falSteps([10, 50], 40), guidance: falGuidance([1, 20], 3.5) },
    },
    30_000,
  ),
  queuedModel(
    {
      id: 'fal-flux-lora-edit',
      endpoint: 'fal-ai/flux-lora/image-to-image',
      label: 'FLUX.1 dev with LoRA from a picture',
      goodFor: 'A picture in a trained style',
      tasks: ['image_to_image'],
      inputs: {
        ...FAL_INPUTS,
        image,
        strength: falStrength(0.85),
        loras: falLoras(10, 'flux-1'),
        steps: falSteps([1, 50], 28),
        guidance: falGuidance([0, 35], 3.5),
      },
    },
    35_000,
  ),
  queuedModel(
    {
      id: 'fal-flux-fill',
      endpoint: 'fal-ai/flux-pro/v1/fill',
      label: 'FLUX.1 pro Fill',
      goodFor: 'A part of a picture painted again, closely fitted',
      tasks: ['inpaint'],
      inputs: { ...FAL_INPUTS, image, mask: mask('mask_url') },
      // It has no checker to enable; this is its strictness by default.
      fixed: { safety_tolerance: '2' },
    },
    50_000,
  ),
  queuedModel(
    {
      id: 'fal-flux-lora-fill',
      endpoint: 'fal-ai/flux-lora-fill',
      label: 'FLUX.1 Fill with LoRA',
      goodFor: 'A part painted again in a trained style; the rest stays as it is',
      tasks: ['inpaint'],
      inputs: {
        ...FAL_INPUTS,
        image,
        mask: mask('mask_url'),
        loras: falLoras(10, 'flux-1'),
        steps: falSteps([1, 50], 28),
        guidance: falGuidance([28, 35], 30),
      },
      fixed: { enable_safety_checker: true, paste_back: true, resize_to_original: true },
    },
    35_000,
  ),
  queuedModel(
    {
      id: 'fal-z-image-turbo-inpaint-lora',
      endpoint: 'fal-ai/z-image/turbo/inpaint/lora',
      label: 'Z-Image Turbo inpaint with LoRA',
      goodFor: 'A part painted again for little money',
      tasks: ['inpaint'],
      inputs: {
        ...FAL_INPUTS,
        image,
        mask: mask('mask_image_url'),
        strength: falStrength(1),
        loras: falLoras(3, 'z-image'),
        steps: falSteps([1, 8], 8),
      },
    },
    8500,
  ),
];
