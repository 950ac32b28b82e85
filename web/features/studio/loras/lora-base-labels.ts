import type { LoraBase } from '#shared/domain/studio/model.ts';

/** The base models that a LoRA can be trained on. */
export const LORA_BASE_LABELS: Readonly<Record<LoraBase, string>> = { 'flux-1': 'FLUX.1', 'flux-2-dev': 'FLUX.2 dev', 'z-image': 'Z-Image' };

/** "film grain, dusk" → ["film grain", "dusk"]. */
export const splitTriggers = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
