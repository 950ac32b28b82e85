import { listLaterDays } from '#server/repos/curation/later-list-days.ts';
import { dayOf } from '#shared/domain/days.ts';
import type { ReplicaSession } from './with-replica-lock.ts';
import { PlanOutdated } from './sync-errors.ts';

/**
 * Checks under the replica lock that this account still hosts the playlist and that no later list replaced the day's list. Throws `conflict` when the
 * plan is outdated.
 */
export async function requireCurrent({ db, deps, replica, playlist, account }: ReplicaSession, day: string): Promise<void> {
  if (replica.status === 'retired' || playlist.status !== 'active')
    throw new PlanOutdated(`Playlist #${playlist.globalIndex} is no longer hosted on ${account.displayName}.`);
  const since = (await listLaterDays(db, { playlistIds: [playlist.id], after: day, upTo: dayOf(deps.now()) })).get(playlist.id);
  if (since !== undefined) throw new PlanOutdated(supersededReason({ index: playlist.globalIndex, day, since }));
}

/** Why a day's list is no longer written to Spotify: a newer list must not be silently replaced by an older one. */
export function supersededReason({ index, day, since }: { index: number; day: string; since: string }): string {
  return `Playlist #${index} already has a newer list, for ${since}. The list of ${day} is not written over it.`;
}
