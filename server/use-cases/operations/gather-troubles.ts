import type { Deps } from '#server/deps.ts';
import { listRunsOfDay } from '#server/repos/job-runs.ts';
import { listAccountTroubles } from '#server/use-cases/accounts/list-account-troubles.ts';
import { listCurateTroubles } from '#server/use-cases/curate/list-curate-troubles.ts';
import { listScalingTroubles } from '#server/use-cases/scaling/list-scaling-troubles.ts';
import { listSyncTroubles } from '#server/use-cases/sync/list-sync-troubles.ts';
import { listVendorTroubles } from '#server/use-cases/vendors/list-vendor-troubles.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';
import { dayOf } from '#shared/domain/days.ts';
import { ALERT_LEVELS } from '#shared/vocabulary.ts';
import { listBroken } from './list-broken.ts';
import { listNetworkTroubles } from './list-network-troubles.ts';

export type WatchDeps = Pick<Deps, 'db' | 'now' | 'sealer' | 'vendors'>;

/** Everything in the house that needs a person at this moment, worst first, each with its remedy. */
export async function gatherTroubles(deps: WatchDeps): Promise<Trouble[]> {
  const areas = await Promise.all([
    listNetworkTroubles(deps),
    listAccountTroubles(deps),
    listVendorTroubles(deps),
    listSyncTroubles(deps),
    listScalingTroubles(deps),
    listCurateTroubles(deps),
  ]);
  areas.push(listBroken(await listRunsOfDay(deps.db, dayOf(deps.now()))));
  const byKey = new Map(areas.flat().map((trouble) => [trouble.key, trouble]));
  return [...byKey.values()].toSorted((a, b) => ALERT_LEVELS.indexOf(a.level) - ALERT_LEVELS.indexOf(b.level));
}
