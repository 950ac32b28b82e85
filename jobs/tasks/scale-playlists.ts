import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { scalePlaylists } from '#server/use-cases/scaling/scale-playlists.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const scalePlaylistsTask = (deps: Deps) =>
  defineTrackedTask(deps, 'scale-playlists', {
    timeoutMs: 10 * MINUTE_MS,
    trigger: ({ trigger }) => trigger,
    run: () => scalePlaylists(deps),
  });
