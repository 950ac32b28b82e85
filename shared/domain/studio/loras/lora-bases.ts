import type { LoraBase, Model } from '#shared/domain/studio/model.ts';
import { MODELS } from '#shared/domain/studio/models/index.ts';
import { AppError } from '#shared/errors.ts';

export const LORA_BASE_NAMES: Readonly<Record<LoraBase, string>> = { 'flux-1': 'FLUX.1', 'flux-2-dev': 'FLUX.2 dev', 'z-image': 'Z-Image' };

/** The models that take a LoRA of a base model, in the order of the picker. */
export function modelsForLora(base: LoraBase, models: readonly Model[] = MODELS): readonly Model[] {
  return models.filter((model) => model.inputs.loras?.kind === 'loras' && model.inputs.loras.bases.includes(base));
}

/**
 * Throws `invalid_input` when the model cannot use a LoRA of this base. Vendors do not: they leave such a LoRA out without an error, and the picture
 * costs all the same.
 */
export function requireLoraBase(model: Model, lora: { readonly name: string; readonly base: LoraBase }): void {
  const able = modelsForLora(lora.base);
  if (able.some((each) => each.id === model.id)) return;
  const names = able.map((each) => each.label);
  throw new AppError('invalid_input', {
    message: `The LoRA “${lora.name}” is made for ${LORA_BASE_NAMES[lora.base]}; ${model.label} cannot use it.`,
    field: 'loras',
    remedy: `Choose another LoRA, or one of: ${names.join(', ')}.`,
  });
}
