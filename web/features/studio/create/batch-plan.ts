import { axisProblem, gridInputs, gridParts, readAxis } from '#shared/domain/studio/batches/parameter-grid.ts';
import type { GridAxis } from '#shared/domain/studio/batches/parameter-grid.ts';
import { formForSeveral, partsForSeveral } from '#shared/domain/studio/batches/several-models.ts';
import type { LeftOut } from '#shared/domain/studio/batches/several-models.ts';
import { isFilled } from '#shared/domain/studio/model.ts';
import type { Model, ModelValues } from '#shared/domain/studio/model.ts';
import { valueProblem } from '#shared/domain/studio/value-problem.ts';
import type { DraftAxis, StudioDraft } from './studio-draft.ts';

/** A draft as the server is asked for it, or the words of the button that says what is missing. */
export interface BatchPlan {
  readonly input: {
    readonly task: StudioDraft['task'];
    readonly values: Record<string, unknown>;
    readonly parts: { readonly model: string; readonly values: Record<string, unknown>; readonly without: string[]; readonly copies: number }[];
  };
  readonly renders: number;
  readonly leftOut: readonly LeftOut[];
  /** “Write a prompt first”; null when it can be sent. */
  readonly missing: string | null;
}

/** The batch of a draft for the chosen models: all of them with the same values, or one of them over a grid. */
export function planBatch(draft: StudioDraft, models: readonly Model[]): BatchPlan {
  const { task, copies } = draft;
  const values = filledOnly(draft.values);
  const several = partsForSeveral(models, task, { values, copies });
  const [only] = several.parts;
  const axes = models.length === 1 && models[0] ? readAxes(draft, models[0]) : undefined;
  const parts = axes?.across && only ? gridParts(only, { across: axes.across, down: axes.down, values }) : several.parts;
  return {
    input: { task, values: { ...values }, parts: parts.map((part) => ({ ...part, values: { ...part.values }, without: [...part.without] })) },
    renders: parts.reduce((sum, part) => sum + part.copies, 0),
    leftOut: several.leftOut,
    missing: missingOf(draft, models) ?? axes?.problem ?? null,
  };
}

function filledOnly(values: ModelValues): ModelValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isFilled(value)));
}

function missingOf({ task, values }: StudioDraft, models: readonly Model[]): string | null {
  if (models.length === 0) return 'Choose a model first';
  const { main, more } = formForSeveral(models, task, values);
  const empty = [...main, ...more].find(({ id, isRequired }) => isRequired && !isFilled(values[id]));
  if (empty)
    return empty.input.kind === 'text'
      ? 'Write a prompt first'
      : empty.input.kind === 'image'
        ? 'Choose a picture first'
        : `Fill in “${empty.input.label}” first`;
  const wrong = [...main, ...more].find(({ id, input }) => valueProblem(id, input, values) !== undefined && isWrongForAll(id, values, models));
  return wrong ? `Correct “${wrong.input.label}” first` : null;
}

/** A value that another chosen model takes is left out of this one, and no mistake. */
function isWrongForAll(id: keyof ModelValues, values: ModelValues, models: readonly Model[]): boolean {
  return models.every(({ inputs }) => {
    const input = inputs[id];
    return input === undefined || valueProblem(id, input, values) !== undefined;
  });
}

function readAxes(draft: StudioDraft, model: Model): { readonly across?: GridAxis; readonly down?: GridAxis; readonly problem?: string } {
  const able = new Map(gridInputs(model, draft.task, draft.values));
  const read = (axis: DraftAxis | null): { readonly axis?: GridAxis; readonly problem?: string } => {
    const input = axis && able.get(axis.input);
    if (!input) return {};
    const { values, problem } = readAxis(input, axis.typed);
    return problem === undefined && axisProblem(input, values) === undefined
      ? { axis: { input: axis.input, values } }
      : { problem: `Correct the values of “${input.label}”` };
  };
  const [across, down] = [read(draft.across), read(draft.down)];
  const problem = across.problem ?? (across.axis ? down.problem : undefined);
  if (problem !== undefined) return { problem };
  return { ...(across.axis && { across: across.axis }), ...(across.axis && down.axis && { down: down.axis }) };
}
