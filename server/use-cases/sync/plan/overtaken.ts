import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { listLaterDays } from '#server/repos/curation/later-lists.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import { dayOf } from '#shared/domain/days.ts';
import { overtakenWords } from '../apply/require-current.ts';

/** Why a day's list is no longer written to Spotify; undefined when it is. */
export type WhyOvertaken = (target: Pick<SyncTarget, 'playlist'>) => string | undefined;

/** Finds the playlists of a past day that have a later list. Today's lists are never superseded. */
export async function findOvertaken(
  deps: Pick<Deps, 'now'> & { readonly db: Db },
  { day, targets }: { day: string; targets: readonly Pick<SyncTarget, 'playlist'>[] },
): Promise<WhyOvertaken> {
  const playlistIds = targets.map(({ playlist }) => playlist.id);
  const later = await listLaterDays(deps.db, { playlistIds, after: day, upTo: dayOf(deps.now()) });
  return ({ playlist }) => {
    const since = later.get(playlist.id);
    return since && overtakenWords({ index: playlist.globalIndex, day, since });
  };
}
