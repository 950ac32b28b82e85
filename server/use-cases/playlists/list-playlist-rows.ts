import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listPlaylistFacts } from '#server/repos/sync/playlist-facts.ts';
import type { PlaylistAdminRow } from '#shared/contracts/playlists/playlist-views.ts';
import { dayOf } from '#shared/domain/days.ts';

/** Every playlist with today's status and its link to Spotify. */
export async function listPlaylistRows(deps: Pick<Deps, 'db' | 'now' | 'settings'>, actor: Actor): Promise<PlaylistAdminRow[]> {
  requireAdmin(actor);
  const facts = await listPlaylistFacts(deps.db, dayOf(deps.now()));
  return facts.map(({ spotifyPlaylistId, ...row }) => ({
    ...row,
    shortfall: row.shortfall ?? [],
    spotifyUrl: spotifyPlaylistId ? `${deps.settings.spotifyWebUrl}/playlist/${spotifyPlaylistId}` : null,
  }));
}
