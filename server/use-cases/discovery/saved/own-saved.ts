import type { Deps } from '#server/deps.ts';
import { findSaved } from '#server/repos/discovery/saved-playlists.ts';
import type { SavedRow } from '#server/repos/discovery/saved-playlists.ts';
import { findSavedVersion } from '#server/repos/discovery/saved-versions.ts';
import type { SavedVersionRow } from '#server/repos/discovery/saved-versions.ts';
import { AppError } from '#shared/errors.ts';
import type { SavedPlaylistId, UserId } from '#shared/ids.ts';

/** The person whose playlists they are. */
export interface Listener {
  readonly userId: UserId;
}

/**
 * A playlist of the listener that is not removed. Throws `not_found` for another person's, and `conflict` when a revision is given and the playlist
 * has another one.
 */
export async function requireSaved(
  deps: Pick<Deps, 'db'>,
  { userId }: Listener,
  { savedId, revision }: { readonly savedId: SavedPlaylistId; readonly revision?: number | undefined },
): Promise<SavedRow> {
  const saved = await findSaved(deps.db, { id: savedId, userId });
  if (!saved) throw savedNotFound();
  if (saved.removedAt !== null) {
    throw new AppError('not_found', { message: `“${saved.name}” was deleted.`, remedy: 'Restore it under deleted playlists.', field: 'savedId' });
  }
  if (revision !== undefined && revision !== saved.revision) throw changedElsewhere(saved);
  return saved;
}

/** A version of a playlist. Throws `not_found`. */
export async function requireVersion(deps: Pick<Deps, 'db'>, saved: SavedRow, version = saved.version): Promise<SavedVersionRow> {
  const found = await findSavedVersion(deps.db, saved.id, version);
  if (found) return found;
  throw new AppError('not_found', {
    message: `“${saved.name}” has no version ${version}, or it is no longer kept.`,
    remedy: 'Choose a version of the history.',
    field: 'version',
  });
}

/** The error for a change that was made from an older state. */
export function changedElsewhere({ name, changedAt }: SavedRow): AppError {
  return new AppError('conflict', {
    message: `“${name}” was changed in another tab or on another device at ${changedAt.toISOString().slice(11, 16)} UTC. Nothing was overwritten.`,
    remedy: 'Reload the playlist, then make your change again.',
    field: 'revision',
  });
}

export function savedNotFound(): AppError {
  return new AppError('not_found', { message: 'There is no such playlist.', remedy: 'Open your list of saved playlists.', field: 'savedId' });
}
