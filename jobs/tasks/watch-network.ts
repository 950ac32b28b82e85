import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { deleteExpiredSignIns } from '#server/use-cases/auth/delete-expired-sign-ins.ts';
import { tidySavedPlaylists } from '#server/use-cases/discovery/saved/tidy-saved-playlists.ts';
import { updateAlerts } from '#server/use-cases/operations/alerts/update-alerts.ts';
import { resumeRenders } from '#server/use-cases/studio/renders/resume-renders.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const watchNetworkTask = (deps: Deps) =>
  defineTask(deps, 'watch-network', {
    timeoutMs: 5 * MINUTE_MS,
    run: async () => {
      await deleteExpiredSignIns(deps);
      await tidySavedPlaylists(deps);
      await resumeRenders(deps);
      await updateAlerts(deps);
    },
  });
