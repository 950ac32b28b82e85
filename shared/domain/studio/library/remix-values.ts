import { changeModel } from '#shared/domain/studio/change-model.ts';
import type { UnusedValue } from '#shared/domain/studio/change-model.ts';
import { defaultOf } from '#shared/domain/studio/model.ts';
import type { InputId, Model, ModelValues } from '#shared/domain/studio/model.ts';
import type { StudioTask } from '#shared/vocabulary.ts';

interface RemixOptions {
  readonly from: Model;
  readonly to: Model;
  readonly task: StudioTask;
  /** Pictures that the values name and that are deleted. */
  readonly missing: readonly string[];
}

/** The values for another model, and the task: the same one, or the first that the model does. Deleted pictures are left out and named. */
export function remixValues(
  values: ModelValues,
  { from, to, task, missing }: RemixOptions,
): { readonly task: StudioTask; readonly values: ModelValues; readonly unused: readonly UnusedValue[] } {
  const { kept, gone } = withoutMissing(from.id === to.id ? values : withoutDefaults(values, from), missing);
  const next = to.tasks.includes(task) ? task : (to.tasks[0] ?? task);
  const changed = changeModel(kept, { from, to }, next);
  const labels = gone.map((input) => ({ input, label: (to.inputs[input] ?? from.inputs[input])?.label ?? input, reason: 'the picture was deleted' }));
  return { task: next, values: changed.usable, unused: [...labels, ...changed.unused] };
}

/** A stored render names its model's defaults, too. They are nothing that a person chose, so another model uses its own. */
function withoutDefaults(values: ModelValues, model: Model): ModelValues {
  return Object.fromEntries(
    Object.entries(values).filter(([id, value]) => {
      const input = model.inputs[id as InputId];
      return input === undefined || value !== defaultOf(input);
    }),
  );
}

function withoutMissing(values: ModelValues, missing: readonly string[]): { readonly kept: ModelValues; readonly gone: readonly InputId[] } {
  const images = Array.isArray(values.image) ? (values.image as readonly string[]) : [];
  const left = images.filter((id) => !missing.includes(id));
  const isMaskGone = typeof values.mask === 'string' && missing.includes(values.mask);
  const { image: _image, mask, ...others } = values;
  return {
    kept: { ...others, ...(left.length > 0 ? { image: left } : {}), ...(mask === undefined || isMaskGone ? {} : { mask }) },
    gone: [...(left.length < images.length ? (['image'] as const) : []), ...(isMaskGone ? (['mask'] as const) : [])],
  };
}
