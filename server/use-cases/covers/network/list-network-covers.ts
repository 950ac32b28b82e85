import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listCoverCopies } from '#server/repos/covers/network-covers.ts';
import { listNetworkThemes } from '#server/repos/covers/music-lists.ts';
import { listPlaylistCovers } from '#server/repos/sync/playlist-covers.ts';
import { playlistCoverView } from '#server/use-cases/playlists/playlist-cover-view.ts';
import type { NetworkCoverView } from '#shared/contracts/covers/network-covers.ts';

/** The covers of the network, and on which accounts each is uploaded, shown, or kept because somebody chose another one in Spotify. */
export async function listNetworkCovers(deps: Pick<Deps, 'db'>, actor: Actor): Promise<readonly NetworkCoverView[]> {
  requireAdmin(actor);
  const [themes, covers, copies] = await Promise.all([listNetworkThemes(deps.db), listPlaylistCovers(deps.db), listCoverCopies(deps.db)]);
  const coverOf = new Map(covers.map((cover) => [cover.playlistId, cover]));
  return themes.map(({ id, index, themeTag }) => {
    const cover = coverOf.get(id);
    return {
      index,
      themeTag,
      cover: cover ? playlistCoverView(cover) : null,
      canRestore: (cover?.previousSha256 ?? null) !== null,
      changedAt: cover?.changedAt.toISOString() ?? null,
      copies: copies
        .filter(({ playlistId }) => playlistId === id)
        .map(({ account, coverSha256, coverKey, coverKeptKey, isAllowed }) => {
          const isCurrent = cover !== undefined && coverSha256 === cover.sha256;
          const uploaded = isCurrent ? (coverKey === null ? 'sent' : 'shown') : 'waiting';
          return { account, state: coverKeptKey === null ? (isAllowed || isCurrent ? uploaded : 'not_allowed') : 'kept' };
        }),
    };
  });
}
