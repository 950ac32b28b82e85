import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { tidyStudio } from '#server/use-cases/studio/tidy-studio.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const tidyStudioTask = (deps: Deps) =>
  defineTrackedTask(deps, 'tidy-studio', {
    timeoutMs: 30 * MINUTE_MS,
    trigger: ({ trigger }) => trigger,
    run: (_, signal) => tidyStudio(deps, signal),
  });
