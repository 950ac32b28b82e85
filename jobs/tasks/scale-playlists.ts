import { MINUTE_MS, defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { scalePlaylists } from '#server/use-cases/scaling/scale-playlists.ts';

export const scalePlaylistsTask = (deps: Deps) =>
  defineTask(deps, 'scale-playlists', {
    timeoutMs: 10 * MINUTE_MS,
    run: async ({ trigger }, signal) => void (await scalePlaylists(deps, trigger, signal)),
  });
