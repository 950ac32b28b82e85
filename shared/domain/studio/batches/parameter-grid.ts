import { inputsFor } from '#shared/domain/studio/model.ts';
import type { InputId, Model, ModelInput, ModelValues } from '#shared/domain/studio/model.ts';
import { valueProblem } from '#shared/domain/studio/value-problem.ts';
import type { Json } from '#shared/json.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import type { ModelPart } from './several-models.ts';

type GridValue = string | number;

/** One side of a grid: an input and the values it takes. For `loras` the values are weights of the first LoRA. */
export interface GridAxis {
  readonly input: InputId;
  readonly values: readonly GridValue[];
}

/** More columns do not fit beside each other. */
export const AXIS_VALUES_MAX = 8;

/** The inputs of a model that a grid can vary. */
export function gridInputs(model: Model, task: StudioTask, values: ModelValues): readonly (readonly [InputId, ModelInput])[] {
  const kinds = ['int', 'float', 'enum', 'size', 'seconds'];
  return inputsFor(model, task).filter(
    ([id, input]) => (id !== 'count' && kinds.includes(input.kind)) || (id === 'loras' && firstLora(values) !== undefined),
  );
}

/** The values that were typed for an axis, separated by commas, or what is wrong with them. */
export function readAxis(input: ModelInput, typed: string): { readonly values: readonly GridValue[]; readonly problem: string | undefined } {
  const parts = typed.split(/[,;\s]+/u).filter((part) => part !== '');
  const values = parts.map((part) => (input.kind === 'enum' || input.kind === 'size' ? part : Number(part)));
  return { values, problem: axisProblem(input, values) };
}

/** What is wrong with the values of an axis. */
export function axisProblem(input: ModelInput, values: readonly GridValue[]): string | undefined {
  if (values.length === 0) return 'needs at least one value';
  if (values.length > AXIS_VALUES_MAX) return `takes at most ${AXIS_VALUES_MAX} values`;
  if (new Set(values).size < values.length) return 'has a value twice';
  if (input.kind === 'loras') {
    const { min, max } = input.scale;
    return values.every((value) => typeof value === 'number' && value >= min && value <= max) ? undefined : `must be from ${min} to ${max}`;
  }
  return values
    .map((value) => valueProblem('steps', { ...input, needs: [], excludes: [] }, { steps: value }))
    .find((problem) => problem !== undefined);
}

/** The parts of a batch that renders one model with every pair of two inputs' values, row by row. */
export function gridParts(
  model: ModelPart,
  { across, down, values }: { across: GridAxis; down: GridAxis | undefined; values: ModelValues },
): readonly ModelPart[] {
  const rows = down?.values ?? [undefined];
  return rows.flatMap((row) =>
    across.values.map((column) => ({
      ...model,
      copies: 1,
      values: { ...valueOf(across.input, column, values), ...(down && row !== undefined ? valueOf(down.input, row, values) : {}) },
    })),
  );
}

function valueOf(input: InputId, value: GridValue, values: ModelValues): ModelValues {
  if (input !== 'loras') return { [input]: value };
  const [first, ...others] = Array.isArray(values.loras) ? (values.loras as readonly object[]) : [];
  return { loras: [{ ...first, scale: value }, ...others] };
}

interface GridRender {
  readonly model: string;
  readonly values: { readonly [input: string]: Json };
}

/** The sides of a grid, read from the renders of a batch: one model, whose renders differ in one or two inputs besides the seed. Undefined for other batches. */
export function gridOf(renders: readonly GridRender[]): { readonly across: GridAxis; readonly down: GridAxis | undefined } | undefined {
  const [first] = renders;
  if (!first || renders.some(({ model }) => model !== first.model)) return undefined;
  const inputs = [...new Set(renders.flatMap(({ values }) => Object.keys(values)))].filter((id) => id !== 'seed');
  const axes = inputs.flatMap((id): GridAxis[] => {
    const values = [...new Set(renders.map((render) => gridValue(render, id as InputId)))];
    return values.length > 1 ? [{ input: id as InputId, values: values.flatMap((value) => value ?? []).toSorted(inOrder) }] : [];
  });
  const [down, across] = axes.length === 1 ? [undefined, axes[0]] : axes;
  return across && axes.length <= 2 ? { across, down } : undefined;
}

/** The value of a render on an axis; undefined when it is no plain value. */
export function gridValue({ values }: GridRender, input: InputId): GridValue | undefined {
  const value = input === 'loras' ? firstLora(values)?.scale : values[input];
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function firstLora({ loras }: { readonly loras?: unknown }): { readonly scale: number } | undefined {
  const [first] = Array.isArray(loras) ? (loras as readonly { readonly scale: number }[]) : [];
  return first;
}

const inOrder = (one: GridValue, other: GridValue) =>
  typeof one === 'number' && typeof other === 'number' ? one - other : String(one) < String(other) ? -1 : 1;
