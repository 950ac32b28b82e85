import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { drawCovers } from '#server/use-cases/covers/network/draw-covers.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const drawCoversTask = (deps: Deps) =>
  defineTrackedTask(deps, 'draw-covers', {
    timeoutMs: 120 * MINUTE_MS,
    trigger: ({ trigger }) => trigger,
    run: ({ playlistIndex }, signal, report) => drawCovers(deps, { playlistIndex, signal }, report),
  });
