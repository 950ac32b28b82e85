import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { refreshModelPrices } from '#server/use-cases/studio/models/refresh-model-prices.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const refreshModelPricesTask = (deps: Deps) =>
  defineTrackedTask(deps, 'refresh-model-prices', {
    timeoutMs: 5 * MINUTE_MS,
    trigger: ({ trigger }) => trigger,
    run: (_, signal) => refreshModelPrices(deps, signal),
  });
