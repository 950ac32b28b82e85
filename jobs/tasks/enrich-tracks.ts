import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { enrichTracks } from '#server/use-cases/catalog/enrich/enrich-tracks.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const enrichTracksTask = (deps: Deps) =>
  defineTask(deps, 'enrich-tracks', {
    timeoutMs: 180 * MINUTE_MS,
    run: async ({ trigger }, signal) => void (await enrichTracks(deps, trigger, signal)),
  });
