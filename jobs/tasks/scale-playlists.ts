import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { scalePlaylists } from '#server/use-cases/scaling/scale-playlists.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const scalePlaylistsTask = (deps: Deps) =>
  defineTask(deps, 'scale-playlists', {
    timeoutMs: 10 * MINUTE_MS,
    run: async ({ trigger }, signal) => void (await scalePlaylists(deps, trigger, signal)),
  });
