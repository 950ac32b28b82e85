import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import { reconcilePlaylists } from '#server/use-cases/sync/reconcile/reconcile-playlists.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const reconcilePlaylistsTask = (deps: Deps) =>
  defineTask(deps, 'reconcile-playlists', {
    timeoutMs: 60 * MINUTE_MS,
    run: async ({ trigger }, signal) => {
      await trackRun(deps, { task: 'reconcile-playlists', trigger, signal }, (report) => reconcilePlaylists(deps, { signal }, report));
    },
  });
