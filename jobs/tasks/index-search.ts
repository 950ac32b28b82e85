import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { indexSearch } from '#server/use-cases/discovery/search/index-search.ts';
import { HOUR_MS } from '#shared/domain/calendar.ts';

export const indexSearchTask = (deps: Deps) =>
  defineTrackedTask(deps, 'index-search', {
    timeoutMs: 2 * HOUR_MS,
    trigger: ({ trigger }) => trigger,
    run: (_, signal, report) => indexSearch(deps, { signal, report }),
  });
