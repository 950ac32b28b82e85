import type { Deps } from '#server/deps.ts';
import { deleteRemovedBefore } from '#server/repos/discovery/saved-playlists.ts';
import { undoableSince } from './undo-time.ts';

/** Deletes playlists that were removed more than 30 days ago, with their versions. Returns how many. */
export function tidySavedPlaylists(deps: Pick<Deps, 'db' | 'now'>): Promise<number> {
  return deleteRemovedBefore(deps.db, undoableSince(deps.now()));
}
