import type { StudioTask } from '#shared/vocabulary.ts';
import { defaultOf, inputsFor, isEnabled } from './model.ts';
import type { InputId, Model, ModelInput, ModelValues } from './model.ts';

/** A field of the form of a model. */
export interface FormField {
  readonly id: InputId;
  readonly input: ModelInput;
  readonly isRequired: boolean;
  /** False when another input disables it; its value is kept and not sent. */
  readonly isEnabled: boolean;
  readonly default: string | number | boolean | undefined;
}

/** The form of a model for a task: the fields of each group, in order. */
export function formFor(model: Model, task: StudioTask, values: ModelValues): Readonly<Record<ModelInput['group'], readonly FormField[]>> {
  const fields = inputsFor(model, task).map(([id, input]) => ({
    id,
    input,
    isRequired: isRequired(input),
    isEnabled: isEnabled(input, values),
    default: defaultOf(input),
  }));
  const ofGroup = (group: ModelInput['group']) => fields.filter((field) => field.input.group === group);
  return { main: ofGroup('main'), more: ofGroup('more') };
}

function isRequired(input: ModelInput): boolean {
  if (input.kind === 'text') return input.min > 0;
  return input.kind === 'image' || input.kind === 'mask' || input.kind === 'music';
}
