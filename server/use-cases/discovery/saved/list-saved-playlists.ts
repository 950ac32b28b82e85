import type { Deps } from '#server/deps.ts';
import { listRemoved, listSaved } from '#server/repos/discovery/saved-playlists.ts';
import type { ListSavedInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedPlaylistsView } from '#shared/contracts/discovery/saved-views.ts';
import type { Listener } from './own-saved.ts';
import { savedCards } from './saved-cards.ts';
import { removedView, undoableSince } from './undo-time.ts';

const LISTED_MAX = 1_000;

/** The listener's playlists, the latest changed first, and those that were deleted and can be restored. */
export async function listSavedPlaylists(
  deps: Pick<Deps, 'db' | 'now' | 'settings'>,
  { userId }: Listener,
  { state }: ListSavedInput,
): Promise<SavedPlaylistsView> {
  const rows = await listSaved(deps.db, { userId, state, limit: LISTED_MAX });
  const removed = await listRemoved(deps.db, userId, undoableSince(deps.now()));
  return { playlists: savedCards(deps, rows), removed: removed.flatMap(removedView) };
}
