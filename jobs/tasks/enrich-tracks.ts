import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { enrichTracks } from '#server/use-cases/catalog/enrich/enrich-tracks.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const enrichTracksTask = (deps: Deps) =>
  defineTrackedTask(deps, 'enrich-tracks', {
    timeoutMs: 180 * MINUTE_MS,
    trigger: ({ trigger }) => trigger,
    run: (_, signal, report) => enrichTracks(deps, { signal }, report),
  });
