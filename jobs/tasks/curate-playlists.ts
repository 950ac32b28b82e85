import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const curatePlaylistsTask = (deps: Deps) =>
  defineTask(deps, 'curate-playlists', {
    timeoutMs: 60 * MINUTE_MS,
    run: async ({ day, trigger }, signal) => void (await curatePlaylists(deps, { day, trigger }, signal)),
  });
