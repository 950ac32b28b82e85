import { listLaterDays } from '#server/repos/curation/later-lists.ts';
import { dayOf } from '#shared/domain/days.ts';
import type { Writer } from './hold-writer.ts';
import { PlanOvertaken } from './sync-errors.ts';

/**
 * Under the writer's lock: the playlist is still kept on this account, and the day's list has not been followed by a later one. Throws
 * `conflict` when the world has moved on since it was planned.
 */
export async function requireCurrent({ db, deps, replica, playlist, account }: Writer, day: string): Promise<void> {
  if (replica.status === 'retired' || playlist.status !== 'active')
    throw new PlanOvertaken(`Playlist #${playlist.globalIndex} is no longer kept on ${account.displayName}.`);
  const since = (await listLaterDays(db, { playlistIds: [playlist.id], after: day, upTo: dayOf(deps.now()) })).get(playlist.id);
  if (since !== undefined) throw new PlanOvertaken(overtakenWords({ index: playlist.globalIndex, day, since }));
}

/** Why a day's list is not put on Spotify any more: what was shown last must not be replaced by something older unsaid. */
export function overtakenWords({ index, day, since }: { index: number; day: string; since: string }): string {
  return `Playlist #${index} has a list for ${since} by now; the one of ${day} is not written over it.`;
}
