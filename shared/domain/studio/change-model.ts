import type { StudioTask } from '#shared/vocabulary.ts';
import { inputsFor, INPUT_IDS, isFilled } from './model.ts';
import type { InputId, Model, ModelValues } from './model.ts';
import { valueProblem } from './value-problem.ts';

/** A value that the new model cannot use. It is kept for the way back. */
export interface UnusedValue {
  readonly input: InputId;
  readonly label: string;
  readonly reason: string;
}

/** Values after a change of model. */
export interface ChangedModel {
  /** Everything that was filled in. */
  readonly values: ModelValues;
  /** The part that the new model takes. */
  readonly usable: ModelValues;
  readonly unused: readonly UnusedValue[];
}

/** Keeps every value when the model changes, and lists what the new model cannot use. */
export function changeModel(values: ModelValues, models: { readonly from: Model; readonly to: Model }, task: StudioTask): ChangedModel {
  const { from, to } = models;
  const inputs = new Map(inputsFor(to, task));
  const taken = only(values, (id) => inputs.has(id));
  const unused = INPUT_IDS.filter((id) => isFilled(values[id])).flatMap((id): UnusedValue[] => {
    const input = inputs.get(id);
    const label = (input ?? to.inputs[id] ?? from.inputs[id])?.label ?? id;
    if (!input) return [{ input: id, label, reason: `${to.label} does not have it` }];
    const reason = valueProblem(id, input, taken);
    return reason === undefined ? [] : [{ input: id, label, reason }];
  });
  const refused = new Set(unused.map((each) => each.input));
  return { values, usable: only(values, (id) => !refused.has(id)), unused };
}

function only(values: ModelValues, takes: (id: InputId) => boolean): ModelValues {
  return Object.fromEntries(INPUT_IDS.filter((id) => values[id] !== undefined && takes(id)).map((id) => [id, values[id]]));
}
