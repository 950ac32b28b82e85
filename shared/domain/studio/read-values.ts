import { AppError } from '#shared/errors.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import type { Model, ModelValues } from './model.ts';
import { MODELS, modelsFor } from './models/index.ts';
import { zodFor } from './zod-for.ts';

interface ReadOptions {
  readonly task: StudioTask;
  /** The registry, from which a refusal names the models that can. */
  readonly models?: readonly Model[];
}

/** Valid values of a model for a task. Throws `invalid_input` with the input named; for LoRA, with the models that take one. */
export function readValues(model: Model, values: unknown, { task, models = MODELS }: ReadOptions): ModelValues {
  const label = model.label;
  if (!model.tasks.includes(task))
    throw new AppError('invalid_input', { message: `${label} does not do this.`, field: 'task', remedy: otherModels(modelsFor(task, models)) });
  const parsed = zodFor(model, task).safeParse(values);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  if (unknown.includes('loras')) {
    const able = modelsFor(task, models).filter((each) => each.inputs.loras);
    throw new AppError('invalid_input', { message: `${label} takes no LoRA.`, field: 'loras', remedy: otherModels(able) });
  }
  const field = unknown[0] ?? issue?.path.join('.') ?? '';
  const message = unknown[0] === undefined ? `${field} ${issue?.message ?? 'is not valid'}.` : `${label} has no input ${field}.`;
  throw new AppError('invalid_input', { message, field });
}

const otherModels = (models: readonly Model[]) => `Choose one of: ${models.map((model) => model.label).join(', ')}.`;
