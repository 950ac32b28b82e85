import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { reconcilePlaylists } from '#server/use-cases/sync/reconcile/reconcile-playlists.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const reconcilePlaylistsTask = (deps: Deps) =>
  defineTrackedTask(deps, 'reconcile-playlists', {
    timeoutMs: 60 * MINUTE_MS,
    trigger: ({ trigger }) => trigger,
    run: (_, signal, report) => reconcilePlaylists(deps, { signal }, report),
  });
