import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findPlaylistCover, releaseKeptCovers, releaseManualCover } from '#server/repos/sync/playlist-covers.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { NetworkCoverInput } from '#shared/contracts/covers/network-covers.ts';
import { requireNetworkPlaylist } from './require-network-playlist.ts';

/**
 * Gives a playlist's cover back to the network: a cover that a person chose, here or in Spotify, may be replaced again, and a new one is drawn by a job.
 * The cover before is kept. Throws `not_found`.
 */
export async function redrawCover(deps: Pick<Deps, 'db'>, actor: Actor, { index }: NetworkCoverInput): Promise<void> {
  requireAdmin(actor);
  const { id } = await requireNetworkPlaylist(deps, index);
  await deps.db.transaction(async (tx) => {
    if ((await findPlaylistCover(tx, id))?.source === 'manual') await releaseManualCover(tx, id);
    await releaseKeptCovers(tx, id);
    await enqueueJob(tx, 'draw-covers', { payload: { trigger: 'admin', playlistIndex: index }, key: `draw-cover:${index}`, queue: 'draw-covers' });
  });
}
