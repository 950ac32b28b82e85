import type { Deps } from '#server/deps.ts';
import { listSavedVersions } from '#server/repos/discovery/saved-versions.ts';
import type { SavedInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedVersionView } from '#shared/contracts/discovery/saved-views.ts';
import { requireSaved } from './own-saved.ts';
import type { Listener } from './own-saved.ts';

/** The kept versions of a playlist, the newest first. Throws `not_found`. */
export async function viewSavedHistory(
  deps: Pick<Deps, 'db'>,
  listener: Listener,
  { savedId }: SavedInput,
): Promise<{ readonly versions: readonly SavedVersionView[] }> {
  const saved = await requireSaved(deps, listener, { savedId });
  const rows = await listSavedVersions(deps.db, saved.id);
  return {
    versions: rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      isCurrent: row.version === saved.version,
      isOnSpotify: saved.spotifyPlaylistId !== null && row.version === saved.exportedVersion,
    })),
  };
}
