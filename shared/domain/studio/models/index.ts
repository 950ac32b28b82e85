import { AppError } from '#shared/errors.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import type { Model } from '../model.ts';
import { FAL_EDIT_MODELS } from './fal-edit.ts';
import { FAL_VIDEO_MODELS } from './fal-video.ts';
import { FAL_MODELS } from './fal.ts';
import { GEMINI_MODELS } from './gemini.ts';
import { LOCAL_ART_MODELS } from './local-art.ts';
import { STABILITY_EDIT_MODELS } from './stability-edit.ts';
import { STABILITY_MODELS } from './stability.ts';

/** All models, in the order of the picker. */
export const MODELS: readonly Model[] = [
  ...LOCAL_ART_MODELS,
  ...GEMINI_MODELS,
  ...STABILITY_MODELS,
  ...STABILITY_EDIT_MODELS,
  ...FAL_MODELS,
  ...FAL_EDIT_MODELS,
  ...FAL_VIDEO_MODELS,
];

/** The models that can do a task. */
export function modelsFor(task: StudioTask, models: readonly Model[] = MODELS): readonly Model[] {
  return models.filter((model) => model.tasks.includes(task));
}

/** The model of an id. Throws `invalid_input` that names the three ids most like it. */
export function requireModel(id: string, models: readonly Model[] = MODELS): Model {
  const model = models.find((each) => each.id === id);
  if (model) return model;
  const pairs = pairsOf(id);
  const likeness = (other: string) => [...pairsOf(other)].filter((pair) => pairs.has(pair)).length / (pairsOf(other).size + pairs.size + 1);
  const nearest = models.map((each) => each.id).toSorted((a, b) => likeness(b) - likeness(a));
  throw new AppError('invalid_input', {
    message: 'There is no model with this id.',
    field: 'model',
    remedy: `Choose one of: ${nearest.slice(0, 3).join(', ')}.`,
  });
}

function pairsOf(text: string): ReadonlySet<string> {
  return new Set(Array.from({ length: Math.max(0, Math.min(text.length, 100) - 1) }, (_, index) => text.slice(index, index + 2)));
}
