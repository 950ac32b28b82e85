import { actorName, requireAdmin } from '#server/actor.ts';
import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findPlaylistCover } from '#server/repos/sync/playlist-covers.ts';
import type { NetworkCoverInput } from '#shared/contracts/covers/network-covers.ts';
import { AppError } from '#shared/errors.ts';
import { requireNetworkPlaylist } from './require-network-playlist.ts';
import { setPlaylistCover } from './set-playlist-cover.ts';

/** Puts the cover before back, as one that the operator chose; the next sync uploads it. Throws `not_found`, and `conflict` when none is kept. */
export async function restoreCover(deps: Deps, actor: Actor, { index }: NetworkCoverInput): Promise<void> {
  requireAdmin(actor);
  const { id } = await requireNetworkPlaylist(deps, index);
  const before = (await findPlaylistCover(deps.db, id))?.previousSha256;
  const jpeg = before ? await deps.assets.read(before) : undefined;
  if (!jpeg) throw new AppError('conflict', { message: 'No earlier cover of this playlist is kept.', remedy: 'Draw a new one.' });
  await setPlaylistCover(deps, { playlistId: id, jpeg, source: 'manual', facts: null, by: actorName(actor) });
}
