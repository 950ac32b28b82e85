import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const curatePlaylistsTask = (deps: Deps) =>
  defineTrackedTask(deps, 'curate-playlists', {
    timeoutMs: 60 * MINUTE_MS,
    trigger: ({ trigger }) => trigger,
    run: ({ day, trigger, startsSync }, signal, report) => curatePlaylists(deps, { day, trigger, startsSync, signal }, report),
  });
