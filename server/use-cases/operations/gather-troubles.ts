import { SYSTEM } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listRunsOfDay } from '#server/repos/job-runs.ts';
import { listPlaylists } from '#server/repos/playlists.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { listScalingTroubles } from '#server/use-cases/scaling/list-scaling-troubles.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';
import { dayOf } from '#shared/domain/days.ts';
import { ALERT_LEVELS } from '#shared/vocabulary.ts';
import { listBroken } from './list-broken.ts';
import { listNetworkTroubles } from './list-network-troubles.ts';

/** Everything in the house that needs a person at this moment, worst first, each with its remedy. */
export async function gatherTroubles(deps: Pick<Deps, 'db' | 'now'>): Promise<Trouble[]> {
  const now = deps.now();
  const [latestRuns, accounts, playlists] = await Promise.all([
    listRunsOfDay(deps.db, dayOf(now)),
    listAccounts(deps, SYSTEM),
    listPlaylists(deps.db, { status: 'active' }),
  ]);
  const areas = await Promise.all([listNetworkTroubles(deps), listScalingTroubles(deps)]);
  areas.push(listBroken({ playlists: playlists.length, accounts, latestRuns, now }));
  const byKey = new Map(areas.flat().map((trouble) => [trouble.key, trouble]));
  return [...byKey.values()].toSorted((a, b) => ALERT_LEVELS.indexOf(a.level) - ALERT_LEVELS.indexOf(b.level));
}
