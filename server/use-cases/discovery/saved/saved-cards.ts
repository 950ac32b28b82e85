import type { SavedRow } from '#server/repos/discovery/saved-playlists.ts';
import type { Deps } from '#server/deps.ts';
import type { SavedPlaylistCard } from '#shared/contracts/discovery/saved-views.ts';

/** What every view of a saved playlist begins with. */
export function savedHead({ settings }: Pick<Deps, 'settings'>, saved: SavedRow) {
  const { id, name, description, state, revision, version, spotifyPlaylistId, exportedAt, exportedVersion } = saved;
  const isOnSpotify = spotifyPlaylistId !== null && exportedAt !== null && exportedVersion !== null;
  return {
    id,
    name,
    description,
    state,
    revision,
    version,
    createdAt: saved.createdAt.toISOString(),
    changedAt: saved.changedAt.toISOString(),
    spotify: isOnSpotify
      ? { url: `${settings.spotifyWebUrl}/playlist/${spotifyPlaylistId}`, exportedAt: exportedAt.toISOString(), version: exportedVersion }
      : null,
  };
}

/** Saved playlists as cards. */
export function savedCards(deps: Pick<Deps, 'settings'>, rows: readonly SavedRow[]): SavedPlaylistCard[] {
  return rows.map((saved) => ({ ...savedHead(deps, saved), ...saved.summary }));
}
