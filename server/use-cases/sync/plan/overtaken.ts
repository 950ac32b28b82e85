import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { listLaterDays } from '#server/repos/curation/later-lists.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import { dayOf } from '#shared/domain/days.ts';
import { overtakenWords } from '../apply/require-current.ts';

/** Why a day's list is not put on Spotify any more; undefined when it is. */
export type WhyOvertaken = (target: Pick<SyncTarget, 'playlist'>) => string | undefined;

/** Answers for each playlist of a day that is over whether a later list was made since; a day that is today is never overtaken. */
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
