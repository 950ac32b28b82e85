import { changeModel } from '#shared/domain/studio/change-model.ts';
import type { UnusedValue } from '#shared/domain/studio/change-model.ts';
import { formFor } from '#shared/domain/studio/form-for.ts';
import type { FormField } from '#shared/domain/studio/form-for.ts';
import { INPUT_IDS, isFilled } from '#shared/domain/studio/model.ts';
import type { InputId, Model, ModelInput, ModelValues } from '#shared/domain/studio/model.ts';
import type { StudioTask } from '#shared/vocabulary.ts';

/** A value that one of the chosen models runs without. */
export interface LeftOut extends UnusedValue {
  readonly model: string;
}

/** A part of a batch: one model, and which of the shared values it does not get. */
export interface ModelPart {
  readonly model: string;
  readonly values: ModelValues;
  readonly without: readonly InputId[];
  readonly copies: number;
}

/**
 * One form for several models: every input that one of them has, as the first of them describes it. An input is required when one of them requires it.
 */
export function formForSeveral(
  models: readonly Model[],
  task: StudioTask,
  values: ModelValues,
): Readonly<Record<ModelInput['group'], readonly FormField[]>> {
  const fields = new Map<InputId, FormField>();
  for (const model of models) {
    const { main, more } = formFor(model, task, values);
    for (const field of [...main, ...more]) {
      const known = fields.get(field.id);
      const merged = known && { ...known, isRequired: known.isRequired || field.isRequired, isEnabled: known.isEnabled || field.isEnabled };
      fields.set(field.id, merged ?? field);
    }
  }
  const inOrder = INPUT_IDS.flatMap((id) => fields.get(id) ?? []);
  return { main: inOrder.filter(({ input }) => input.group === 'main'), more: inOrder.filter(({ input }) => input.group === 'more') };
}

/** The parts of a batch that gives every model the same values, each model only what it takes, and what the models run without. */
export function partsForSeveral(
  models: readonly Model[],
  task: StudioTask,
  { values, copies }: { readonly values: ModelValues; readonly copies: number },
): { readonly parts: readonly ModelPart[]; readonly leftOut: readonly LeftOut[] } {
  const [first] = models;
  if (!first) return { parts: [], leftOut: [] };
  const filled = INPUT_IDS.filter((id) => isFilled(values[id]));
  const changed = models.map((model) => ({
    model,
    ...changeModel(values, { from: models.find((each) => each !== model) ?? first, to: model }, task),
  }));
  return {
    parts: changed.map(({ model, usable }) => ({ model: model.id, values: {}, without: filled.filter((id) => !isFilled(usable[id])), copies })),
    leftOut: changed.flatMap(({ model, unused }) => unused.map((one) => ({ ...one, model: model.label }))),
  };
}

/** Whether a form can fill in everything that a model needs for a task. Our own pictures need music, which only a cover has. */
export function hasForm(model: Model, task: StudioTask): boolean {
  const { main, more } = formFor(model, task, {});
  return [...main, ...more].every(({ input, isRequired }) => !isRequired || input.kind !== 'music');
}
