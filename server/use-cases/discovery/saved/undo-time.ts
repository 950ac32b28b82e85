import type { SavedRow } from '#server/repos/discovery/saved-playlists.ts';
import type { RemovedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** How long a deleted playlist can be restored. */
const UNDO_MS = 30 * DAY_MS;

/** What was deleted after this instant can be restored. */
export function undoableSince(now: Date): Date {
  return new Date(now.getTime() - UNDO_MS);
}

/** A deleted playlist and until when it can be restored; nothing for one that is not deleted. */
export function removedView({ id, name, removedAt }: Pick<SavedRow, 'id' | 'name' | 'removedAt'>): RemovedPlaylistView[] {
  if (removedAt === null) return [];
  return [{ id, name, removedAt: removedAt.toISOString(), undoUntil: new Date(removedAt.getTime() + UNDO_MS).toISOString() }];
}
