import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { applyDryRun } from '#server/use-cases/sync/dry-run/apply-dry-run.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const syncPlaylistsTask = (deps: Deps) =>
  defineTrackedTask(deps, 'sync-playlists', {
    timeoutMs: 180 * MINUTE_MS,
    trigger: ({ dryRunId }) => (dryRunId === undefined ? 'queue' : 'admin'),
    run: ({ day, accountId, dryRunId }, signal, report) =>
      dryRunId === undefined ? syncPlaylists(deps, { day, accountId, signal }, report) : applyDryRun(deps, { dryRunId, signal }, report),
  });
