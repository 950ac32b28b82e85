import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { listLaterDays } from '#server/repos/curation/later-list-days.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import { dayOf } from '#shared/domain/days.ts';
import { supersededReason } from '../apply/require-current.ts';

/** Why a day's list is no longer written to Spotify; undefined when it is. */
export type WhySuperseded = (target: Pick<SyncTarget, 'playlist'>) => string | undefined;

/** Finds the playlists of a past day that have a later list. Today's lists are never superseded. */
export async function findSuperseded(
  deps: Pick<Deps, 'now'> & { readonly db: Db },
  { day, targets }: { day: string; targets: readonly Pick<SyncTarget, 'playlist'>[] },
): Promise<WhySuperseded> {
  const playlistIds = targets.map(({ playlist }) => playlist.id);
  const later = await listLaterDays(deps.db, { playlistIds, after: day, upTo: dayOf(deps.now()) });
  return ({ playlist }) => {
    const since = later.get(playlist.id);
    return since && supersededReason({ index: playlist.globalIndex, day, since });
  };
}
