import type { Json } from '#shared/json.ts';
import { INPUT_IDS } from './model.ts';
import type { InputId, Model, ModelInput } from './model.ts';

/** A setting of a render as people read it: “Shape”, “Landscape 4:3”. */
export interface NamedSetting {
  readonly input: string;
  readonly label: string;
  readonly value: string;
}

/** A value by the name that the form gives it: the label of an option, seconds with their unit, yes or no; anything else as it is. */
export function describeValue(input: ModelInput | undefined, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (input?.kind === 'enum' || input?.kind === 'size') return input.options.find((option) => option.value === value)?.label ?? String(value);
  return input?.kind === 'seconds' ? `${value} ${value === 1 ? 'second' : 'seconds'}` : String(value);
}

/** The plain values of a render by the labels of its model, in the order of the form. Pictures, masks and LoRAs are no plain values. */
export function describeSettings(model: Pick<Model, 'inputs'> | undefined, values: { readonly [input: string]: Json }): readonly NamedSetting[] {
  const known: readonly string[] = INPUT_IDS;
  const inOrder = Object.keys(values).toSorted((one, other) => known.indexOf(one) - known.indexOf(other));
  return inOrder.flatMap((id): NamedSetting[] => {
    const value = values[id];
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return [];
    const input = model?.inputs[id as InputId];
    return [{ input: id, label: input?.label ?? wordsOf(id), value: describeValue(input, value) }];
  });
}

/** The name of an input that its model does not have any more. */
function wordsOf(id: string): string {
  const words = id.replaceAll(/([A-Z])/gu, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
