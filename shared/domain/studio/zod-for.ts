import { musicFacts } from '#shared/contracts/studio/music-facts.ts';
import { assetId, loraId } from '#shared/ids.ts';
import { numberInput, shareInput, textInput, wholeInput } from '#shared/input-types.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { z } from 'zod';
import { inputsFor, isEnabled, isFilled } from './model.ts';
import type { Model, ModelInput, ModelValues } from './model.ts';
import { disabledBecause } from './value-problem.ts';

/** The strict schema of a model's inputs for a task: unknown inputs, and inputs disabled by another one, are refused by name. */
export function zodFor(model: Model, task: StudioTask): z.ZodType<ModelValues> {
  const inputs = inputsFor(model, task);
  const shape = Object.fromEntries(inputs.map(([id, input]) => [id, fieldFor(input)]));
  return z.strictObject(shape).superRefine((values: ModelValues, context) => {
    for (const [id, input] of inputs)
      if (isFilled(values[id]) && !isEnabled(input, values))
        context.addIssue({ code: 'custom', path: [id], message: disabledBecause(input, values) });
  });
}

/** A default is filled in here only when nothing can disable the input; the request on the wire fills in the others. */
function fieldFor(input: ModelInput): z.ZodType {
  const type = typeFor(input);
  if (!('default' in input)) return type;
  return input.needs || input.excludes ? type.optional() : type.default(input.default);
}

function typeFor(input: ModelInput): z.ZodType {
  switch (input.kind) {
    case 'text':
      return input.min > 0 ? textInput(input.max).refine((text) => text.trim().length >= input.min, 'is too short') : textInput(input.max).optional();
    case 'int':
      return wholeInput(input.min, input.max);
    case 'float':
      return numberInput(input.min, input.max);
    case 'seed':
      return wholeInput(0, input.max).optional();
    case 'bool':
      return z.boolean('must be on or off');
    case 'enum':
    case 'size':
      return z.enum(
        input.options.map((option) => option.value),
        'is not one of the choices',
      );
    case 'seconds':
      return z.literal([...input.options], 'is not one of the choices');
    case 'image':
      return z.array(assetId).min(1, 'needs a picture').max(input.max, `takes at most ${input.max}`);
    case 'mask':
      return assetId;
    case 'loras': {
      const lora = z.strictObject({ loraId, scale: numberInput(input.scale.min, input.scale.max).default(input.scale.default) });
      return z.array(lora).max(input.max, `takes at most ${input.max}`).optional();
    }
    case 'music':
      return musicFacts;
    case 'mood':
    default:
      return z.strictObject({ valence: shareInput, energy: shareInput }).optional();
  }
}
