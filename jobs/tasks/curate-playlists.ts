import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { curatePlaylists } from '#server/use-cases/curate/curate-playlists.ts';

export const curatePlaylistsTask = (deps: Deps) =>
  defineTask(deps, 'curate-playlists', { run: async ({ day, trigger }, signal) => void (await curatePlaylists(deps, { day, trigger }, signal)) });
