import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { trackRun } from '#server/use-cases/jobs/track-run.ts';
import { syncPlaylists } from '#server/use-cases/sync/sync-playlists.ts';

export const syncPlaylistsTask = (deps: Deps) =>
  defineTask(deps, 'sync-playlists', {
    run: async ({ day, accountId }, signal) => {
      await trackRun(deps, { task: 'sync-playlists', trigger: 'queue' }, (report) => syncPlaylists(deps, { day, accountId, signal }, report));
    },
  });
