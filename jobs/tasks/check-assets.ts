import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { checkAssets } from '#server/use-cases/studio/files/check-assets.ts';
import { HOUR_MS } from '#shared/domain/calendar.ts';

export const checkAssetsTask = (deps: Deps) =>
  defineTrackedTask(deps, 'check-assets', {
    timeoutMs: 2 * HOUR_MS,
    trigger: ({ trigger }) => trigger,
    run: (_, signal, report) => checkAssets(deps, { signal, report }),
  });
