import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { failRender } from '#server/use-cases/studio/renders/fail-render.ts';
import { runRender } from '#server/use-cases/studio/renders/run-render.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const runRenderTask = (deps: Deps) =>
  defineTask(deps, 'run-render', {
    timeoutMs: 30 * MINUTE_MS,
    run: ({ renderId }, signal) => runRender(deps, { renderId, signal }),
    onFinalFailure: ({ renderId }, reason) => failRender(deps, renderId, reason),
  });
