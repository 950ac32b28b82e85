import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { INPUT_IDS, isFilled } from '#shared/domain/studio/model.ts';
import type { StudioDraft } from './studio-draft.ts';

/** The draft that repeats renders: their task, their models and everything that was filled in. A seed stays when all of them had the same. */
export function draftOfRenders(before: StudioDraft, renders: readonly RenderView[]): StudioDraft {
  const [first] = renders;
  if (!first) return before;
  // How many are made is chosen beside the form, for all models alike.
  const values = Object.fromEntries(
    INPUT_IDS.filter((id) => id !== 'count').flatMap((id) => {
      const found = renders.map((render) => render.values[id]).filter(isFilled);
      if (found.length === 0 || (id === 'seed' && new Set(found).size > 1)) return [];
      return [[id, found[0]]];
    }),
  );
  return {
    ...before,
    task: first.task,
    values,
    chosen: { ...before.chosen, [first.task]: [...new Set(renders.map(({ model }) => model))] },
    across: null,
    down: null,
  };
}
