import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import { applyDryRun } from '#server/use-cases/sync/dry-run/apply-dry-run.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const syncPlaylistsTask = (deps: Deps) =>
  defineTask(deps, 'sync-playlists', {
    timeoutMs: 180 * MINUTE_MS,
    run: async ({ day, accountId, dryRunId }, signal) => {
      await trackRun(deps, { task: 'sync-playlists', trigger: dryRunId === undefined ? 'queue' : 'admin', signal }, (report) =>
        dryRunId === undefined ? syncPlaylists(deps, { day, accountId, signal }, report) : applyDryRun(deps, { dryRunId, signal }, report),
      );
    },
  });
